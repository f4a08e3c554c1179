"""Journeys as Marketing Cloud's JSON: whatever is drawn comes back, and what came goes back as it came."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from app.events.event_definition import EventDefinition
from app.exchange.interaction_reader import read_interaction
from app.exchange.interaction_writer import VersionFacts, interaction_json
from app.filters.catalog import Catalog
from app.filters.document import to_document as filter_document
from app.filters.tree import Attribute, Condition, Group, Literal
from app.journey.activities import ACTIVITIES
from app.journey.document import ORIGINAL
from app.journey.graph import in_order
from app.journey.journey import Activity, Entry, Journey, Note, Outcome, TileGroup
from tests.exchange.test_round_trip import CARTS, EVENT_DEFINITION, MEMBERS, groups, texts

CATALOG = Catalog(CARTS, (MEMBERS,))
FACTS_AT = datetime(2026, 11, 25, tzinfo=UTC)
Json = dict[str, Any]


def written(journey: Journey) -> Json:
    """The JSON, once through text as over the wire."""
    from app.journey.journey import Status

    facts = VersionFacts("v", 1, Status.DRAFT, FACTS_AT, FACTS_AT)
    shown: Json = json.loads(json.dumps(interaction_json(journey, facts, EVENT_DEFINITION, CATALOG)))
    return shown


def read(document: Json) -> Journey:
    """The journey of a document, in the workspace that has the event."""
    found: tuple[EventDefinition, Catalog] = (EVENT_DEFINITION, CATALOG)
    return read_interaction(document, "j", lambda event_id, key: found)


def meaning(journey: Journey) -> Journey:
    """The journey without what was kept from the original."""
    activities = {
        key: replace(
            each,
            extra={},
            settings=json.loads(json.dumps(dict(each.settings))),
            outcomes=tuple(replace(outcome, extra={}) for outcome in each.outcomes),
        )
        for key, each in sorted(journey.activities.items())
    }
    entry = replace(journey.entry, extra={}) if journey.entry else None
    return replace(journey, extra={}, entry=entry, activities=activities)


@st.composite
def journeys(draw: st.DrawFn) -> Journey:
    """Journeys without loops, with strays, of every kind of tile, half of them asides."""
    asides = st.sampled_from(["goal", "exit_criteria", "join"])
    kinds = draw(st.lists(asides | st.sampled_from([*(each.key for each in ACTIVITIES), "SALESCLOUD"]), max_size=7))
    keys = [f"A-{n}" for n in range(len(kinds))]
    activities: dict[str, Activity] = {}
    for n, (key, kind) in enumerate(zip(keys, kinds, strict=True)):
        following = st.sampled_from([None, *keys[n + 1 :]])
        leaf = ACTIVITIES.get(kind)
        made = leaf.make(key) if leaf else Activity(key, kind, key, {}, (Outcome("x"),))
        settings = dict(made.settings)
        if kind in ("goal", "exit_criteria"):
            settings["filter"] = draw(st.none() | groups.map(filter_document))
        outcomes = tuple(
            replace(
                each, next=draw(following), label=draw(texts), filter=draw(groups) if _is_path(kind, each) else None
            )
            for each in made.outcomes
        )
        name = draw(texts.filter(bool))
        activities[key] = replace(
            made, settings=settings, outcomes=outcomes, name=name, description=draw(texts), disabled=draw(st.booleans())
        )
    some = st.sampled_from([None, *keys])
    notes = draw(st.lists(st.builds(Note, texts, texts, some), max_size=1))
    folded = [TileGroup("g", "Group", tuple(draw(st.permutations(keys))))] if keys and draw(st.booleans()) else []
    return Journey(
        "j", draw(texts), draw(texts), draw(texts), Entry(draw(texts.filter(bool)), "APIEvent", "e", draw(groups)),
        first=draw(some), activities=activities, notes=tuple(notes), groups=tuple(folded),
    )  # fmt: skip


def _is_path(kind: str, outcome: Outcome) -> bool:
    return kind == "decision_split" and outcome.key != "remainder"


@given(journeys())
def test_a_drawn_journey_comes_back_and_writes_the_same_again(journey: Journey) -> None:
    document = written(journey)
    types = {each["type"] for each in document["activities"]}
    assert not types & {"GOAL", "EXITCRITERIA", "JOIN"}
    assert len(document["goals"]) <= 1
    back = read(document)
    assert meaning(back) == meaning(journey)
    assert written(back) == document


CRITERIA = (
    '<FilterDefinition Source="SubscriberAttribute">\n  <ConditionSet Operator="OR" ConditionSetName="Ours">'
    '<Condition Key="Event.Key-1.Text «é»" Operator="Equal"><Value><![CDATA[x]]></Value></Condition>'
    "</ConditionSet></FilterDefinition>"
)


def foreign() -> Json:
    """A journey as the original exports it: nothing of Switchback's in it."""
    return {
        "key": "welcome",
        "name": "Welcome",
        "description": "",
        "workflowApiVersion": 1,
        "entryMode": "OnceAndDone",
        "definitionType": "Multistep",
        "channel": "",
        "goals": [
            {
                "id": "1",
                "key": "GOAL",
                "name": "Bought",
                "description": "Anything",
                "type": "ContactEvent",
                "outcomes": [],
                "arguments": {"filterResult": "false"},
                "configurationArguments": {"criteria": CRITERIA, "schemaVersionId": 17, "odd": [1]},
                "metaData": {
                    "conversionUnit": "wholenumber",
                    "conversionValue": "25",
                    "conversionTypeId": 3,
                    "isExitCriteria": True,
                    "criteriaDescription": "Whoever bought",
                    "odd": {"deep": None},
                },
                "schema": {"arguments": {}},
            }
        ],
        "exits": [
            {
                "key": "EXIT-A",
                "name": "Left us",
                "description": "",
                "type": "ContactExit",
                "configurationArguments": {"schemaVersionId": 0, "criteria": CRITERIA},
                "metaData": {"criteriaDescription": "Text", "isExitCriteria": True},
            },
            {"key": "WAIT-1", "configurationArguments": {"criteria": "<Filter"}, "odd": 1},
        ],
        "metaData": {"dataSource": "ContactsModel", "templateId": "t"},
        "activities": [
            {
                "id": "w",
                "key": "WAIT-1",
                "name": "Wait",
                "description": "",
                "type": "WAIT",
                "outcomes": [{"key": "guid", "next": "EMAILV2-1", "arguments": {}, "metaData": {"joinLabel": ""}}],
                "configurationArguments": {"waitDuration": 3, "waitUnit": "DAYS", "specifiedTime": ""},
            },
            {"id": "m", "key": "EMAILV2-1", "name": "Mail", "type": "EMAILV2", "outcomes": [{"key": "out"}]},
        ],
        "triggers": [
            {
                "id": "t",
                "key": "TRIGGER",
                "name": "TRIGGER",
                "description": "",
                "type": "APIEvent",
                "outcomes": [],
                "arguments": {"dequeueReason": "{{Context.DequeueReason}}"},
                "configurationArguments": {"criteria": CRITERIA, "schemaVersionId": 9, "filterDefinitionId": "f"},
                "metaData": {
                    "eventDefinitionId": "e",
                    "eventDefinitionKey": "Key-1",
                    "scheduleState": "No Schedule",
                    "criteriaDescription": "Those",
                },
            }
        ],
    }


