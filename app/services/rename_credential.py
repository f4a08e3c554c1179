"""Another name for a client pair."""

from __future__ import annotations

from dataclasses import replace

from app.services.client_pairs import check_name, find_pair
from app.services.workspace import Workspace


def rename_credential(ws: Workspace, client_id: str, name: str) -> None:
    """Give a pair another name; programs that use it notice nothing. Raises InvalidInput, NotFound, a
    WorkspaceError."""
    kept = check_name(name)
    with ws.unit_of_work() as work:
        work.credentials.save(replace(find_pair(work, client_id), name=kept))
        work.changed("settings")
        work.commit()
