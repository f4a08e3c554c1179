"""Take a contact out of a journey."""

from __future__ import annotations

from app.services.workspace import Workspace


def remove_from_journey(ws: Workspace, journey_id: str, contact_key: str, number: int | None = None) -> int:
    """End the contact's stays in that version, or in every version of the journey; how many there were.

    Raises NotFound for a version that there is not.
    """
    with ws.unit_of_work() as work:
        version_id = None if number is None else work.journeys.version(journey_id, number).id
        ended = work.stays.end(
            "removed", ws.clock.now(), journey_id=journey_id, contact_key=contact_key, version_id=version_id
        )
        if ended:
            work.changed("contacts")
            work.commit()
    return ended
