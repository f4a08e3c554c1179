"""Events for the story's journey, and the rows that they leave."""

from __future__ import annotations

from typing import Any

from app.events.fire_event import FireEvent
from app.kernel.ids import new_guid
from app.services.page_rows import page_rows
from app.services.workspace import Workspace
from tests.support.workspace import EVENT_KEY, Cart


def event(contact: str = "NTO-1001", total: Any = 60, **more: Any) -> FireEvent:
    """One call for the story's journey; `more` are other members of FireEvent."""
    data = {
        "Contact key": contact,
        "First name": "Kari",
        "Email": "kari@example.com",
        "Cart total": total,
        "Country": "NO",
    }
    return FireEvent(new_guid(), contact, EVENT_KEY, data, **more)


def rows(ws: Workspace, cart: Cart) -> dict[str, tuple[object, ...]]:
    """What stands in the journey's data extension, by contact key."""
    return {str(row[0]): row for row in page_rows(ws, cart.data_extension.id, 0, 1000).rows}
