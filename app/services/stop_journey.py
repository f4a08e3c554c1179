"""Stop a journey for good."""

from __future__ import annotations

from app.journey.journey import Status
from app.kernel.errors import Conflict
from app.kernel.said import said
from app.services.journeys import card
from app.services.views import JourneyCard
from app.services.workspace import Workspace

EJECTED = "contactsEjected"
"""How many contacts left when a version was stopped; kept where a paused version has its choices."""

_GOING = (Status.RUNNING, Status.PAUSED, Status.FINISHING)


def stop_journey(ws: Workspace, journey_id: str, number: int | None = None) -> JourneyCard:
    """Stop that version, or all that still go on: no contact enters, and those inside leave where they are.

    Stopping is final. Raises Conflict when nothing goes on, NotFound.
    """
    now = ws.clock.now()
    with ws.unit_of_work() as work:
        newest = work.journeys.version(journey_id, number)
        going = [
            each for each, status in work.journeys.numbers(journey_id) if status in _GOING and number in (None, each)
        ]
        if not going:
            what = (
                said("Version {number} of {name}", number=number, name=newest.journey.name)
                if number
                else newest.journey.name
            )
            raise Conflict(
                said("{what} does not run.", what=what),
                where=journey_id,
                hint=said("Only a version that was activated can stop."),
            )
        for each in going:
            version = work.journeys.version(journey_id, each)
            ejected = work.stays.end("stopped", now, journey_id=journey_id, version_id=version.id)
            work.journeys.set_status(version.id, Status.STOPPED, now, {EJECTED: ejected})
        work.changed("journeys", "running", "contacts")
        result = card(work, journey_id)
        work.commit()
    return result
