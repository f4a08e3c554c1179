"""Pauses that end by themselves, on both databases, with a clock that is handed in."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Any

import pytest

from app.events.fire_event import FireEvent
from app.journey.journey import Status
from app.kernel.clock import FixedClock
from app.kernel.errors import Conflict, InvalidInput
from app.kernel.ids import new_guid
from app.services.activate_journey import activate_journey
from app.services.advance_due import advance_due
from app.services.due_worker import DueWorker
from app.services.end_pauses import end_pauses
from app.services.fire_event import fire_event
from app.services.list_journeys import list_journeys
from app.services.new_version import new_version
from app.services.pause_journey import (
    AT_THE_END,
    EXTEND_WAITS,
    KEEP_ARRIVALS,
    PAUSED_DAYS,
    pause_journey,
    resume_journey,
)
from app.services.release_arrivals import release_arrivals
from app.services.where_is import where_is
from app.services.workspace import Workspace
from tests.support.workspace import EVENT_KEY, Cart


def fire(ws: Workspace, contact: str = "A") -> str:
    data = {"Contact key": contact, "Email": "kari@example.com", "Cart total": 60, "Country": "NO"}
    return fire_event(ws, FireEvent(new_guid(), contact, EVENT_KEY, data)).outcome


def status(ws: Workspace) -> Status:
    return list_journeys(ws)[0].status


def test_after_its_days_a_paused_journey_goes_on(ws: Workspace, cart: Cart, clock: FixedClock) -> None:
    pause_journey(ws, cart.id, {PAUSED_DAYS: 3, KEEP_ARRIVALS: True})
    fire(ws)
    clock.advance(timedelta(days=3, seconds=-1))
    assert (end_pauses(ws), status(ws)) == (0, Status.PAUSED)
    clock.advance(timedelta(seconds=1))
    assert (end_pauses(ws), status(ws)) == (1, Status.RUNNING)
    assert end_pauses(ws) == 0
    release_arrivals(ws)
    assert where_is(ws, "A").stays[0].state == "waiting"


def test_or_is_stopped_for_good(ws: Workspace, cart: Cart, clock: FixedClock) -> None:
    fire(ws)
    pause_journey(ws, cart.id, {PAUSED_DAYS: 1, AT_THE_END: "Stop"})
    clock.advance(timedelta(days=1))
    assert (end_pauses(ws), status(ws)) == (1, Status.STOPPED)
    assert where_is(ws, "A").stays[0].state == "stopped"
    with pytest.raises(Conflict):
        resume_journey(ws, cart.id)


def test_without_days_a_pause_does_not_end(ws: Workspace, cart: Cart, clock: FixedClock) -> None:
    pause_journey(ws, cart.id, {AT_THE_END: "Stop"})
    clock.advance(timedelta(days=5000))
    assert (end_pauses(ws), status(ws)) == (0, Status.PAUSED)


@pytest.mark.parametrize("by_hand", [True, False])
def test_waits_by_duration_last_longer_by_the_pause(
    ws: Workspace, cart: Cart, clock: FixedClock, by_hand: bool
) -> None:
    fire(ws)
    clock.advance(timedelta(hours=20))
    pause_journey(ws, cart.id, {EXTEND_WAITS: True, PAUSED_DAYS: 2})
    clock.advance(timedelta(days=2))
    assert advance_due(ws) == 0
    if by_hand:
        resume_journey(ws, cart.id)
    else:
        end_pauses(ws)
    clock.advance(timedelta(hours=4, seconds=-1))
    assert advance_due(ws) == 0
    clock.advance(timedelta(seconds=1))
    assert advance_due(ws) == 1


def test_without_that_choice_a_wait_goes_on_during_the_pause(ws: Workspace, cart: Cart, clock: FixedClock) -> None:
    fire(ws)
    pause_journey(ws, cart.id, {PAUSED_DAYS: 2})
    clock.advance(timedelta(days=2))
    end_pauses(ws)
    assert advance_due(ws) == 1


@pytest.mark.parametrize(
    ("choices", "where"),
    [
        ({PAUSED_DAYS: 0}, PAUSED_DAYS),
        ({PAUSED_DAYS: "14"}, PAUSED_DAYS),
        ({PAUSED_DAYS: True}, PAUSED_DAYS),
        ({AT_THE_END: "Explode"}, AT_THE_END),
        ({EXTEND_WAITS: "yes"}, EXTEND_WAITS),
    ],
)
def test_a_choice_that_is_none(ws: Workspace, cart: Cart, choices: dict[str, Any], where: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        pause_journey(ws, cart.id, choices)
    assert [problem.where for problem in caught.value.problems] == [where]
    assert status(ws) is Status.RUNNING


def test_only_the_version_that_is_named_is_paused(ws: Workspace, cart: Cart) -> None:
    pause_journey(ws, cart.id, number=1)
    with pytest.raises(Conflict):
        pause_journey(ws, cart.id, number=1)
    resume_journey(ws, cart.id, 1)


def test_the_background_worker_ends_pauses(ws: Workspace, cart: Cart, clock: FixedClock) -> None:
    pause_journey(ws, cart.id, {PAUSED_DAYS: 1})
    clock.advance(timedelta(days=1))
    worker = DueWorker(ws)
    worker.start()
    end = time.monotonic() + 30
    while status(ws) is not Status.RUNNING and time.monotonic() < end:
        time.sleep(0.02)
    worker.stop()
    assert status(ws) is Status.RUNNING


def test_all_running_versions_pause_together_and_the_older_one_finishes_on(ws: Workspace, cart: Cart) -> None:
    fire(ws)
    new_version(ws, cart.id)
    activate_journey(ws, cart.id)
    pause_journey(ws, cart.id, {KEEP_ARRIVALS: True}, finishing=True)
    assert [state for _, state in list_journeys(ws)[0].versions] == [Status.PAUSED, Status.PAUSED]
    assert fire(ws, "B")
    resume_journey(ws, cart.id)
    assert [state for _, state in sorted(list_journeys(ws)[0].versions)] == [Status.FINISHING, Status.RUNNING]
    release_arrivals(ws)
    assert where_is(ws, "B").stays[0].state == "waiting"


def test_a_pause_of_one_version_leaves_the_finishing_one_alone(ws: Workspace, cart: Cart) -> None:
    new_version(ws, cart.id)
    activate_journey(ws, cart.id)
    pause_journey(ws, cart.id, {}, 2)
    assert [state for _, state in sorted(list_journeys(ws)[0].versions)] == [Status.FINISHING, Status.PAUSED]
    with pytest.raises(Conflict):
        resume_journey(ws, cart.id, 1)
