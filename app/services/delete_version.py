"""Delete one version of a journey."""

from __future__ import annotations

from app.journey.journey import Status
from app.kernel.errors import Conflict
from app.kernel.said import said
from app.services.delete_journey import delete_journey
from app.services.workspace import Workspace

_LIVE = (Status.RUNNING, Status.PAUSED)


def delete_version(ws: Workspace, journey_id: str, number: int) -> None:
    """Take that version off its journey; what its contacts did stays in the log, and its number is not used again.
    With its only version the journey itself goes.

    Raises Conflict while the version runs or contacts are inside it, NotFound.
    """
    now = ws.clock.now()
    with ws.unit_of_work() as work:
        version = work.journeys.version(journey_id, number)
        name = said("Version {number} of {name}", number=number, name=version.journey.name)
        if version.status in _LIVE:
            raise Conflict(
                said("{name} cannot be deleted: it is active.", name=name),
                where=journey_id,
                hint=said("Stop it first. Stopping is final: its contacts go no further."),
            )
        if work.journeys.has_contacts(version.id):
            raise Conflict(
                said("{name} cannot be deleted: contacts are inside.", name=name),
                where=journey_id,
                hint=said("Wait until they have finished, or stop that version."),
            )
        if len(work.journeys.numbers(journey_id)) > 1:
            work.journeys.delete_version(version.id, now)
            work.changed("journeys", "running")
            work.commit()
            return
    delete_journey(ws, journey_id)
