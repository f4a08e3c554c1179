"""Take a contact out of a journey."""

from __future__ import annotations

from app.services.news import ContactsMoved
from app.services.workspace import Workspace


def remove_from_journey(ws: Workspace, journey_id: str, contact_key: str) -> int:
    """End the contact's stays in every version of the journey; how many there were."""
    with ws.unit_of_work() as work:
        ended = work.stays.end("removed", ws.clock.now(), journey_id=journey_id, contact_key=contact_key)
        if ended:
            work.changed("contacts")
            work.commit()
    if ended:
        ws.bus.publish(ContactsMoved((journey_id,)))
    return ended
