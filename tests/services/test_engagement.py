"""What contacts did with messages, and whose criteria they met: from the Sent list to the way they take."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from app.events.fire_event import FireEvent
from app.filters.document import to_document
from app.filters.tree import Attribute, Condition, Group, Literal
from app.journey.journey import Activity, EntryMode, Outcome
from app.kernel.clock import FixedClock
from app.kernel.errors import InvalidInput, NotFound
from app.kernel.ids import new_guid
from app.services.activate_journey import activate_journey
from app.services.advance_due import advance_due
from app.services.clear_test_contacts import clear_test_contacts
from app.services.create_journey import create_journey
from app.services.fire_event import fire_event
from app.services.list_sent import list_sent
from app.services.mark_message import mark_message
from app.services.open_journey import open_journey
from app.services.read_interaction import read_interaction
from app.services.save_data_extension import save_data_extension
from app.services.save_draft import save_draft
from app.services.where_is import where_is
from app.services.workspace import Workspace
from app.services.write_rows import write_rows
from tests.support.workspace import EVENT_KEY, abandoned_cart, cart_journey, carts_schema, field_id, linked

DAY = {"duration": {"amount": 1, "unit": "days"}}


def mail(key: str, then: str | None = None) -> Activity:
    """A message that says its key."""
    return Activity(key, "send_email", key, {"subject": key, "body": "b"}, (Outcome("", next=then),))


def split(**settings: str) -> Activity:
    """Was MAIL-1 opened? Yes thanks, no reminds."""
    return Activity(
        "SPLIT-1",
        "engagement_split",
        "Opened?",
        {"activity": "MAIL-1", "metric": "open", **settings},
        (Outcome("yes", "Yes", "THANKS"), Outcome("no", "No", "REMIND")),
    )


def activate(ws: Workspace, *tiles: Activity) -> str:
    """A running journey of those tiles, the first of them first; its id."""
    cart = abandoned_cart(ws, active=False)
    made = create_journey(ws, "Did they look?")
    whole = cart_journey(open_journey(ws, made.id).journey, cart.event, cart.data_extension)
    asked = replace(whole, name="Did they look?", first=tiles[0].key, entry_mode=EntryMode.ANY_TIME)
    save_draft(ws, replace(asked, activities={tile.key: tile for tile in tiles}))
    activate_journey(ws, made.id)
    return made.id


def over(ws: Workspace, amount: str) -> dict[str, object]:
    """The filter `Cart total is greater than`, as a tile keeps it."""
    with ws.unit_of_work(writes=False) as work:
        schema = work.data_extensions.all()[0]
    total = Attribute(field_id(schema, "Cart total"))
    return dict(to_document(Group(children=(Condition(total, "greater_than", Literal(amount)),))))


def fire(ws: Workspace, contact: str = "NTO-1001", *, total: int = 60, test: bool = False) -> str:
    """Fire the journey's event; the outcome."""
    data = {"Contact key": contact, "First name": "Kari", "Email": "k@b.no", "Cart total": total, "Country": "NO"}
    return fire_event(ws, FireEvent(new_guid(), contact, EVENT_KEY, data, test=test)).outcome


def waiting_journey(ws: Workspace, **settings: str) -> str:
    """A message, a day, the question."""
    wait = Activity("WAIT-1", "wait", "A day", DAY, (Outcome("", next="SPLIT-1"),))
    return activate(ws, mail("MAIL-1", "WAIT-1"), wait, split(**settings), mail("THANKS"), mail("REMIND"))


def subjects(ws: Workspace) -> set[tuple[str, str]]:
    """Contact and subject of everything that was sent."""
    return {(message.contact_key, message.subject) for message in list_sent(ws)}


def test_a_split_reads_what_is_recorded_when_the_wait_is_over(ws: Workspace, clock: FixedClock) -> None:
    waiting_journey(ws)
    for contact in ("NTO-1", "NTO-2", "NTO-3"):
        assert fire(ws, contact) == "admitted"
    sent = {message.contact_key: message for message in list_sent(ws)}
    assert mark_message(ws, sent["NTO-1"].id, "open", on=True) == {"open"}
    assert mark_message(ws, sent["NTO-2"].id, "click", on=True) == {"open", "click"}
    assert mark_message(ws, sent["NTO-2"].id, "bounce", on=True) == {"bounce"}
    assert {m.contact_key: m.marks for m in list_sent(ws)} == {
        "NTO-1": {"open"}, "NTO-2": {"bounce"}, "NTO-3": frozenset(),
    }  # fmt: skip
    clock.advance(timedelta(days=1))
    assert advance_due(ws) == 3
    assert subjects(ws) >= {("NTO-1", "THANKS"), ("NTO-2", "REMIND"), ("NTO-3", "REMIND")}
    notes = [step.note for step in where_is(ws, "NTO-1").stays[0].path]
    assert "The message was opened: took Yes." in notes


def test_a_mark_can_be_taken_back(ws: Workspace, clock: FixedClock) -> None:
    waiting_journey(ws)
    fire(ws)
    message = list_sent(ws)[0]
    mark_message(ws, message.id, "click", on=True)
    mark_message(ws, message.id, "click", on=True)
    assert mark_message(ws, message.id, "open", on=False) == frozenset()
    assert list_sent(ws)[0].marks == frozenset()
    clock.advance(timedelta(days=1))
    advance_due(ws)
    assert ("NTO-1001", "REMIND") in subjects(ws)


