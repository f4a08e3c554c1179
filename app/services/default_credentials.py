"""The client pair of this computer: what ready-made code and `serve` use when no other is given."""

from __future__ import annotations

import platform
from datetime import datetime

from app.kernel.ids import new_guid
from app.services.client_secrets import hash_secret, new_secret, same_secret
from app.services.ports import Credential, UnitOfWork
from app.services.workspace import Workspace


def default_credentials(ws: Workspace) -> tuple[str, str]:
    """The default local pair: (client id, client secret), made when it is first asked for.

    The secret is kept by this computer (the platform's keyring, or a file that only its owner can read); the workspace
    knows its hash. On another computer the same workspace gets another pair; so does this one when its pair was
    revoked, or rotated from elsewhere. Raises a WorkspaceError.
    """
    with ws.unit_of_work(writes=False) as work:
        pair = _known(ws, work)
    if pair is not None:
        return pair
    with ws.unit_of_work() as work:
        # Again, under the lock: the window and the server that it starts may both be first.
        pair = _known(ws, work)
        if pair is None:
            pair = _make(work, ws.clock.now())
            work.changed("settings")
            keep_default(ws, work, *pair)
            work.commit()
    return pair


def default_client_id(ws: Workspace, work: UnitOfWork) -> str | None:
    """The client id of the pair that this computer keeps, whether it is still good or not; None before it has one."""
    client_id, mark, _ = (ws.secrets.read(_place(work)) or "").partition(":")
    return client_id if mark else None


def keep_default(ws: Workspace, work: UnitOfWork, client_id: str, secret: str) -> None:
    """Keep that pair as the default one of this computer. Raises WorkspaceReadOnly where it cannot be kept."""
    ws.secrets.write(_place(work), f"{client_id}:{secret}")


def _known(ws: Workspace, work: UnitOfWork) -> tuple[str, str] | None:
    client_id, mark, secret = (ws.secrets.read(_place(work)) or "").partition(":")
    stored = work.credentials.get(client_id) if mark else None
    if stored is None or stored.revoked_at is not None or not same_secret(secret, stored.secret_hash):
        return None
    return client_id, secret


def _make(work: UnitOfWork, now: datetime) -> tuple[str, str]:
    client_id, secret = f"local-{new_guid()}", new_secret()
    # A team's workspace has one of each computer: they are told apart by the computers' names.
    name = f"Local pair of {platform.node() or 'this computer'}"
    work.credentials.save(Credential(client_id, name, hash_secret(secret), now))
    return client_id, secret


def _place(work: UnitOfWork) -> str:
    return f"workspace {work.facts.get('id')}"
