"""What an import will do: reuse what is the same, put the rest beside what is there, change nothing."""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from pathlib import Path

from app.data_extensions.data_extension import DataExtension, Field
from app.events.event_definition import EventDefinition
from app.exchange.journey_file import JourneyFile
from app.exchange.plan_import import ImportPlan, NewIds, plan_import, same_schema
from app.exchange.read_journey import read_journey_file
from app.exchange.write_journey import write_journey_file
from app.filters.tree import Attribute, Condition
from app.journey.journey import Journey

CONTENT = (Path(__file__).parent / "golden" / "format-1.journey").read_bytes()
FILE = read_journey_file(CONTENT, "order-confirmation.journey")


def ids() -> NewIds:
    guids, fields = count(1), count(1)
    return NewIds(lambda: f"guid-{next(guids)}", lambda: f"f_{next(fields)}")


def plan(
    events: tuple[EventDefinition, ...] = (), tables: tuple[DataExtension, ...] = (), file: JourneyFile = FILE
) -> ImportPlan:
    made = plan_import(file, events, tables, ids())
    assert "file:" not in repr((made.journey, made.event, made.data_extensions))
    return made


def test_into_an_empty_workspace_everything_is_created() -> None:
    made = plan()
    assert made.create_event
    assert made.create_data_extensions == made.data_extensions
    assert made.warnings == ()
    assert made.lines == (
        "Creates the journey Order confirmation as a draft, 8 activities.",
        "Creates the data extension Orders (key Orders), 8 fields.",
        "Creates the data extension Loyalty members (key Loyalty_Members), 5 fields.",
        "Creates the event Order placed (key APIEvent-4f9a1c68-7b25-4d03-8e6f-91c0a2d7e5b3).",
    )
    orders, members = made.data_extensions
    assert made.event is not None
    assert made.event.data_extension_id == orders.id
    assert made.journey.entry is not None
    assert made.journey.entry.event_definition_id == made.event.id
    tier = members.named("Tier")
    key = members.named("Member key")
    assert tier is not None
    assert key is not None
    assert members.link == key.id
    split = made.journey.activities["MULTICRITERIADECISIONV2-1"].outcomes[1].filter
    assert split is not None
    assert isinstance(split.children[0], Condition)
    assert split.children[0].attribute == Attribute(tier.id, members.id)
    (update,) = made.journey.activities["UPDATECONTACTDATAV2-1"].settings["updates"]
    assert update["data_extension_id"] == members.id
    assert members.field(update["field_id"]) == members.named("Last order")


def test_exported_again_it_is_the_same_file() -> None:
    made = plan()
    assert write_journey_file(made.journey, made.event, made.data_extensions) == CONTENT


def test_what_is_the_same_is_used() -> None:
    first = plan()
    assert first.event is not None
    # The order of the fields, the table's name and its description do not matter.
    there = tuple(
        replace(each, fields=tuple(reversed(each.fields)), name="Renamed", description="")
        for each in first.data_extensions
    )
    again = plan((replace(first.event, name="Renamed", activated=True),), there)
    assert not again.create_event
    assert again.create_data_extensions == ()
    assert again.event is not None
    assert again.event.activated
    assert set(again.data_extensions) == set(there)
    assert again.warnings == ()
    assert again.lines[1] == "Uses the data extension Renamed that is here already (key Orders)."


def test_another_schema_under_the_key_is_left_alone() -> None:
    orders = DataExtension("there", "Orders", "Orders", fields=(Field("f_x", "Order number", "number"),))
    event = EventDefinition("e", "APIEvent-4f9a1c68-7b25-4d03-8e6f-91c0a2d7e5b3", "Order placed", "there")
    made = plan((event,), (orders,))
    created = made.create_data_extensions[0]
    assert (created.key, created.name) == ("Orders-2", "Orders (2)")
    assert made.create_event
    assert made.event is not None
    assert made.event.key == f"{event.key}-2"
    assert made.event.name == "Order placed (2)"
    assert made.event.criteria == ""
    assert [warning.code for warning in made.warnings] == ["data_extension_differs", "event_differs"]
    assert "Order number is another kind of column" in made.warnings[0].message
    assert made.event.key in made.warnings[1].hint
    # The same file once more: what the first import put beside is used.
    third = plan((event, made.event), (orders, *made.create_data_extensions))
    assert third.create_data_extensions == ()
    assert third.event == made.event
    assert third.warnings == ()


def test_a_missing_and_an_extra_field_are_named() -> None:
    orders, _ = plan().data_extensions
    less = replace(orders, fields=orders.fields[1:])
    assert "Order number is missing" in plan(tables=(less,)).warnings[0].message
    more = replace(orders, fields=(*orders.fields, Field("f_y", "Gift", "boolean")))
    assert "it also has Gift" in plan(tables=(more,)).warnings[0].message
    linked = replace(orders, link=orders.fields[1].id)
    assert "linked to contacts in another way" in plan(tables=(linked,)).warnings[0].message
    assert not same_schema(orders, linked)


def test_two_tables_of_a_file_never_become_one() -> None:
    one = DataExtension("a", "t", "T", fields=(Field("f1", "A", "text"),))
    two = replace(one, id="b", key="t-2", name="T (2)")
    file = JourneyFile("x", Journey("file:journey", "k", "J"), None, (one, two))
    there = replace(one, id="there", fields=(Field("f9", "B", "text"),))
    made = plan_import(file, (), (there,), ids())
    assert [each.key for each in made.create_data_extensions] == ["t-2", "t-2-2"]
    assert "just created" in made.warnings[1].message


def test_names_and_keys_that_are_taken_get_a_number() -> None:
    made = plan_import(
        FILE,
        (),
        (DataExtension("x", "other", "Orders", fields=(Field("f", "F", "text"),)),),
        ids(),
        journey_keys=["order-confirmation"],
        journey_names=["Order confirmation", "Order confirmation (2)"],
    )
    assert made.journey.name == "Order confirmation (3)"
    assert made.journey.key.startswith("guid-")
    assert made.create_data_extensions[0].name == "Orders (2)"
    assert made.create_data_extensions[0].key == "Orders"


def test_an_event_from_elsewhere_is_not_refused_for_what_nobody_sees_in_its_name() -> None:
    assert FILE.event is not None
    event = replace(FILE.event, name="Cart\u202e left")
    made = plan(file=replace(FILE, event=event))
    assert made.event is not None
    assert made.event.name == "Cart left"


def test_without_an_event_the_plan_says_so() -> None:
    made = plan_import(JourneyFile("x", Journey("file:journey", "k", "J"), None, ()), (), ())
    assert made.event is None
    assert "Brings no event" in made.lines[1]
    assert made.journey.key == "k"


def test_the_events_own_criteria_follow_its_new_key() -> None:
    assert FILE.event is not None
    xml = f'<Condition Key="Event.{FILE.event.key}.Items" Operator="GreaterThan">'
    other = EventDefinition("e", FILE.event.key, "Order placed", None)
    file = replace(FILE, event=replace(FILE.event, criteria=xml))
    made = plan((other,), file=file)
    assert made.event is not None
    assert made.event.criteria == xml.replace(FILE.event.key, f"{FILE.event.key}-2")
