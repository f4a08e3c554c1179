"""Delete a journey."""

from __future__ import annotations

from app.journey.journey import Status
from app.kernel.errors import Conflict, NotFound
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
            raise NotFound("There is no such journey; it may have been deleted.", where=journey_id)
        card = cards[0]
        if card.inside or any(status in _LIVE for _, status in card.versions):
            inside = "one contact is" if card.inside == 1 else f"{card.inside} contacts are"
            raise Conflict(
                f"{card.name} cannot be deleted: {f'{inside} inside' if card.inside else 'it is active'}.",
                where=journey_id,
                hint="Stop it first. Stopping is final: its contacts go no further.",
            )
        work.journeys.delete(journey_id, now)
        work.changed("journeys", "running")
        work.commit()