def assert_within(part: Any, whole: Any, path: str = "") -> None:
    """Every member of `part` is in `whole`, the same."""
    if isinstance(part, dict):
        for name, value in part.items():
            assert name in whole, f"{path}.{name}"
            assert_within(value, whole[name], f"{path}.{name}")
    elif isinstance(part, list):
        assert len(part) == len(whole), path
        for number, pair in enumerate(zip(part, whole, strict=True)):
            assert_within(*pair, f"{path}[{number}]")
    else:
        assert part == whole, path


def test_goals_and_exits_of_the_original_become_tiles_after_the_entry() -> None:
    journey = read(foreign())
    assert in_order(journey) == ("GOAL", "EXIT-A", "WAIT-1", "EMAILV2-1")
    goal, leaving = journey.activities["GOAL"], journey.activities["EXIT-A"]
    assert (goal.type, goal.name, goal.description) == ("goal", "Bought", "Anything")
    assert (goal.settings["exit"], goal.settings["judged"]) == (True, "everywhere")
    assert (leaving.type, leaving.settings["judged"]) == ("exit_criteria", "everywhere")
    field = next(field.id for field in CARTS.fields if field.name == "Text «é»")
    asked = goal.settings["filter"]["children"][0]
    assert asked["attribute"] == {"field": field}
    # What has no filter that can be read is kept and said.
    kept = journey.extra[ORIGINAL]
    assert kept["goals"] == []
    assert kept["exits"] == [foreign()["exits"][1]]


def test_what_came_goes_back_as_it_came() -> None:
    document = written(read(foreign()))
    assert_within(foreign(), document)
    again = written(read(document))
    assert again == document


def test_a_goal_that_was_changed_is_written_anew() -> None:
    journey = read(foreign())
    goal = journey.activities["GOAL"]
    asked = Group(children=(Condition(Attribute("f_text"), "equal", Literal("y")),))
    settings = {**goal.settings, "filter": filter_document(asked), "exit": False}
    changed = replace(journey, activities={**journey.activities, "GOAL": replace(goal, settings=settings)})
    (entry,) = written(changed)["goals"]
    assert "[y]" in entry["configurationArguments"]["criteria"]
    assert entry["metaData"]["criteriaDescription"] != "Whoever bought"
    assert entry["metaData"]["isExitCriteria"] is False
    assert entry["metaData"]["conversionValue"] == "25"
    assert meaning(read(written(changed))) == meaning(changed)


def drawn(*activities: Activity, first: str) -> Journey:
    return Journey("j", "k", "n", entry=Entry("E", event_definition_id="e"), first=first,
                   activities={each.key: each for each in activities})  # fmt: skip


def tile(kind: str, key: str, *nexts: str | None, **settings: Any) -> Activity:
    made = ACTIVITIES[kind].make(key)
    outcomes = tuple(replace(each, next=to) for each, to in zip(made.outcomes, nexts, strict=True))
    return replace(made, outcomes=outcomes, settings={**made.settings, **settings})


