"""The `.journey` file: what is written comes back, the bytes are stable, and every fault is named."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.data_extensions.data_extension import DataExtension, Field
from app.events.event_definition import EventDefinition
from app.exchange.journey_file import JourneyFile
from app.exchange.read_journey import read_journey_file
from app.exchange.upgrades import NEWEST, STEPS, upgrade
from app.exchange.write_journey import write_journey_file
from app.filters.tree import Attribute, Condition, Group, Literal, OtherAttribute, Range
from app.journey.journey import Activity, Entry, Journey, Outcome
from app.kernel.errors import InvalidInput, UnreadableFile

GOLDEN = Path(__file__).parent / "golden"
CONTENT = (GOLDEN / "format-1.journey").read_bytes()


def written(file: JourneyFile) -> bytes:
    return write_journey_file(file.journey, file.event, file.data_extensions)


def changed(change: Callable[[Any], None]) -> bytes:
    document = json.loads(CONTENT)
    change(document)
    return json.dumps(document, indent=2).encode()


@pytest.mark.parametrize("number", range(1, NEWEST + 1))
def test_a_file_of_every_format_is_read_for_ever(number: int) -> None:
    file = read_journey_file((GOLDEN / f"format-{number}.journey").read_bytes(), "golden")
    assert file.journey.name == "Order confirmation"
    assert len(file.journey.activities) == 8
    assert file.event is not None
    assert file.event.key.startswith("APIEvent-")
    assert [each.key for each in file.data_extensions] == ["Orders", "Loyalty_Members"]


def test_the_newest_golden_file_is_written_byte_for_byte() -> None:
    newest = (GOLDEN / f"format-{NEWEST}.journey").read_bytes()
    assert written(read_journey_file(newest, "golden")) == newest


def test_references_are_ids_inside_and_names_in_the_file() -> None:
    file = read_journey_file(CONTENT, "golden")
    orders, members = file.data_extensions
    assert file.catalog.event is orders
    assert file.catalog.linked == (members,)
    split = file.journey.activities["MULTICRITERIADECISIONV2-1"]
    tier = split.outcomes[1].filter
    assert tier is not None
    assert isinstance(tier.children[0], Condition)
    field = members.named("Tier")
    assert field is not None
    assert tier.children[0].attribute == Attribute(field.id, members.id)
    (update,) = file.journey.activities["UPDATECONTACTDATAV2-1"].settings["updates"]
    assert update["data_extension_id"] == members.id
    assert b"file:" not in CONTENT


def test_the_order_in_memory_says_nothing() -> None:
    file = read_journey_file(CONTENT, "golden")
    journey = replace(
        file.journey,
        activities={
            key: replace(each, settings=dict(reversed(each.settings.items())))
            for key, each in reversed(file.journey.activities.items())
        },
    )
    assert write_journey_file(journey, file.event, reversed(file.data_extensions)) == CONTENT


def test_only_tables_that_are_needed_go_in() -> None:
    file = read_journey_file(CONTENT, "golden")
    other = DataExtension("x", "Other", "Other", fields=(Field("f", "F", "text"),))
    assert write_journey_file(file.journey, file.event, (*file.data_extensions, other)) == CONTENT


def test_unknown_members_everywhere_are_kept() -> None:
    def change(document: Any) -> None:
        document["later"] = {"a": [1]}
        document["journey"]["later"] = 1
        document["journey"]["activities"][0]["later"] = 2
        document["journey"]["activities"][0]["outcomes"][0]["later"] = 3
        document["journey"]["entry"]["later"] = 4
        document["event"]["later"] = 5
        document["dataExtensions"][0]["later"] = 6
        document["dataExtensions"][1]["fields"][2]["later"] = 7

    content = changed(change)
    again = json.loads(written(read_journey_file(content, "x")))
    assert again == json.loads(content)


def test_an_activity_of_an_unknown_type_is_kept() -> None:
    def change(document: Any) -> None:
        document["journey"]["activities"][0].update(type="carrier_pigeon", settings={"wings": [2, {"z": 1, "a": 2}]})

    content = changed(change)
    assert json.loads(written(read_journey_file(content, "x"))) == json.loads(content)


def test_a_journey_without_anything_is_a_file_too() -> None:
    journey = Journey("id", "empty", "Empty")
    file = read_journey_file(write_journey_file(journey, None, ()), "x")
    assert replace(file.journey, id="id") == journey
    assert file.event is None
    assert file.data_extensions == ()
    assert file.catalog.event is None


def test_a_table_whose_key_is_event_is_not_taken_for_the_event() -> None:
    carts = DataExtension("d1", "carts", "Carts", fields=(Field("f1", "Total", "number"),))
    tricky = DataExtension(
        "d2", "event", "Event", fields=(Field("f2", "Key", "text", 50), Field("f3", "Total", "number")), link="f2"
    )
    low = OtherAttribute(Attribute("f1"))
    group = Group(
        children=(
            Condition(Attribute("f3", "d2"), "between", Range(low, Literal("9"))),
            Condition(Attribute("f3", "d2"), "equal", OtherAttribute(Attribute("f1"))),
            Group(children=(Condition(Attribute(""), "equal", Literal("")),)),
        )
    )
    journey = Journey("j", "k", "Name", entry=Entry(event_definition_id="e", filter=group))
    event = EventDefinition("e", "key", "Event", "d1")
    file = read_journey_file(write_journey_file(journey, event, (carts, tricky)), "x")
    assert file.journey.entry is not None
    first, second, third = file.journey.entry.filter.children
    assert isinstance(first, Condition)
    assert isinstance(second, Condition)
    assert first.attribute == Attribute("file:event/Total", "file:event")
    assert first.operand == Range(OtherAttribute(Attribute("file:carts/Total")), Literal("9"))
    assert second.operand == OtherAttribute(Attribute("file:carts/Total"))
    assert isinstance(third, Group)


def test_what_cannot_be_said_by_name_is_not_written() -> None:
    group = Group(children=(Condition(Attribute("f_gone"), "equal", Literal("1")),))
    split = Activity("S-1", "decision_split", "Split", outcomes=(Outcome("path-1", filter=group),))
    update = {"updates": [{"data_extension_id": "gone", "field_id": "f_x", "value": ""}, {"value": "not chosen yet"}]}
    writer = Activity("U-1", "update_contact", "Update", update, (Outcome(""),))
    journey = Journey(
        "j", "k", "Name", entry=Entry(filter=group), first="S-1", activities={"S-1": split, "U-1": writer}
    )
    with pytest.raises(InvalidInput) as caught:
        write_journey_file(journey, None, ())
    assert [problem.where for problem in caught.value.problems] == [
        "journey.entry.filter.children[0].attribute",
        "journey.activities[0].outcomes[0].filter.children[0].attribute",
        "journey.activities[1].settings.updates[0]",
    ]


def test_steps_between_formats_run_in_order() -> None:
    assert len(STEPS) + 1 == NEWEST
    steps = (lambda d: {**d, "a": 1}, lambda d: {**d, "b": d["a"] + 1})
    assert upgrade({"format": 1}, steps) == {"format": 3, "a": 1, "b": 2}
    assert upgrade({"format": 2, "a": 5}, steps) == {"format": 3, "a": 5, "b": 6}
    assert upgrade({"format": 3}, steps) == {"format": 3}


def at(*path: str | int) -> Callable[[Any], Any]:
    def go(document: Any) -> Any:
        for step in path:
            document = document[step]
        return document

    return go


def put(value: Any, *path: str | int) -> Callable[[Any], None]:
    def change(document: Any) -> None:
        at(*path[:-1])(document)[path[-1]] = value

    return change


A = ("journey", "activities")


@pytest.mark.parametrize(
    ("change", "where", "says"),
    [
        (lambda d: d.pop("format"), None, "is not a journey file"),
        (put("1", "format"), None, "no whole number"),
        (put(0, "format"), None, "no whole number"),
        (put(NEWEST + 1, "format"), None, "made by a newer Switchback"),
        (lambda d: d.pop("journey"), "journey", "is missing"),
        (put([], "journey"), "journey", "must be an object"),
        (put(5, "journey", "name"), "journey.name", "text"),
        (put(" ", "journey", "name"), "journey.name", "is empty"),
        (put("Twice", "journey", "entryMode"), "journey.entryMode", "Twice"),
        (put({}, *A), "journey.activities", "list"),
        (put("x", *A, 1), "journey.activities[1]", "object"),
        (put("EMAILV2-1", *A, 2, "key"), "journey.activities[2].key", "there twice"),
        (put(None, *A, 2, "type"), "journey.activities[2].type", "text"),
        (put("NOPE", "journey", "first"), "journey.first", "NOPE"),
        (put("NOPE", *A, 1, "outcomes", 0, "next"), "journey.activities[1].outcomes[0].next", "NOPE"),
        (put("other", "journey", "entry", "event"), "journey.entry.event", "not in the file"),
        (put(7, "journey", "entry"), "journey.entry", "object"),
        (
            put("Teir", *A, 2, "outcomes", 1, "filter", "children", 0, "attribute", "field"),
            "journey.activities[2].outcomes[1].filter.children[0].attribute",
            '"Teir" of Loyalty_Members',
        ),
        (
            put(3, *A, 2, "outcomes", 1, "filter", "children", 0, "operator"),
            "journey.activities[2].outcomes[1].filter.children[0].operator",
            "text",
        ),
        (put("x", *A, 2, "outcomes", 1, "filter"), "journey.activities[2].outcomes[1].filter", "object"),
        (put("Gone", *A, 1, "settings", "updates", 0, "field"), "journey.activities[1].settings.updates[0]", "Gone"),
        (put(1, "event"), "event", "must be an object or null"),
        (put("a.b", "event", "key"), "event.key", "period"),
        (put("Gone", "event", "dataExtension"), "event.dataExtension", "Gone"),
        (put(1, "event", "description"), "event.description", "must be a text"),
        (put({}, "dataExtensions"), "dataExtensions", "must be a list"),
        (put(1, "dataExtensions", 0), "dataExtensions[0]", "must be an object"),
        (put("Orders", "dataExtensions", 1, "key"), "dataExtensions[1].key", "there twice"),
        (put("Gone", "dataExtensions", 1, "link"), "dataExtensions[1].link", "Gone"),
        (put(1, "dataExtensions", 1, "link"), "dataExtensions[1].link", "must be a text or null"),
        (put(None, "dataExtensions", 1, "fields"), "dataExtensions[1].fields", "must be a list"),
        (put(None, "dataExtensions", 1, "fields", 0), "dataExtensions[1].fields[0]", "must be an object"),
        (put("5", "dataExtensions", 1, "fields", 0, "length"), "dataExtensions[1].fields[0].length", "whole number"),
        (lambda d: d["dataExtensions"][1]["fields"][0].pop("name"), "dataExtensions[1].fields[0].name", "is missing"),
        (put("blob", "dataExtensions", 1, "fields", 0, "kind"), "dataExtensions[1]", "blob is no kind of field"),
        (put("Tier", "dataExtensions", 1, "fields", 0, "name"), "dataExtensions[1]", "two fields"),
    ],
)  # fmt: skip
def test_every_fault_is_named_with_its_place(change: Callable[[Any], None], where: str | None, says: str) -> None:
    content = changed(change)
    with pytest.raises(UnreadableFile) as caught:
        read_journey_file(content, "cart.journey")
    assert "cart.journey" in caught.value.message
    assert caught.value.line >= 1
    if where is None:
        assert says in caught.value.message
        return
    found = [problem.message for problem in caught.value.problems if problem.where.split(": ", 1)[1] == where]
    assert any(says in message for message in found)
    assert all(problem.where.startswith("line ") for problem in caught.value.problems)


def test_all_faults_are_reported_in_the_order_of_the_file() -> None:
    def change(document: Any) -> None:
        document["dataExtensions"][1]["fields"][0]["length"] = "x"
        document["event"]["name"] = 5
        document["journey"]["activities"][3]["type"] = 1
        document["journey"]["activities"][1]["key"] = ""

    with pytest.raises(UnreadableFile) as caught:
        read_journey_file(changed(change), "x")
    assert [problem.where.split(": ")[1] for problem in caught.value.problems] == [
        "journey.activities[1].key",
        "journey.activities[3].type",
        "event.name",
        "dataExtensions[1].fields[0].length",
    ]
    assert "(and 3 more)" in caught.value.message


def test_a_file_that_is_cut_anywhere_is_refused() -> None:
    for length in range(0, len(CONTENT) - 2, 97):
        with pytest.raises(UnreadableFile):
            read_journey_file(CONTENT[:length], "cut.journey")
