"""The local Sent list."""

from __future__ import annotations

from app.services.views import SentMessage
from app.services.workspace import Workspace


def list_sent(ws: Workspace, limit: int = 200, search: str = "") -> tuple[SentMessage, ...]:
    """The newest messages, newest first; with `search` in the contact key, the address or the subject."""
    with ws.unit_of_work(writes=False) as work:
        return work.log.sent(limit, search)
