"""Data extensions and their rows."""

from __future__ import annotations

import threading
from dataclasses import replace
from decimal import Decimal

import pytest

from app.data_extensions.data_extension import DataExtension, Field
from app.filters.tree import Attribute, Condition, Group, Join, Literal
from app.kernel.clock import FixedClock
from app.kernel.errors import Cancelled, Conflict, InvalidInput, NotFound
from app.services.count_filter import count_filter
from app.services.delete_data_extension import delete_data_extension
from app.services.delete_event import delete_event
from app.services.delete_journey import delete_journey
from app.services.list_data_extensions import list_data_extensions
from app.services.page_rows import page_rows
from app.services.sample_values import sample_values
from app.services.save_data_extension import save_data_extension
from app.services.stop_journey import stop_journey
from app.services.workspace import Workspace
from tests.support.workspace import abandoned_cart, carts_schema, field_id, linked, worth_it


@pytest.fixture
def carts(ws: Workspace, clock: FixedClock) -> DataExtension:
    """A data extension with ten rows: totals 0, 10, ... 90, NO and SE in turn."""
    schema = save_data_extension(ws, carts_schema())
    names = ("Contact key", "First name", "Cart total", "Country", "Abandoned at")
    ids = [field_id(schema, name) for name in names]
    with ws.unit_of_work() as work:
        for n in range(10):
            values = (f"NTO-{n}", "Åse" if n == 3 else None, Decimal(n * 10), "NO" if n % 2 else "SE", clock.now())
            work.data_extensions.write(schema, dict(zip(ids, values, strict=True)))
        work.commit()
    return schema


def test_ids_and_a_key_are_made_up(ws: Workspace) -> None:
    kept = save_data_extension(ws, replace(carts_schema(), key=""))
    assert kept.id
    assert kept.key
    assert all(field.id for field in kept.fields)
    (card,) = list_data_extensions(ws)
    assert (card.data_extension, card.rows, card.events) == (kept, 0, ())


def test_rows_and_events_are_told(ws: Workspace, carts: DataExtension) -> None:
    cart = abandoned_cart(ws)
    cards = {card.data_extension.id: card for card in list_data_extensions(ws)}
    assert (cards[carts.id].rows, cards[carts.id].events) == (10, ())
    assert (cards[cart.data_extension.id].rows, cards[cart.data_extension.id].events) == (0, ("Abandoned cart",))


def test_names_and_keys_are_unique_whatever_their_case(ws: Workspace) -> None:
    save_data_extension(ws, carts_schema())
    with pytest.raises(InvalidInput, match="A data extension named Abandoned carts already exists") as caught:
        save_data_extension(ws, carts_schema("ABANDONED CARTS"))
    assert [(problem.code, problem.where) for problem in caught.value.problems] == [("taken", "name"), ("taken", "key")]
    assert len(list_data_extensions(ws)) == 1


def test_a_schema_that_cannot_be_makes_no_table(ws: Workspace) -> None:
    with pytest.raises(InvalidInput):
        save_data_extension(ws, replace(carts_schema(), fields=()))
    assert list_data_extensions(ws) == ()


def test_a_field_joins_a_filled_table_with_its_default(ws: Workspace, carts: DataExtension) -> None:
    grown = replace(carts, fields=(*carts.fields, Field("", "Points", "number", required=True, default="7")))
    kept = save_data_extension(ws, grown)
    assert {row[-1] for row in page_rows(ws, kept.id, 0, 100).rows} == {7}


def test_a_change_that_rows_do_not_allow(ws: Workspace, carts: DataExtension) -> None:
    shorter = tuple(replace(field, length=1) if field.name == "Country" else field for field in carts.fields)
    with pytest.raises(InvalidInput, match="cannot shrink"):
        save_data_extension(ws, replace(carts, fields=shorter))


def test_a_field_that_an_active_journey_uses_stays(ws: Workspace) -> None:
    cart = abandoned_cart(ws)
    without = replace(cart.data_extension, fields=tuple(f for f in cart.data_extension.fields if f.name != "Country"))
    with pytest.raises(Conflict, match="Abandoned cart uses it"):
        save_data_extension(ws, without)
    stop_journey(ws, cart.id)
    assert save_data_extension(ws, without).named("Country") is None


def test_a_removed_field_comes_back_with_its_values(ws: Workspace, carts: DataExtension) -> None:
    before = page_rows(ws, carts.id, 0, 100)
    save_data_extension(ws, replace(carts, fields=carts.fields[:4]))
    save_data_extension(ws, carts)
    assert page_rows(ws, carts.id, 0, 100) == before


def test_one_in_use_is_not_deleted(ws: Workspace, carts: DataExtension) -> None:
    cart = abandoned_cart(ws)
    with pytest.raises(Conflict, match="populated by Abandoned cart"):
        delete_data_extension(ws, cart.data_extension.id)
    stop_journey(ws, cart.id)
    delete_journey(ws, cart.id)
    delete_event(ws, cart.event.id)
    delete_data_extension(ws, cart.data_extension.id)
    delete_data_extension(ws, carts.id)
    assert list_data_extensions(ws) == ()
    with pytest.raises(NotFound):
        page_rows(ws, carts.id, 0, 1)


def test_pages_are_in_order_of_arrival(ws: Workspace, carts: DataExtension) -> None:
    first, second = page_rows(ws, carts.id, 0, 4), page_rows(ws, carts.id, 4, 4)
    assert [row[0] for row in (*first.rows, *second.rows)] == [f"NTO-{n}" for n in range(8)]
    assert (first.total, second.offset) == (10, 4)
    assert page_rows(ws, carts.id, 100, 4).rows == ()


