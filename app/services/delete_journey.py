"""Delete a journey."""

from __future__ import annotations

from app.journey.journey import Status
from app.kernel.errors import Conflict, NotFound
from app.kernel.said import counted, said
from app.services.workspace import Workspace

_LIVE = (Status.RUNNING, Status.PAUSED)


def delete_journey(ws: Workspace, journey_id: str) -> None:
    """Take the journey off the list; what its contacts did stays in the log.

    Raises Conflict while it runs or contacts are inside, NotFound.
    """
    now = ws.clock.now()
    with ws.unit_of_work() as work:
        cards = work.journeys.cards(journey_id)
        if not cards:
            raise NotFound(said("There is no such journey; it may have been deleted."), where=journey_id)
        card = cards[0]
        if card.inside or any(status in _LIVE for _, status in card.versions):
            message = said("{name} cannot be deleted: it is active.", name=card.name)
            if card.inside:
                message = counted(
                    "{name} cannot be deleted: one contact is inside.",
                    "{name} cannot be deleted: {n} contacts are inside.",
                    card.inside,
                    name=card.name,
                )
            raise Conflict(
                message,
                where=journey_id,
                hint=said("Stop it first. Stopping is final: its contacts go no further."),
            )
        work.journeys.delete(journey_id, now)
        work.changed("journeys", "running")
        work.commit()
