"""Contacts that wait are asked at intervals whether they meet exit criteria or a goal, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from app.filters.document import to_document
from app.filters.tree import Attribute, Condition, Group, Literal
from app.journey.journey import Activity, EntryMode, Outcome
from app.kernel.clock import FixedClock
from app.services.activate_journey import activate_journey
from app.services.advance_due import advance_due
from app.services.create_journey import create_journey
from app.services.due_worker import DueWorker
from app.services.judge_waiting import INTERVALS, judge_all_waiting
from app.services.list_sent import list_sent
from app.services.new_version import new_version
from app.services.open_journey import open_journey
from app.services.pause_journey import pause_journey, resume_journey
from app.services.read_interaction import read_interaction
from app.services.save_data_extension import save_data_extension
from app.services.save_draft import save_draft
from app.services.where_is import where_is
from app.services.workspace import Workspace
from app.services.write_rows import write_rows
from tests.services.test_engagement import fire, mail
from tests.services.test_statements import questions, statements
from tests.support.workspace import abandoned_cart, cart_journey, carts_schema, field_id, linked

QUARTER, DAY = INTERVALS["exit_criteria"], INTERVALS["goal"]
LONG = {"duration": {"amount": 9, "unit": "days"}}


@pytest.fixture
def journey_id(ws: Workspace) -> str:
    """A message, nine days, a message; who buys leaves, and who buys much has reached the goal."""
    cart = abandoned_cart(ws, active=False)
    orders = save_data_extension(ws, linked(save_data_extension(ws, replace(carts_schema("Orders"), key="Orders"))))

    def bought(what: str) -> dict[str, object]:
        named = Attribute(field_id(orders, "First name"), orders.id)
        return dict(to_document(Group(children=(Condition(named, "equal", Literal(what)),))))

    out = (Outcome(""),)
    tiles = (
        mail("MAIL-1", "WAIT-1"),
        Activity("WAIT-1", "wait", "Long", LONG, (Outcome("", next="MAIL-2"),)),
        mail("MAIL-2", "GOAL"),
        Activity(
            "GOAL", "goal", "Much", {"filter": bought("Much"), "judged": "everywhere"}, (Outcome("", next="EXIT"),)
        ),
        Activity("EXIT", "exit_criteria", "Bought", {"filter": bought("Bought"), "judged": "everywhere"}, out),
    )
    made = create_journey(ws, "Bought meanwhile")
    whole = cart_journey(open_journey(ws, made.id).journey, cart.event, cart.data_extension)
    asked = replace(whole, name="Bought meanwhile", first="MAIL-1", entry_mode=EntryMode.ANY_TIME)
    save_draft(ws, replace(asked, activities={tile.key: tile for tile in tiles}))
    activate_journey(ws, made.id)
    return made.id


def buy(ws: Workspace, contact: str, what: str) -> None:
    write_rows(ws, "Orders", [{"Contact key": contact, "First name": what, "Cart total": 1}])


def test_who_meets_the_exit_criteria_leaves_within_a_quarter_of_an_hour(
    ws: Workspace, journey_id: str, clock: FixedClock
) -> None:
    assert judge_all_waiting(ws) == 0
    for contact in ("NTO-1", "NTO-2"):
        fire(ws, contact)
    buy(ws, "NTO-1", "Bought")
    clock.advance(QUARTER - timedelta(seconds=1))
    assert judge_all_waiting(ws) == 0
    clock.advance(timedelta(seconds=1))
    worker = DueWorker(ws)
    worker.look()
    left = where_is(ws, "NTO-1").stays[0]
    assert (left.state, left.ended_at, left.path[-1].activity_key) == ("ended", clock.now(), "EXIT")
    assert [step.state for step in left.path] == ["done", "done", "ended"]
    assert where_is(ws, "NTO-2").stays[0].state == "waiting"
    found = read_interaction(ws, journey_id=journey_id)
    assert (found.inside, found.met_exit) == (1, 1)
    buy(ws, "NTO-2", "Bought")
    worker.look()
    assert judge_all_waiting(ws) == 0, "the next interval is not over"
    clock.advance(QUARTER)
    worker.look()
    assert read_interaction(ws, journey_id=journey_id).inside == 0
    clock.advance(timedelta(days=9))
    assert advance_due(ws) == 0
    assert {message.activity_name for message in list_sent(ws)} == {"MAIL-1"}


def test_a_goal_is_counted_once_a_day_and_its_contact_waits_on(
    ws: Workspace, journey_id: str, clock: FixedClock
) -> None:
    judge_all_waiting(ws)
    fire(ws)
    due = where_is(ws, "NTO-1001").stays[0].until
    buy(ws, "NTO-1001", "Much")
    clock.advance(QUARTER)
    assert judge_all_waiting(ws) == 0
    clock.advance(DAY - QUARTER)
    assert judge_all_waiting(ws) == 1
    assert read_interaction(ws, journey_id=journey_id).met_goal == 1
    stay = where_is(ws, "NTO-1001").stays[0]
    assert (stay.state, stay.activity_key, stay.until) == ("waiting", "WAIT-1", due)
    assert [step.activity_key for step in stay.path] == ["MAIL-1", "WAIT-1", "GOAL", "WAIT-1"]
    clock.advance(DAY)
    assert judge_all_waiting(ws) == 0, "a goal is met once"
    clock.advance(timedelta(days=9))
    assert advance_due(ws) == 1
    stay = where_is(ws, "NTO-1001").stays[0]
    assert (stay.state, stay.path[-1].activity_key) == ("ended", "EXIT")
    assert not any(step.note.startswith(" ") for step in stay.path)
    assert read_interaction(ws, journey_id=journey_id).met_goal == 1


def test_of_a_paused_journey_nobody_is_asked_and_a_finishing_one_goes_on(
    ws: Workspace, journey_id: str, clock: FixedClock
) -> None:
    fire(ws)
    buy(ws, "NTO-1001", "Bought")
    pause_journey(ws, journey_id, {})
    clock.advance(QUARTER)
    assert judge_all_waiting(ws) == 0
    resume_journey(ws, journey_id)
    new_version(ws, journey_id)
    activate_journey(ws, journey_id)
    clock.advance(QUARTER)
    assert judge_all_waiting(ws) == 1


@pytest.mark.usefixtures("journey_id")
def test_many_are_asked_in_parts(ws: Workspace, clock: FixedClock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.services.judge_waiting.READ_AT_ONCE", 3)
    monkeypatch.setattr("app.services.judge_waiting.MOVED_AT_ONCE", 2)
    judge_all_waiting(ws)
    for number in range(8):
        fire(ws, f"NTO-{number}")  # all due in the same moment
        if number != 4:
            buy(ws, f"NTO-{number}", "Bought")
    clock.advance(QUARTER)
    assert judge_all_waiting(ws) == 7
    assert where_is(ws, "NTO-4").stays[0].state == "waiting"


def test_journeys_without_criteria_are_not_looked_into(ws: Workspace, clock: FixedClock) -> None:
    abandoned_cart(ws)
    for number in range(3):
        fire(ws, f"NTO-{number}")
    assert judge_all_waiting(ws) == 0
    assert questions(ws, judge_all_waiting) == len(INTERVALS), "between the intervals"
    clock.advance(DAY)
    sent = statements(ws, judge_all_waiting)
    assert not any("membership" in each for each in sent), sent
