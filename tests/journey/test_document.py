"""A journey as JSON and back: nothing is lost, unknown members least of all."""

from __future__ import annotations

import json
from typing import Any

import pytest

from app.journey.document import from_document, to_document
from app.journey.journey import Activity, Entry, EntryMode, Journey, Note, Outcome, TileGroup
from app.kernel.errors import InvalidInput
from tests.journey.support import TOTAL_OVER_50

WHOLE = Journey(
    "j",
    "abandoned-cart",
    "Abandoned cart",
    "Daily",
    Entry("Cart abandoned", event_definition_id="e", filter=TOTAL_OVER_50, extra={"icon": "cart"}),
    EntryMode.AFTER_EXIT,
    "S",
    {
        "W": Activity("W", "wait", "Wait", {"duration": {"amount": 1, "unit": "days"}}, (Outcome(""),), disabled=True),
        "S": Activity(
            "S",
            "decision_split",
            "Big?",
            {},
            (
                Outcome("path-1", "Big", "W", TOTAL_OVER_50, {"note": 1}, {"metaData": {}}),
                Outcome("remainder", "Remainder"),
            ),
            "Who spends more",
            extra={"schema": {"x": 1}},
        ),
    },
    (Note("n", "Legal wants consent", "W", {"colour": "blue"}), Note("m", "On the canvas")),
    "Email",
    (TileGroup("g", "Late", ("W",), True, {"x": 1}),),
    {"tags": ["a"]},
)


def test_there_and_back_through_json_text() -> None:
    assert from_document(json.loads(json.dumps(to_document(WHOLE)))) == WHOLE
    empty = Journey("j", "k", "n")
    assert from_document(json.loads(json.dumps(to_document(empty)))) == empty


def test_activities_are_written_in_reading_order() -> None:
    assert [each["key"] for each in to_document(WHOLE)["activities"]] == ["S", "W"]


def broken(**members: Any) -> dict[str, Any]:
    return to_document(WHOLE) | members


@pytest.mark.parametrize(
    ("document", "where"),
    [
        (None, "the journey"),
        ([], "the journey"),
        ({"id": "j", "key": "k"}, "name"),
        (broken(name=7), "name"),
        (broken(first=7), "first"),
        (broken(entryMode="Sometimes"), "entryMode"),
        (broken(entryMode=["x"]), "entryMode"),
        (broken(entry=7), "entry"),
        (broken(activities={}), "activities"),
        (broken(activities=[7]), "activities[0]"),
        (broken(activities=[{"key": "", "type": "wait"}]), "activities[0].key"),
        (broken(activities=[{"key": "A"}]), "activities[0].type"),
        (broken(activities=[{"key": "A", "type": "wait", "settings": 3}]), "activities[0].settings"),
        (broken(activities=[{"key": "A", "type": "wait", "outcomes": [{}]}]), "activities[0].outcomes[0].key"),
        (
            broken(activities=[{"key": "A", "type": "wait", "outcomes": [{"key": ""}, {"key": ""}]}]),
            "activities[0].outcomes",
        ),
        (broken(activities=[{"key": "A", "type": "wait"}, {"key": "A", "type": "wait"}]), "activities"),
        (broken(notes=[{"id": "n"}]), "notes.text"),
        (broken(groups=[{"id": "n", "name": "x", "members": [1]}]), "groups"),
    ],
)
def test_what_cannot_be_read_says_where(document: object, where: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        from_document(document)
    assert caught.value.where == where
    assert caught.value.message
