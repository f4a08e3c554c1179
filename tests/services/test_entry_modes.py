"""Who may enter again, on both databases: at once, across versions, in several journeys."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta

from app.journey.journey import EntryMode
from app.kernel.clock import FixedClock
from app.services.activate_journey import activate_journey
from app.services.advance_due import advance_due
from app.services.create_journey import create_journey
from app.services.fire_event import fire_event
from app.services.new_version import new_version
from app.services.open_journey import open_journey
from app.services.remove_from_journey import remove_from_journey
from app.services.save_draft import save_draft
from app.services.views import FireResult
from app.services.where_is import where_is
from app.services.workspace import Workspace
from tests.services.firing import event, rows
from tests.support.workspace import Cart, abandoned_cart, cart_journey


def with_mode(ws: Workspace, mode: EntryMode) -> str:
    """A second journey on the same event, with another entry mode."""
    cart = abandoned_cart(ws)
    made = create_journey(ws, "Second")
    journey = cart_journey(open_journey(ws, made.id).journey, cart.event, cart.data_extension)
    save_draft(ws, replace(journey, entry_mode=mode))
    activate_journey(ws, made.id)
    return made.id


def decision_of(result: FireResult, journey_id: str) -> str:
    return next(each.reason for each in result.decisions if each.journey_id == journey_id)


def test_no_reentry_holds_for_two_hundred_at_once(ws: Workspace, cart: Cart) -> None:
    waiting = [ws.submit(event()) for _ in range(200)]
    outcomes = Counter(each.result(60).outcome for each in waiting)
    assert outcomes == {"admitted": 1, "refused": 199}
    assert len(where_is(ws, "NTO-1001").stays) == 1
    assert len(rows(ws, cart)) == 1


def test_no_reentry_holds_across_versions_and_after_the_end(ws: Workspace, cart: Cart, clock: FixedClock) -> None:
    assert fire_event(ws, event()).outcome == "admitted"
    clock.advance(timedelta(days=2))
    advance_due(ws)
    new_version(ws, cart.id)
    activate_journey(ws, cart.id)
    refused = fire_event(ws, event())
    assert refused.decisions[0].reason == "ContactPreviouslyInSameInteraction"
    assert refused.decisions[0].version == 2
    assert "version 1" in refused.decisions[0].sentence


def test_reentry_only_after_exiting(ws: Workspace, clock: FixedClock) -> None:
    second = with_mode(ws, EntryMode.AFTER_EXIT)
    assert decision_of(fire_event(ws, event()), second) == ""
    assert decision_of(fire_event(ws, event()), second) == "CurrentlyWaitingInSameInteraction"
    clock.advance(timedelta(days=2))
    advance_due(ws)
    assert decision_of(fire_event(ws, event()), second) == ""
    assert remove_from_journey(ws, second, "NTO-1001") == 1
    assert decision_of(fire_event(ws, event()), second) == ""
    assert [stay.state for stay in where_is(ws, "NTO-1001").stays if stay.journey_id == second] == [
        "waiting",
        "removed",
        "ended",
    ]


def test_reentry_at_any_time(ws: Workspace) -> None:
    second = with_mode(ws, EntryMode.ANY_TIME)
    results = [ws.submit(event()) for _ in range(20)]
    assert all(result.result(60).outcome == "admitted" for result in results)
    stays = [stay for stay in where_is(ws, "NTO-1001").stays if stay.journey_id == second]
    assert len(stays) == 20


def test_one_event_feeds_several_journeys(ws: Workspace) -> None:
    second = with_mode(ws, EntryMode.ANY_TIME)
    assert [each.admitted for each in fire_event(ws, event()).decisions] == [True, True]
    again = fire_event(ws, event())
    assert again.outcome == "admitted"
    assert sorted(each.admitted for each in again.decisions) == [False, True]
    assert decision_of(again, second) == ""