ASKED = filter_document(Group(children=(Condition(Attribute("f_text"), "equal", Literal("y")),)))


def joined() -> Journey:
    """A split whose two ways come together in a Join, a goal behind it."""
    return drawn(
        tile("random_split", "R", "W-1", "J"),
        tile("wait", "W-1", "J"),
        tile("join", "J", "G"),
        tile("goal", "G", "W-2", filter=ASKED),
        tile("wait", "W-2", None),
        first="R",
    )


def test_a_join_is_the_next_that_its_paths_share() -> None:
    document = written(joined())
    found = {each["key"]: each for each in document["activities"]}
    assert list(found) == ["R", "W-1", "W-2"]
    assert [each["next"] for each in found["R"]["outcomes"]] == ["W-1", "W-2"]
    assert found["W-1"]["outcomes"][0]["next"] == "W-2"
    assert found["W-1"]["outcomes"][0]["metaData"]["joinLabel"] == "Join"
    assert "joinLabel" not in found["R"]["outcomes"][0]["metaData"]
    (goal,) = document["goals"]
    assert (goal["key"], goal["type"], goal["metaData"]["isExitCriteria"]) == ("G", "ContactEvent", False)
    assert goal["metaData"]["criteriaDescription"] == "“Text «é»” equals y"
    assert meaning(read(document)) == meaning(joined())


def test_without_our_members_a_goal_stands_after_the_entry_and_paths_join_plainly() -> None:
    document = written(joined())
    del document["metaData"]["switchback"]
    del document["goals"][0]["metaData"]["switchback"]
    journey = read(document)
    assert in_order(journey) == ("G", "R", "W-1", "W-2")
    assert [each.next for each in journey.activities["R"].outcomes] == ["W-1", "W-2"]
    assert journey.activities["G"].settings["filter"] == ASKED


def test_a_way_that_somebody_else_changed_is_left_as_it_was_changed() -> None:
    document = written(joined())
    found = {each["key"]: each for each in document["activities"]}
    found["W-1"]["outcomes"][0].pop("next")
    journey = read(document)
    assert journey.activities["W-1"].outcomes[0].next is None
    assert [each.next for each in journey.activities["R"].outcomes] == ["W-1", "J"], "the other way still leads there"
    found["R"]["outcomes"][1]["next"] = "W-1"
    found["W-1"]["outcomes"][0]["next"] = "W-2"
    found["W-2"]["key"] = found["W-1"]["outcomes"][0]["next"] = "W-3"
    journey = read(document)
    assert "J" not in journey.activities
    assert in_order(journey) == ("G", "R", "W-1", "W-3"), "a goal is judged everywhere: it is never lost"


def test_further_goals_and_disabled_ones_travel_beside() -> None:
    journey = drawn(
        tile("goal", "G-1", "G-2", filter=ASKED),
        tile("goal", "G-2", "X", filter=ASKED, exit=True),
        replace(tile("exit_criteria", "X", "W", filter=ASKED), disabled=True),
        tile("wait", "W", None),
        first="G-1",
    )
    document = written(journey)
    assert [each["key"] for each in document["goals"]] == ["G-1"]
    assert document["exits"] == [], "the original would judge it"
    assert [each["key"] for each in document["metaData"]["switchback"]["tiles"]] == ["G-2", "X"]
    assert meaning(read(document)) == meaning(journey)


def test_goals_without_a_filter_wait_for_the_original() -> None:
    document = {**foreign(), "goals": [{"key": "event", "type": "ContactEvent"}]}
    journey = read(document)
    assert "event" not in journey.activities
    assert written(journey)["goals"] == document["goals"]
    mine = tile("goal", "G", journey.first, filter=ASKED)
    both = replace(journey, first="G", activities={**journey.activities, "G": mine})
    shown = written(both)
    assert [each["key"] for each in shown["goals"]] == ["G"]
    assert shown["metaData"]["switchback"]["goals"] == document["goals"]
    assert read(shown).extra[ORIGINAL]["goals"] == document["goals"]


odd = st.recursive(
    st.none() | st.booleans() | st.integers() | texts | st.just(CRITERIA) | st.sampled_from(["goal", "join", "W", "G"]),
    lambda inner: st.lists(inner, max_size=2)
    | st.dictionaries(
        st.sampled_from(
            ["key", "name", "type", "metaData", "switchback", "configurationArguments", "criteria", "before",
             "outcomes",
             "settings", "filter", "tiles", "goals", "start", "notes", "groups", "isExitCriteria", "next"]
        ),
        inner,
        max_size=4,
    ),
    max_leaves=8,
)  # fmt: skip


@given(odd, odd, odd)
def test_members_of_any_shape_are_read_or_refused_in_words(goals: Any, exits: Any, own: Any) -> None:
    from app.kernel.errors import InvalidInput

    document = {**foreign(), "goals": goals, "exits": exits, "metaData": {"switchback": own}}
    try:
        journey = read(document)
    except InvalidInput:
        return
    shown = written(journey)
    assert written(read(shown)) == shown