@pytest.mark.parametrize(("text", "hits"), [("nto-7", 1), ("åse", 1), ("ÅSE", 1), ("se", 6), ("100%", 0), ("_", 0)])
def test_rows_are_found_by_their_text(ws: Workspace, carts: DataExtension, text: str, hits: int) -> None:
    found = page_rows(ws, carts.id, 0, 100, text)
    assert found.total == len(found.rows) == hits


def test_a_filter_is_counted_line_by_line(ws: Workspace, carts: DataExtension) -> None:
    count = count_filter(ws, worth_it(carts), carts.id)
    assert (count.total, count.passed) == (10, 2)
    assert count.left == {(0,): 4, (1,): 2}


def test_groups_are_counted_too_and_what_is_disabled_is_not(ws: Workspace, carts: DataExtension) -> None:
    total = Attribute(field_id(carts, "Cart total"))
    either = Group(
        Join.ANY,
        (Condition(total, "less_than", Literal("10")), Condition(total, "greater_than", Literal("80"))),
        negated=True,
    )
    over_50, norway = worth_it(carts).children
    tree = Group(children=(either, replace(over_50, disabled=True), norway))
    count = count_filter(ws, tree, carts.id)
    assert count.passed == 4
    assert count.left == {(0, 0): 9, (0, 1): 8, (0,): 8, (2,): 4}


def test_an_empty_filter_lets_all_pass(ws: Workspace, carts: DataExtension) -> None:
    count = count_filter(ws, Group(), carts.id)
    assert (count.total, count.passed, count.left) == (10, 10, {})
    nothing = save_data_extension(ws, carts_schema("Nothing"))
    assert count_filter(ws, worth_it(nothing), nothing.id).passed == 0


def test_a_filter_may_ask_the_contacts_linked_row(ws: Workspace, carts: DataExtension) -> None:
    save_data_extension(ws, linked(carts))
    tiers = save_data_extension(
        ws,
        DataExtension("", "tiers", "Tiers", fields=(Field("", "Contact", "text", 50), Field("", "Tier", "text", 20))),
    )
    tiers = save_data_extension(ws, linked(tiers, "Contact"))
    contact, tier = (field.id for field in tiers.fields)
    with ws.unit_of_work() as work:
        for key, name in (("NTO-1", "Silver"), ("NTO-1", "Gold"), ("NTO-2", "Gold"), ("NTO-3", "Silver")):
            work.data_extensions.write(tiers, {contact: key, tier: name})
        work.commit()
    gold = Group(children=(Condition(Attribute(tier, tiers.id), "equal", Literal("gold")),))
    assert count_filter(ws, gold, carts.id).passed == 2


def test_a_contact_key_may_be_a_number_in_one_and_a_text_in_the_other(ws: Workspace) -> None:
    def make(name: str, kind: str) -> DataExtension:
        fields = (Field("", "Contact", kind, 50 if kind == "text" else None), Field("", "Points", "number"))
        made = save_data_extension(ws, DataExtension("", name, name, fields=fields))
        return save_data_extension(ws, linked(made, "Contact"))

    texts, numbers = make("Texts", "text"), make("Numbers", "number")
    with ws.unit_of_work() as work:
        for n in range(5):
            work.data_extensions.write(texts, {texts.fields[0].id: str(n), texts.fields[1].id: n})
            work.data_extensions.write(numbers, {numbers.fields[0].id: n, numbers.fields[1].id: n})
        work.commit()
    for asked, other in ((texts, numbers), (numbers, texts)):
        over_2 = Condition(Attribute(other.fields[1].id, other.id), "greater_than", Literal("2"))
        assert count_filter(ws, Group(children=(over_2,)), asked.id).passed == 2


def test_a_count_is_taken_back(ws: Workspace) -> None:
    schema = save_data_extension(ws, DataExtension("", "many", "Many", fields=(Field("", "Text", "text", 100),)))
    (field,) = schema.fields
    with ws.unit_of_work() as work:
        for n in range(300):
            work.data_extensions.write(schema, {field.id: f"row {n}"})
        work.commit()
    tree = Group(Join.ANY, tuple(Condition(Attribute(field.id), "contains", Literal(f"{n}x")) for n in range(150)))
    with pytest.raises(Cancelled):
        count_filter(ws, tree, schema.id, lambda: True)
    assert threading.active_count() < 20
    assert count_filter(ws, Group(), schema.id).passed == 300


def test_samples_are_the_most_frequent_values(ws: Workspace, carts: DataExtension, clock: FixedClock) -> None:
    country, total = field_id(carts, "Country"), field_id(carts, "Cart total")
    assert sample_values(ws, carts.id, country, 5) == ("NO", "SE")
    with ws.unit_of_work() as work:
        work.data_extensions.write(carts, {field_id(carts, "Contact key"): "x", country: "SE"})
        work.commit()
    assert sample_values(ws, carts.id, country, 5) == ("SE", "NO")
    assert sample_values(ws, carts.id, total, 3) == (Decimal("0.00"), Decimal("10.00"), Decimal("20.00"))
    assert sample_values(ws, carts.id, field_id(carts, "Email"), 5) == ()
    assert sample_values(ws, carts.id, field_id(carts, "Abandoned at"), 5) == (clock.now(),)
    with pytest.raises(NotFound):
        sample_values(ws, carts.id, "f_none", 5)
