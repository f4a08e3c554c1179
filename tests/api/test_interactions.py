"""Journeys over HTTP: read, created, changed, published, paused, stopped, and the contacts in them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from app.journey.graph import in_order
from app.journey.journey import Journey
from app.kernel.clock import FixedClock
from app.services.open_journey import open_journey
from app.services.where_is import where_is
from app.services.workspace import Workspace
from tests.api.conftest import Api
from tests.support.workspace import EVENT_KEY, Cart, abandoned_cart

BASE = "/interaction/v1/interactions"


def fire(api: Api, key: str, total: Any = 60) -> None:
    data = {"Contact key": key, "Email": "kari@example.com", "Cart total": total, "Country": "NO"}
    sent = {"ContactKey": key, "EventDefinitionKey": EVENT_KEY, "Data": data}
    assert api.http.post("/interaction/v1/events", json=sent).status_code == 201


def test_one_journey_by_id_and_key(api: Api, cart: Cart) -> None:
    found = api.http.get(f"{BASE}/{cart.id}").json()
    assert found["id"] == cart.id
    assert (found["status"], found["version"], found["entryMode"]) == ("Published", 1, "OnceAndDone")
    assert [each["type"] for each in found["activities"]][:3] == ["EMAILV2", "WAIT", "MULTICRITERIADECISION"]
    trigger = found["triggers"][0]
    assert trigger["metaData"]["eventDefinitionKey"] == EVENT_KEY
    assert f"Event.{EVENT_KEY}.Cart total" in trigger["configurationArguments"]["criteria"]
    wait = found["activities"][1]["configurationArguments"]
    assert (wait["waitDuration"], wait["waitUnit"]) == (1, "DAYS")
    assert api.http.get(f"{BASE}/key:{found['key'].upper()}?versionNumber=1&extras=all").json()["id"] == cart.id
    assert api.http.get(f"{BASE}/none").status_code == 404
    assert api.http.get(f"{BASE}/{cart.id}?versionNumber=7").status_code == 404
    assert api.http.get(f"{BASE}/{cart.id}?versionNumber=x").status_code == 400


def same(one: Journey, other: Journey) -> bool:
    """Whether two journeys do the same."""
    return (
        one.entry is not None
        and other.entry is not None
        and one.entry.filter == other.entry.filter
        and one.first == other.first
        and one.entry_mode == other.entry_mode
        and one.default_email == other.default_email
        and {key: (tile.type, dict(tile.settings)) for key, tile in one.activities.items()}
        == {key: (tile.type, dict(tile.settings)) for key, tile in other.activities.items()}
        and {
            key: [(each.key, each.next, each.filter) for each in tile.outcomes] for key, tile in one.activities.items()
        }
        == {
            key: [(each.key, each.next, each.filter) for each in tile.outcomes]
            for key, tile in other.activities.items()
        }
    )


def test_a_journey_that_was_read_can_be_created_again(api: Api, ws: Workspace, cart: Cart) -> None:
    read = api.http.get(f"{BASE}/{cart.id}").json()
    answer = api.http.post(BASE, json=read | {"key": "copy", "name": "Copy"})
    assert answer.status_code == 201, answer.text
    copy = answer.json()
    assert (copy["status"], copy["version"]) == ("Draft", 1)
    assert copy["id"] != cart.id
    assert same(open_journey(ws, copy["id"]).journey, cart.open.journey)
    again = api.http.post(BASE, json=read | {"key": "COPY", "name": "Copy"})
    assert again.status_code == 409


def test_unknown_activities_and_members_go_back_as_they_came(api: Api) -> None:
    odd = {
        "key": "EINSTEIN-1",
        "type": "EINSTEINENGAGEMENTFREQUENCYSPLIT",
        "name": "Odd",
        "outcomes": [{"key": "a", "next": "WAIT-1", "arguments": {"x": 1}, "metaData": {"label": "A", "odd": True}}],
        "arguments": {"deep": [1, {"er": None}]},
        "configurationArguments": {"anything": True},
        "metaData": {"isConfigured": True, "uiType": "EINSTEIN"},
        "schema": {"arguments": {}},
    }
    plain = {
        "key": "WAIT-1",
        "type": "WAIT",
        "name": "Wait",
        "outcomes": [{"key": "out"}],
        "configurationArguments": {"waitDuration": "3", "waitUnit": "HOURS"},
    }
    sent = {"key": "odd", "name": "Odd", "workflowApiVersion": 1.0, "goals": [{"g": 1}], "activities": [odd, plain]}
    made = api.http.post(BASE, json=sent)
    assert made.status_code == 201, made.text
    back = made.json()
    assert back["goals"] == [{"g": 1}]
    first = next(each for each in back["activities"] if each["key"] == "EINSTEIN-1")
    for member in ("type", "arguments", "configurationArguments", "schema", "name"):
        assert first[member] == odd[member]
    assert first["outcomes"][0]["arguments"] == {"x": 1}
    assert first["outcomes"][0]["metaData"]["odd"] is True
    wait = next(each for each in back["activities"] if each["key"] == "WAIT-1")
    assert wait["configurationArguments"]["waitDuration"] == 3


def test_goals_and_exits_become_tiles_and_go_back(api: Api, ws: Workspace, cart: Cart) -> None:
    read = api.http.get(f"{BASE}/{cart.id}").json()
    criteria = read["triggers"][0]["configurationArguments"]["criteria"]
    goal = {
        "key": "GOAL",
        "name": "Bought",
        "type": "Event",
        "configurationArguments": {"criteria": criteria},
        "metaData": {"conversionUnit": "wholenumber", "conversionValue": "5", "isExitCriteria": "true"},
    }
    leaving = {"key": "EXIT", "name": "Gone", "configurationArguments": {"criteria": criteria}}
    sent = read | {"key": "copy", "name": "Copy", "goals": [goal], "exits": [leaving]}
    made = api.http.post(BASE, json=sent).json()
    journey = open_journey(ws, made["id"]).journey
    assert in_order(journey)[:2] == ("GOAL", "EXIT")
    assert journey.activities["GOAL"].settings["exit"] is True
    assert journey.activities["EXIT"].settings["judged"] == "everywhere"
    # As the original gives it back: the type has another word, everything else is as it was sent.
    assert made["goals"][0]["type"] == "ContactEvent"
    assert made["goals"][0]["metaData"]["conversionValue"] == "5"
    assert made["goals"][0]["configurationArguments"]["criteria"] == criteria
    assert made["exits"][0]["configurationArguments"]["criteria"] == criteria
    assert {each["key"] for each in made["activities"]} == {each["key"] for each in read["activities"]}
    put = api.http.put(f"{BASE}/{made['id']}", json=made).json()
    assert put | {"modifiedDate": ""} == made | {"modifiedDate": ""}
    listed = next(each for each in api.http.get(BASE).json()["items"] if each["key"] == "copy")
    assert listed["goals"] == made["goals"]


def goals_of_all(api: Api) -> tuple[int, int]:
    """How many running versions have a goal, and how many of them reached it."""
    summary = api.http.get(BASE).json()["summary"]
    return summary["totalRunningVersionsWithDefinedGoal"], summary["totalRunningVersionsMeetingGoal"]


def test_a_goal_that_came_in_is_judged_and_counted(api: Api, ws: Workspace) -> None:
    cart = abandoned_cart(ws, active=False)
    read = api.http.get(f"{BASE}/{cart.id}").json()
    criteria = read["triggers"][0]["configurationArguments"]["criteria"].replace("50", "500")
    goal = {
        "key": "GOAL",
        "name": "Bought",
        "type": "Event",
        "configurationArguments": {"criteria": criteria},
        "metaData": {"isExitCriteria": True, "conversionValue": "1", "conversionUnit": "wholenumber"},
    }
    assert "500" in criteria
    assert api.http.put(f"{BASE}/{cart.id}", json=read | {"goals": [goal]}).status_code == 200
    api.http.post(f"{BASE}/publishAsync/{cart.id}?versionNumber=1")
    fire(api, "NTO-1", 60)
    assert goals_of_all(api) == (1, 0)
    fire(api, "NTO-2", 600)
    assert goals_of_all(api) == (1, 1)
    stats = api.http.get(f"{BASE}/{cart.id}").json()["stats"]
    assert stats == {
        "currentPopulation": 1,
        "cumulativePopulation": 2,
        "metGoal": 1,
        "metExitCriteria": 0,
        "goalPerformance": 50.0,
    }
    assert where_is(ws, "NTO-1").stays[0].state == "waiting"


def test_an_email_of_the_original_keeps_what_it_says_and_is_published(api: Api, ws: Workspace, cart: Cart) -> None:
    shown = api.http.get(f"{BASE}/{cart.id}").json()
    sending = {"emailId": 77, "emailSubject": "Hi", "publicationListId": 5, "suppressionLists": [1]}
    email = {
        "key": "EMAILV2-1",
        "name": "Welcome",
        "type": "EMAILV2",
        "outcomes": [{"key": "on", "next": None}],
        "configurationArguments": {"triggeredSend": sending, "triggeredSendKey": "abc"},
    }
    defaults = {"email": [*shown["defaults"]["email"], "{{Contact.Default.Email}}"], "mobileNumber": ["{{Contact.X}}"]}
    sent = {
        "key": "welcome",
        "name": "Welcome",
        "workflowApiVersion": 1.0,
        "entryMode": "MultipleEntries",
        "activities": [email],
        "triggers": shown["triggers"],
        "defaults": defaults,
    }
    made = api.http.post(BASE, json=sent).json()
    kept = made["activities"][0]["configurationArguments"]["triggeredSend"]
    assert {name: kept[name] for name in sending} == sending
    assert {name: made["defaults"][name] for name in defaults} == defaults
    asked = api.http.post(f"{BASE}/publishAsync/{made['id']}?versionNumber=1").json()
    said = api.http.get(asked["statusUrl"].replace("publish", "validate")).json()
    assert api.http.get(asked["statusUrl"]).json()["status"] == "PublishCompleted", said
    fire(api, "NTO-1")
    assert any("Sent" in step.note for stay in where_is(ws, "NTO-1").stays for step in stay.path)
    del sending["emailId"], email["configurationArguments"]["triggeredSendKey"]
    again = api.http.post(BASE, json=sent | {"key": "other", "name": "Other"}).json()
    asked = api.http.post(f"{BASE}/publishAsync/{again['id']}?versionNumber=1").json()
    assert api.http.get(asked["statusUrl"]).json()["errors"][0]["errorCode"] == "send_email.body.missing"


@pytest.mark.parametrize("wrong", ["<Filter", 5, "<Other/>"])
def test_a_filter_that_cannot_be_read_is_refused_with_its_place(api: Api, cart: Cart, wrong: object) -> None:
    shown = api.http.get(f"{BASE}/{cart.id}").json()
    split = next(each for each in shown["activities"] if each["type"] == "MULTICRITERIADECISION")
    key = next(iter(split["configurationArguments"]["criteria"]))
    split["configurationArguments"]["criteria"][key] = wrong
    answer = api.http.post(BASE, json=shown | {"key": "other", "name": "Other"})
    assert answer.status_code == 400
    place = f"activities[{shown['activities'].index(split)}].configurationArguments.criteria.{key}"
    assert answer.json()["message"].startswith(place), answer.text


def test_a_stale_copy_is_refused(api: Api) -> None:
    made = api.http.post(BASE, json={"key": "k", "name": "One", "workflowApiVersion": 1}).json()
    changed = api.http.put(BASE, json=made | {"name": "Two"})
    assert changed.status_code == 200
    assert changed.json()["name"] == "Two"
    stale = api.http.put(f"{BASE}/key:k", json=made | {"modifiedDate": "2020-01-01T00:00:00.000", "name": "Three"})
    assert (stale.status_code, stale.json()["errorcode"]) == (400, 30000)
    assert stale.json()["message"] == "Another user recently modified this journey"
    assert api.http.get(f"{BASE}/key:k").json()["name"] == "Two"


def test_changing_an_active_journey_makes_a_draft(api: Api, cart: Cart) -> None:
    read = api.http.get(f"{BASE}/{cart.id}").json()
    changed = api.http.put(f"{BASE}/{cart.id}", json=read | {"description": "Second"}).json()
    assert (changed["version"], changed["status"]) == (2, "Draft")
    statuses = api.http.get(f"{BASE}/status/{cart.id}?AllVersions=true").json()
    assert [(each["versionNumber"], each["status"]) for each in statuses] == [(1, "Published"), (2, "Draft")]


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"name": "N", "workflowApiVersion": 1}, 10002),
        ({"key": "k", "name": "N"}, 10002),
        ({"key": "k", "name": "a/b", "workflowApiVersion": 1}, 10006),
        ({"key": "k", "name": "N", "workflowApiVersion": 1, "entryMode": "Sometimes"}, 10000),
        ({"key": "k", "name": "N", "workflowApiVersion": 1, "activities": {}}, 10000),
        ({"key": "k", "name": "N", "workflowApiVersion": 1, "activities": [{}]}, 10000),
        (
            {
                "key": "k",
                "name": "N",
                "workflowApiVersion": 1,
                "triggers": [{"metaData": {"eventDefinitionKey": "nobody"}}],
            },
            10000,
        ),
        ([], 10003),
    ],
)
def test_a_wrong_journey_is_refused_whole(api: Api, wrong: object, code: int) -> None:
    answer = api.http.post(BASE, json=wrong)
    assert (answer.status_code, answer.json()["errorcode"]) == (400, code), answer.text
    assert api.http.get(BASE).json()["count"] == 0


def test_membership_and_exit(api: Api, ws: Workspace, cart: Cart) -> None:
    fire(api, "NTO-1")
    fire(api, "NTO-2")
    key = cart.open.journey.key
    asked = api.http.post(f"{BASE}/contactMembership", json={"ContactKeyList": ["NTO-1", "nobody"]}).json()["results"]
    assert asked["contactMemberships"] == [{"contactKey": "NTO-1", "definitionKey": key, "version": 1}]
    assert asked["contactsNotFound"] == ["nobody"]
    out = [{"ContactKey": "NTO-1", "DefinitionKey": key, "Versions": [1]}]
    assert api.http.post(f"{BASE}/contactexit/status", json=out).json()["statuses"][0]["status"][0]["message"] == (
        "Exit Request is being Processed."
    )
    left = api.http.post(f"{BASE}/contactexit", json=out)
    assert (left.status_code, left.json()) == (202, {"errors": []})
    assert where_is(ws, "NTO-1").stays[0].state == "removed"
    assert where_is(ws, "NTO-2").stays[0].state == "waiting"
    done = api.http.post(f"{BASE}/contactexit/status", json=out).json()
    assert done["statuses"][0]["status"][0]["message"] == "Exit process Completed."
    wrong = [{"ContactKey": "NTO-2", "DefinitionKey": "none", "Versions": [1]}]
    ignored = api.http.post(f"{BASE}/contactexit", json=wrong).json()["errors"]
    assert ignored[0]["status"] == [{"version": 1, "message": "Exit request Ignored - Invalid Interaction Name."}]


@pytest.mark.parametrize("path", ["contactMembership", "contactexit", "contactexit/status"])
@pytest.mark.parametrize("wrong", [{"ContactKeyList": 5}, [{"ContactKey": 5}], 7, None])
def test_wrong_bodies(api: Api, path: str, wrong: object) -> None:
    assert api.http.post(f"{BASE}/{path}", json=wrong).status_code == 400


def test_counters_audit_and_history(api: Api, cart: Cart) -> None:
    fire(api, "NTO-1")
    fire(api, "NTO-2", 20)
    stats = api.http.get(f"/interaction/v1/triggerstats/{cart.event.id}").json()["statuses"]
    assert {each["eventType"]: each["count"] for each in stats} == {
        "MetCriteria": 1,
        "ContactAttempted": 2,
        "Failed": 1,
        "ContactsWaiting": 1,
    }
    assert api.http.get("/interaction/v1/triggerstats/none").status_code == 400
    assert api.http.get(f"{BASE}/{cart.id}/summary").json()["waiting"] == 1
    asked = api.http.post(f"{BASE}/journeyhistory/summary", json={"objectId": cart.id}).json()
    assert asked["totalContactCount"] == 1
    actions = [item["action"] for item in api.http.get(f"{BASE}/{cart.id}/audit/all").json()["items"]]
    assert {"Create", "Publish"} <= set(actions)
    entries = {"definitionIds": [cart.open.version_id], "activityTypes": ["StartInteractionActivity"]}
    found = api.http.post(f"{BASE}/journeyhistory/search?$page=1&$pageSize=10", json=entries).json()
    assert found["count"] == 2
    assert [(item["contactKey"], item["status"]) for item in found["items"]] == [
        ("NTO-2", "DidNotMeetEntryCriteria"),
        ("NTO-1", "Complete"),
    ]
    one = api.http.post(f"{BASE}/journeyhistory/search", json=entries | {"statuses": ["complete"]}).json()
    assert [item["contactKey"] for item in one["items"]] == ["NTO-1"]


def test_lists_show_each_version_when_asked(api: Api, cart: Cart) -> None:
    read = api.http.get(f"{BASE}/{cart.id}").json()
    api.http.put(f"{BASE}/{cart.id}", json=read)
    assert [item["version"] for item in api.http.get(BASE).json()["items"]] == [2]
    running = api.http.get(f"{BASE}?mostRecentVersionOrRunningOnly=true&extras=all").json()["items"]
    assert [(item["version"], bool(item["activities"])) for item in running] == [(1, True)]
    both = api.http.get(f"{BASE}?mostRecentVersionOnly=false").json()
    assert both["count"] == 2
    assert [item["version"] for item in both["items"]] == [1, 2]


def test_a_list_says_how_many_contacts_there_were(api: Api, cart: Cart) -> None:
    fire(api, "A")
    fire(api, "B")
    shown = api.http.get(f"{BASE}?$pageSize=500").json()
    assert shown["summary"]["cumulativePopulation"] == 2
    item = shown["items"][0]
    assert item["stats"]["cumulativePopulation"] == item["healthStats"]["currentlyInCount"] == 2
    assert item["metaData"]["dataSource"] == "ContactsModel"


def test_lists_are_searched_and_ordered_as_asked(api: Api, clock: FixedClock) -> None:
    for name, words in (("Alpha", "about boots"), ("Gamma", "about tents"), ("Beta", "")):
        body = {"key": name, "name": name, "description": words, "workflowApiVersion": 1.0}
        clock.advance(timedelta(minutes=1))
        assert api.http.post(BASE, json=body).status_code == 201

    def names(query: str) -> list[str]:
        answer = api.http.get(f"{BASE}?{query}").json()
        assert answer["count"] == len(answer["items"])
        return [item["name"] for item in answer["items"]]

    assert names("nameOrDescription=TENTS") == ["Gamma"]
    assert names("nameOrDescription=alph") == ["Alpha"]
    assert names("name=tents") == []
    assert names("%24orderBy=name%20asc") == ["Alpha", "Beta", "Gamma"]
    assert names("$orderBy=Name DESC") == ["Gamma", "Beta", "Alpha"]
    assert names("$orderby=ModifiedDate desc") == ["Beta", "Gamma", "Alpha"]
