"""Copy the workspace to a file."""

from __future__ import annotations

from pathlib import Path

from app.services.workspace import Workspace


def backup_workspace(ws: Workspace, path: str | Path) -> Path:
    """Copy the workspace as of one moment, while it is in use; where the copy is. The copy opens as a workspace.

    Raises Conflict for a workspace on PostgreSQL (its own tools do it: the hint has the command), and a
    WorkspaceError where the copy cannot be written.
    """
    target = Path(path).expanduser().absolute()
    ws.backup(target)
    return target