def test_a_mark_of_nothing_is_refused(ws: Workspace) -> None:
    with pytest.raises(NotFound):
        mark_message(ws, new_guid(), "open", on=True)
    with pytest.raises(InvalidInput):
        mark_message(ws, new_guid(), "loved", on=True)


def test_a_test_takes_the_way_that_the_tile_says(ws: Workspace, clock: FixedClock) -> None:
    waiting_journey(ws, in_tests="yes")
    fire(ws, "NTO-1", test=True)
    fire(ws, "NTO-2")
    clock.advance(timedelta(days=1))
    advance_due(ws)
    assert subjects(ws) >= {("NTO-1", "THANKS"), ("NTO-2", "REMIND")}
    assert "A test: took Yes, as the tile says." in [step.note for step in where_is(ws, "NTO-1").stays[0].path]


def test_clearing_tests_takes_their_marks_and_counts(ws: Workspace) -> None:
    journey_id = waiting_journey(ws)
    fire(ws, test=True)
    mark_message(ws, list_sent(ws)[0].id, "open", on=True)
    clear_test_contacts(ws, journey_id)
    fire(ws)
    assert list_sent(ws)[0].marks == frozenset()


def judged(ws: Workspace, kind: str, amount: str, **settings: object) -> Activity:
    """A goal or an exit over an amount, judged everywhere."""
    given = {"filter": over(ws, amount), "judged": "everywhere", **settings}
    return Activity(kind.upper(), kind, kind, given, (Outcome(""),))


def test_goal_and_exit_are_judged_at_the_entry_and_after_a_wait(ws: Workspace, clock: FixedClock) -> None:
    cart = abandoned_cart(ws, active=False)
    wait = Activity("WAIT-1", "wait", "A day", DAY, (Outcome("", next="MAIL-2"),))
    goal, leaves = judged(ws, "goal", "100"), judged(ws, "exit_criteria", "1000")
    tiles = (
        mail("MAIL-1", "WAIT-1"),
        wait,
        mail("MAIL-2", "GOAL"),
        replace(goal, outcomes=(Outcome("", next="EXIT_CRITERIA"),)),
        leaves,
    )
    made = create_journey(ws, "Whose goal?")
    whole = cart_journey(open_journey(ws, made.id).journey, cart.event, cart.data_extension)
    asked = replace(whole, name="Whose goal?", first="MAIL-1", entry_mode=EntryMode.ANY_TIME)
    save_draft(ws, replace(asked, activities={tile.key: tile for tile in tiles}))
    activate_journey(ws, made.id)
    fire(ws, "NTO-1", total=60)
    fire(ws, "NTO-2", total=200)
    fire(ws, "NTO-3", total=2000)
    assert where_is(ws, "NTO-3").stays[0].state == "ended"
    assert "MetExitCriteria" in where_is(ws, "NTO-3").stays[0].path[-1].note
    found = read_interaction(ws, journey_id=made.id)
    assert (found.entered, found.inside, found.met_goal, found.met_exit) == (3, 2, 2, 1)
    clock.advance(timedelta(days=1))
    assert advance_due(ws) == 2
    found = read_interaction(ws, journey_id=made.id)
    assert (found.inside, found.met_goal, found.met_exit) == (0, 2, 1)
    assert subjects(ws) >= {("NTO-1", "MAIL-2"), ("NTO-2", "MAIL-2")}
    assert ("NTO-3", "MAIL-1") not in subjects(ws)
    with ws.unit_of_work(writes=False) as work:
        assert work.log.met_at(made.id) == {"GOAL": 2, "EXIT_CRITERIA": 1}


def test_who_meets_the_exit_criteria_while_waiting_leaves_when_the_wait_is_over(
    ws: Workspace, clock: FixedClock
) -> None:
    """The exit asks contact data: rows that were written while the contact waited."""
    cart = abandoned_cart(ws, active=False)
    orders = save_data_extension(ws, carts_schema("Orders"))
    orders = save_data_extension(ws, linked(orders))
    made = create_journey(ws, "Bought meanwhile")
    named = Attribute(field_id(orders, "First name"), orders.id)
    bought = Group(children=(Condition(named, "equal", Literal("Bought")),))
    leaves = Activity(
        "EXIT", "exit_criteria", "Bought", {"filter": dict(to_document(bought)), "judged": "everywhere"}, (Outcome(""),)
    )
    wait = Activity("WAIT-1", "wait", "A day", DAY, (Outcome("", next="MAIL-2"),))
    whole = cart_journey(open_journey(ws, made.id).journey, cart.event, cart.data_extension)
    tiles = (mail("MAIL-1", "WAIT-1"), wait, mail("MAIL-2", "EXIT"), leaves)
    asked = replace(whole, name="Bought meanwhile", first="MAIL-1", activities={tile.key: tile for tile in tiles})
    save_draft(ws, asked)
    activate_journey(ws, made.id)
    fire(ws, "NTO-1")
    fire(ws, "NTO-2")
    write_rows(ws, orders.key, [{"Contact key": "NTO-1", "First name": "Bought", "Cart total": 1}])
    clock.advance(timedelta(days=1))
    advance_due(ws)
    assert ("NTO-1", "MAIL-2") not in subjects(ws)
    assert ("NTO-2", "MAIL-2") in subjects(ws)
    assert read_interaction(ws, journey_id=made.id).met_exit == 1
