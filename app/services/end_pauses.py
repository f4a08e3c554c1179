"""Ends the pauses whose days are over."""

from __future__ import annotations

from app.kernel.errors import Conflict, NotFound
from app.services.pause_journey import AT_THE_END, STOP, ends_at, resume_journey
from app.services.ports import Paused, UnitOfWork
from app.services.stop_journey import stop_journey
from app.services.workspace import Workspace


def over(ws: Workspace, work: UnitOfWork) -> tuple[Paused, ...]:
    """The paused versions whose days are over."""
    now = ws.clock.now()
    return tuple(each for each in work.journeys.paused() if (end := ends_at(each.pause)) is not None and end <= now)


def end_pauses(ws: Workspace) -> int:
    """Let every version go on whose pause is over, or stop it for good, as was chosen; how many there were.

    Several processes may do this at once.
    """
    with ws.unit_of_work(writes=False) as work:
        found = over(ws, work)
    ended = 0
    for each in found:
        try:
            if each.pause.get(AT_THE_END) == STOP:
                stop_journey(ws, each.journey_id, each.number)
            else:
                resume_journey(ws, each.journey_id, each.number)
        except (Conflict, NotFound):
            # Somebody else ended it in between, or took the journey away.
            continue
        ended += 1
    return ended
