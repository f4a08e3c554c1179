"""Set a contact's status."""

from __future__ import annotations

from app.engine.contract import check_contact_key
from app.kernel.errors import InvalidInput
from app.kernel.said import listed, said
from app.services.news import ContactsMoved
from app.services.workspace import Workspace

STATUSES = ("Active", "Unsubscribed", "Deleted", "Restricted")
"""What a contact can be. Events of a deleted or restricted one are refused; an unsubscribed one gets no messages."""


def set_contact_status(ws: Workspace, contact_key: str, status: str) -> None:
    """Set it; a contact that nobody knew is made. Raises InvalidInput for a word that is none of them, in any case."""
    meant = next((each for each in STATUSES if each.lower() == status.strip().lower()), None)
    if meant is None:
        raise InvalidInput(
            said("{status} is no status of a contact.", status=status[:40]),
            hint=said("Use one of {statuses}.", statuses=listed(STATUSES)),
        )
    if not contact_key.strip():
        raise InvalidInput(said("The contact key is empty."), hint=said("Name a contact, for example NTO-1001."))
    wrong = check_contact_key(contact_key)
    if wrong is not None:
        raise InvalidInput(wrong.message, hint=wrong.hint)
    with ws.unit_of_work() as work:
        work.stays.set_contact_status(contact_key, meant, ws.clock.now())
        work.changed("contacts")
        work.commit()
    ws.bus.publish(ContactsMoved())
