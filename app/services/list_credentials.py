"""The client pairs of a workspace, for people to look at."""

from __future__ import annotations

from app.services.default_credentials import default_client_id
from app.services.views import ClientPair
from app.services.workspace import Workspace


def list_credentials(ws: Workspace) -> tuple[ClientPair, ...]:
    """All pairs, oldest first, revoked ones too; neither secrets nor their hashes. Raises a WorkspaceError."""
    with ws.unit_of_work(writes=False) as work:
        default = default_client_id(ws, work)
        return tuple(
            ClientPair(
                each.client_id,
                each.name,
                each.created_at,
                each.rotated_at,
                each.revoked_at,
                is_default=each.client_id == default and each.revoked_at is None,
            )
            for each in work.credentials.all()
        )
