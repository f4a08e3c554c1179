"""The client pair of this computer: what ready-made code and `serve` use when no other is given."""

from __future__ import annotations

from datetime import datetime

from app.kernel.ids import new_guid
from app.services.client_secrets import hash_secret, new_secret
from app.services.ports import Credential, UnitOfWork
from app.services.workspace import Workspace

NAME = "This computer"


def default_credentials(ws: Workspace) -> tuple[str, str]:
    """The default local pair: (client id, client secret), made when it is first asked for.

    The secret is kept by this computer (the platform's keyring, or a file that only its owner can read); the workspace
    knows its hash. On another computer the same workspace gets another pair. Raises a WorkspaceError.
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
            ws.secrets.write(_place(work), ":".join(pair))
            work.commit()
    return pair


def _known(ws: Workspace, work: UnitOfWork) -> tuple[str, str] | None:
    client_id, mark, secret = (ws.secrets.read(_place(work)) or "").partition(":")
    stored = work.credentials.get(client_id) if mark else None
    return (client_id, secret) if stored is not None and stored.revoked_at is None else None


def _make(work: UnitOfWork, now: datetime) -> tuple[str, str]:
    client_id, secret = f"local-{new_guid()}", new_secret()
    work.credentials.save(Credential(client_id, NAME, hash_secret(secret), now))
    return client_id, secret


def _place(work: UnitOfWork) -> str:
    return f"workspace {work.facts.get('id')}"
