"""Pause a running journey, and let it go on."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import datetime, timedelta
from typing import Any

from app.journey.journey import Journey, Status
from app.kernel.errors import Conflict, InvalidInput, Problem
from app.kernel.said import said
from app.services.journeys import card
from app.services.ports import UnitOfWork, Version
from app.services.views import JourneyCard
from app.services.workspace import Workspace

KEEP_ARRIVALS = "RetainContactInjectionWhileJourneyPaused"
"""The choice whether arrivals are queued while the journey is paused; by default they are not (reference, 4.5)."""

EXTEND_WAITS = "ExtendWaitEndDates"
"""The choice whether waits by duration last longer by the time of the pause; by default they go on meanwhile."""

PAUSED_DAYS = "PausedDays"
"""After how many days the pause ends by itself; without it, it does not."""

AT_THE_END = "GuardrailAction"
"""What happens then: the journey goes on (Resume, the default) or is stopped for good (Stop)."""

RESUME, STOP = "Resume", "Stop"
"""What may happen at the end."""

WAKE = "ProcessWaitUntilEvents"
"""The choice whether an event that comes meanwhile ends the wait for it; by default it does."""

PAUSED_AT = "pausedAt"
"""When the pause began; ours, kept beside the choices."""

FINISHING = "finishing"
"""Whether the version was finishing when the pause began, and finishes on after it; ours, kept beside the choices."""

LONGEST_PAUSE = 3650
"""Days."""


def pause_journey(
    ws: Workspace,
    journey_id: str,
    choices: Mapping[str, Any] | None = None,
    number: int | None = None,
    *,
    finishing: bool = False,
) -> JourneyCard:
    """Pause the running version: nobody enters and nobody goes on. `choices` are kept for the time of the pause;
    `number` refuses any version but that; `finishing` pauses the older versions with it that still have contacts.

    Raises Conflict when no version runs, NotFound, and InvalidInput for a choice that is none.
    """
    kept = dict(choices or {})
    _check(kept)
    now = ws.clock.now()
    kept[PAUSED_AT] = now.isoformat()
    wanted = (Status.RUNNING, Status.FINISHING) if finishing else (Status.RUNNING,)
    with ws.unit_of_work() as work:
        for version in _those(work, journey_id, number, wanted, _not_running):
            mine = {FINISHING: True} if version.status is Status.FINISHING else {}
            work.journeys.set_status(version.id, Status.PAUSED, now, kept | mine)
        return _done(work, journey_id)


def resume_journey(ws: Workspace, journey_id: str, number: int | None = None) -> JourneyCard:
    """Let the paused versions go on; waits that became due meanwhile are over, unless the pause extends waits by
    duration. `number` means that version alone. Raises Conflict, NotFound."""
    now = ws.clock.now()
    with ws.unit_of_work() as work:
        for version in _those(work, journey_id, number, (Status.PAUSED,), _not_paused):
            began = paused_at(version.pause)
            if version.pause.get(EXTEND_WAITS) is True and began is not None:
                work.stays.extend(version.id, _duration_waits(version.journey), now - began)
            after = Status.FINISHING if version.pause.get(FINISHING) is True else Status.RUNNING
            work.journeys.set_status(version.id, after, now)
        return _done(work, journey_id)


def paused_at(pause: Mapping[str, Any]) -> datetime | None:
    """When the pause began; None for one of an older Switchback."""
    began = pause.get(PAUSED_AT)
    return datetime.fromisoformat(began) if isinstance(began, str) else None


def ends_at(pause: Mapping[str, Any]) -> datetime | None:
    """When the pause ends by itself; None: it does not."""
    began, days = paused_at(pause), pause.get(PAUSED_DAYS)
    return began + timedelta(days=days) if began is not None and isinstance(days, int) else None


def _check(choices: Mapping[str, Any]) -> None:
    problems = [
        Problem("no_choice", said("{name} must be true or false.", name=name), name)
        for name in (KEEP_ARRIVALS, EXTEND_WAITS, WAKE)
        if choices.get(name) is not None and not isinstance(choices[name], bool)
    ]
    days = choices.get(PAUSED_DAYS)
    if days is not None and (type(days) is not int or not 1 <= days <= LONGEST_PAUSE):
        message = said(
            "{paused_days} must be a whole number from 1 to {longest_pause}.",
            paused_days=PAUSED_DAYS,
            longest_pause=LONGEST_PAUSE,
        )
        problems.append(Problem("no_days", message, PAUSED_DAYS, said("For example: 14")))
    if choices.get(AT_THE_END) not in (None, RESUME, STOP):
        problems.append(
            Problem("no_action", said("{at_the_end} must be Resume or Stop.", at_the_end=AT_THE_END), AT_THE_END)
        )
    if problems:
        raise InvalidInput(said("The journey was not paused."), tuple(problems))


def _not_running(name: str) -> Conflict:
    return Conflict(said("{name} does not run.", name=name), hint=said("Only a running journey can be paused."))


def _not_paused(name: str) -> Conflict:
    return Conflict(said("{name} is not paused.", name=name), hint=said("Only a paused journey can be resumed."))


def _those(
    work: UnitOfWork,
    journey_id: str,
    number: int | None,
    wanted: Collection[Status],
    none: Callable[[str], Conflict],
) -> tuple[Version, ...]:
    """The versions of that journey in one of these states; `none` makes the error where there is none, by its name."""
    newest = work.journeys.version(journey_id, number)
    found = [each for each, status in work.journeys.numbers(journey_id) if status in wanted and number in (None, each)]
    if not found:
        error = none(newest.journey.name)
        error.where = journey_id
        raise error
    return tuple(work.journeys.version(journey_id, each) for each in found)


def _duration_waits(journey: Journey) -> tuple[str, ...]:
    """Keys of the tiles that wait for a length of time. Waits until a moment or an event keep their end."""
    return tuple(tile.key for tile in journey.activities.values() if tile.type == "wait")


def _done(work: UnitOfWork, journey_id: str) -> JourneyCard:
    work.changed("journeys", "running", "contacts")
    result = card(work, journey_id)
    work.commit()
    return result
