"""Pause a running journey, and let it go on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.journey.journey import Status
from app.kernel.errors import Conflict
from app.services.journeys import card
from app.services.ports import UnitOfWork, Version
from app.services.views import JourneyCard
from app.services.workspace import Workspace

KEEP_ARRIVALS = "RetainContactInjectionWhileJourneyPaused"
"""The choice whether arrivals are queued while the journey is paused; by default they are not (reference, 4.5)."""


def pause_journey(ws: Workspace, journey_id: str, choices: Mapping[str, Any] | None = None) -> JourneyCard:
    """Pause the running version: nobody enters and nobody goes on. `choices` are kept for the time of the pause.

    Raises Conflict when no version runs, NotFound.
    """
    with ws.unit_of_work() as work:
        version = _only(work, journey_id, Status.RUNNING, "does not run", "Only a running journey can be paused.")
        return _set(ws, work, version, Status.PAUSED, choices or {})


def resume_journey(ws: Workspace, journey_id: str) -> JourneyCard:
    """Let the paused version go on; waits that became due meanwhile are over. Raises Conflict, NotFound."""
    with ws.unit_of_work() as work:
        version = _only(work, journey_id, Status.PAUSED, "is not paused", "Only a paused journey can be resumed.")
        return _set(ws, work, version, Status.RUNNING, None)


def _only(work: UnitOfWork, journey_id: str, wanted: Status, words: str, hint: str) -> Version:
    newest = work.journeys.version(journey_id)
    for number, status in reversed(work.journeys.numbers(journey_id)):
        if status is wanted:
            return work.journeys.version(journey_id, number)
    raise Conflict(f"{newest.journey.name} {words}.", where=journey_id, hint=hint)


def _set(
    ws: Workspace, work: UnitOfWork, version: Version, status: Status, choices: Mapping[str, Any] | None
) -> JourneyCard:
    work.journeys.set_status(version.id, status, ws.clock.now(), choices)
    work.changed("journeys", "running")
    result = card(work, version.journey.id)
    work.commit()
    return result
