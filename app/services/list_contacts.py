"""The contacts that the workspace knows."""

from __future__ import annotations

from app.services.event_log import Contact
from app.services.workspace import Workspace


def list_contacts(ws: Workspace, search: str = "", limit: int = 200) -> tuple[Contact, ...]:
    """Contacts whose key begins with `search`, by key."""
    with ws.unit_of_work(writes=False) as work:
        return work.log.contacts(search, limit)
