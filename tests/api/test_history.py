"""The history of journeys over HTTP: searched, filtered, page by page, and capped as the original's."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from typing import Any

import pytest

from app.kernel.clock import FixedClock
from app.services.workspace import Workspace
from tests.api.conftest import Api
from tests.support.databases import NOW
from tests.support.workspace import EVENT_KEY, Cart, abandoned_cart

BASE = "/interaction/v1/interactions/journeyhistory"
SEARCH = f"{BASE}/search"
CONTACT = f"{BASE}/contactkey"


@pytest.fixture
def cart(api: Api, ws: Workspace, clock: FixedClock) -> Cart:
    """Five events two minutes apart: A, B and C enter, D has too small a cart, A comes again."""
    made = abandoned_cart(ws)
    for contact, total in (("A1", 60), ("A2", 60), ("C", 60), ("D", 5), ("A1", 60)):
        data = {"Contact key": contact, "Email": "kari@example.com", "Cart total": total, "Country": "NO"}
        body = {"ContactKey": contact, "EventDefinitionKey": EVENT_KEY, "Data": data}
        assert api.http.post("/interaction/v1/events", json=body).status_code == 201
        clock.advance(timedelta(minutes=2))
    return made


ENTRIES = {"activityTypes": ["StartInteractionActivity"]}
"""Only rows about entering."""


def found(api: Api, body: dict[str, Any], query: str = "", address: str = SEARCH) -> tuple[int, list[str]]:
    """Count and contacts of the rows about entering; what the body says of types itself goes before."""
    if address == SEARCH:
        body = {**ENTRIES, **body}
    answer = api.http.post(f"{address}?{query}", json=body)
    assert answer.status_code == 200, answer.text
    shown = answer.json()
    return shown["count"], [item["contactKey"] for item in shown["items"]]


@pytest.mark.parametrize(
    ("body", "contacts"),
    [
        ({}, ["A1", "D", "C", "A2", "A1"]),
        ({"statuses": ["didnotmeetentrycriteria"]}, ["D"]),
        ({"statuses": ["Complete"]}, ["C", "A2", "A1"]),
        ({"statuses": ["ContactNotFound"]}, []),
        ({"statuses": ["Complete", "ContactPreviouslyInSameInteraction"]}, ["A1", "C", "A2", "A1"]),
        ({"clientStatuses": ["Warning"]}, ["A1", "D"]),
        ({"clientStatuses": ["Warning"], "statuses": ["Complete"]}, []),
        ({"activityIds": ["none"]}, []),
        ({"start": (NOW + timedelta(minutes=2)).isoformat(), "end": "2026-11-23T09:05:00Z"}, ["C", "A2"]),
        ({"START": "2026-11-23T09:07:00"}, ["A1"]),
    ],
)
def test_what_is_searched_is_counted_and_shown(api: Api, cart: Cart, body: dict[str, Any], contacts: list[str]) -> None:
    assert found(api, body) == (len(contacts), contacts)


def test_pages_do_not_repeat_and_count_honestly(api: Api, cart: Cart) -> None:
    pages = [found(api, {"statuses": ["Complete"]}, f"$page={page}&%24pageSize=2") for page in (1, 2, 3)]
    assert pages == [(3, ["C", "A2"]), (3, ["A1"]), (3, [])]
    assert found(api, {}, "$orderBy=TransactionTime asc&$pageSize=2")[1] == ["A1", "A2"]


def test_of_some_journeys_or_versions(api: Api, cart: Cart, ws: Workspace) -> None:
    other = abandoned_cart(ws, name="Other", key="other")
    assert found(api, {"definitionIds": [other.id]}) == (0, [])
    assert found(api, {"definitionIds": [cart.open.version_id.upper()]})[0] == 5
    assert found(api, {"definitionIds": [cart.id, other.open.version_id]})[0] == 5
    assert api.http.post(SEARCH, json={"definitionIds": ["none"]}).status_code == 404


def test_of_a_contact(api: Api, cart: Cart) -> None:
    count, contacts = found(api, {"queryString": "A*"}, address=CONTACT)
    assert (count, set(contacts)) == (3 + 2 * 2, {"A1", "A2"}), "two entered, and did two things each"
    assert found(api, {"queryString": "A1", "definitionIds": []}, address=CONTACT)[0] == 2 + 2
    assert api.http.post(CONTACT, json={"queryString": "*"}).status_code == 400


def test_a_row_says_why_in_words(api: Api, cart: Cart) -> None:
    row = api.http.post(SEARCH, json={"statuses": ["DidNotMeetEntryCriteria"]}).json()["items"][0]
    assert (row["clientStatus"], row["definitionId"]) == ("Warning", cart.open.version_id)
    assert row["result"]["messages"][0]["errorCode"] == "DidNotMeetEntryCriteria"
    assert "filter" in row["message"]
    assert row["epochTimeInMilliseconds"] == int((NOW + timedelta(minutes=6)).timestamp() * 1000)


def test_each_tile_of_a_way_has_a_row(api: Api, cart: Cart) -> None:
    rows = api.http.post(f"{SEARCH}?$orderBy=TransactionTime asc", json={"contactKeys": ["A2"]}).json()["items"]
    assert [row["activityType"] for row in rows] == [
        "StartInteractionActivity",
        "EMAILV2",
        "WaitActivity",
    ]
    assert [row["status"] for row in rows] == ["Complete", "Complete", "Waiting"]
    assert len({row["id"] for row in rows}) == len(rows)
    assert rows[1]["outcomeActivityId"] == rows[2]["activityId"] != ""
    journey = api.http.get(f"/interaction/v1/interactions/{cart.id}").json()
    assert {row["activityId"] for row in rows[1:]} <= {each["id"] for each in journey["activities"]}
    waiting = {"activityIds": [rows[2]["activityId"].upper()]}
    assert found(api, {"activityTypes": [], **waiting}) == (3, ["C", "A2", "A1"])
    assert found(api, {"activityTypes": [], "clientStatuses": ["Waiting"]})[0] == 3
    assert found(api, {"activityTypes": ["emailv2"], "statuses": ["Failed"]}) == (0, [])
    stay = {"definitionInstanceIds": [rows[0]["definitionInstanceId"]]}
    assert found(api, {"activityTypes": [], **stay}) == (3, ["A2", "A2", "A2"])


def test_history_as_a_table(api: Api, cart: Cart) -> None:
    answer = api.http.post(
        f"{BASE}/download?columns=ContactKey,status,Result.Messages", json={"contactKeys": ["D", "C"]}
    )
    assert answer.headers["content-type"].startswith("text/csv")
    rows = list(csv.reader(io.StringIO(answer.text)))
    assert [row[:2] for row in rows] == [
        ["ContactKey", "Status"],
        ["C", "Complete"],
        ["C", "Waiting"],
        ["D", "DidNotMeetEntryCriteria"],
    ]
    size = api.http.post(f"{BASE}/estimate?columns=ContactKey", json={}).json()
    tabs = api.http.post(f"{BASE}/download?columns=ContactKey&format=tsv", json={})
    assert (size["rowCount"], size["fileSize"]) == (len(tabs.text.splitlines()) - 1, len(tabs.content))
    assert api.http.get(f"{BASE}/freshness").status_code == 200
    for query in ("columns=Nothing", "format=pdf"):
        assert api.http.post(f"{BASE}/download?{query}", json={}).status_code == 400


@pytest.mark.parametrize("body", [{"start": "soon"}, {"end": 5}, {"statuses": "Complete"}, {"clientStatuses": [1]}])
def test_what_cannot_be_searched_is_refused(api: Api, cart: Cart, body: dict[str, Any]) -> None:
    assert api.http.post(SEARCH, json=body).status_code == 400


def test_no_more_than_the_originals_rows_are_found(api: Api, cart: Cart, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.services.search_history.MOST_ROWS", 4)
    assert found(api, {}, "$pageSize=3&$page=2") == (4, ["A2"])
    assert found(api, {}, "$pageSize=3&$page=3") == (4, [])


def test_the_audit_goes_page_by_page(api: Api, cart: Cart) -> None:
    address = f"/interaction/v1/interactions/{cart.id}/audit/all?versionNumber=1&$pageSize=1"
    pages = [api.http.get(f"{address}&$page={page}").json() for page in (1, 2, 3)]
    assert {page["count"] for page in pages} == {len([page for page in pages if page["items"]])}


def test_the_audit_of_a_stop_says_how_many_left(api: Api, cart: Cart) -> None:
    assert api.http.post(f"/interaction/v1/interactions/stop/{cart.id}?allVersions=true").status_code == 202
    items = api.http.get(f"/interaction/v1/interactions/{cart.id}/audit/stop").json()["items"]
    assert [(item["action"], item["ContactsEjected"]) for item in items] == [("Stop", len({"A1", "A2", "C"}))]
    others = api.http.get(f"/interaction/v1/interactions/{cart.id}/audit/publish").json()["items"]
    assert all("ContactsEjected" not in item for item in others)
