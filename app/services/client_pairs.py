"""The client pairs that may ask for tokens: made, named, given a new secret, revoked."""

from __future__ import annotations

from dataclasses import replace

from app.kernel.errors import Conflict, InvalidInput, NotFound
from app.kernel.ids import new_guid
from app.services.client_secrets import hash_secret, new_secret
from app.services.ports import Credential, UnitOfWork
from app.services.workspace import Workspace

MAX_NAME = 200


def list_clients(ws: Workspace) -> tuple[Credential, ...]:
    """All pairs, oldest first, revoked ones too. Secrets are known as their hash only."""
    with ws.unit_of_work(writes=False) as work:
        return work.credentials.all()


def create_client(ws: Workspace, name: str) -> tuple[str, str]:
    """A new pair: (client id, client secret). The secret is shown this once. Raises InvalidInput for an empty name."""
    kept = _checked(name)
    client_id, secret = new_guid(), new_secret()
    with ws.unit_of_work() as work:
        work.credentials.save(Credential(client_id, kept, hash_secret(secret), ws.clock.now()))
        work.changed("settings")
        work.commit()
    return client_id, secret


def rename_client(ws: Workspace, client_id: str, name: str) -> None:
    """Give a pair another name. Raises InvalidInput, NotFound."""
    kept = _checked(name)
    with ws.unit_of_work() as work:
        work.credentials.save(replace(_find(work, client_id), name=kept))
        work.changed("settings")
        work.commit()


def rotate_client(ws: Workspace, client_id: str) -> str:
    """A new secret for a pair, shown this once; the old one gives no more tokens. Raises NotFound, Conflict."""
    secret = new_secret()
    with ws.unit_of_work() as work:
        found = _find(work, client_id)
        if found.revoked_at is not None:
            raise Conflict(f"{found.name} was revoked.", where=client_id, hint="Make a new client.")
        work.credentials.save(replace(found, secret_hash=hash_secret(secret), rotated_at=ws.clock.now()))
        work.changed("settings")
        work.commit()
    return secret


def revoke_client(ws: Workspace, client_id: str) -> None:
    """No more tokens for this pair, and those that it has count no more (running servers look every two seconds).

    Revoking twice changes nothing. Raises NotFound.
    """
    with ws.unit_of_work() as work:
        found = _find(work, client_id)
        if found.revoked_at is None:
            work.credentials.save(replace(found, revoked_at=ws.clock.now()))
            work.changed("settings")
            work.commit()


def _checked(name: str) -> str:
    kept = name.strip()
    if not kept or len(kept) > MAX_NAME:
        message = f"A client needs a name of 1 to {MAX_NAME} characters."
        raise InvalidInput(message, where="name", hint="For example: Web shop")
    return kept


def _find(work: UnitOfWork, client_id: str) -> Credential:
    found = work.credentials.get(client_id)
    if found is None:
        raise NotFound(f"There is no client {client_id[:100]}.", where="client_id")
    return found
