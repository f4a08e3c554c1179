"""A new secret for a client pair."""

from __future__ import annotations

from dataclasses import replace

from app.kernel.errors import Conflict
from app.kernel.said import said
from app.services.client_pairs import find_pair
from app.services.client_secrets import hash_secret, new_secret
from app.services.default_credentials import default_client_id, keep_default
from app.services.workspace import Workspace


def rotate_credential(ws: Workspace, client_id: str) -> str:
    """A new secret, given this once; the old one gives no more tokens from now on, in any process.

    Tokens that the client has already stay good until they end (at most 1079 s): a rotation is routine, and must not
    break the calls of a program that is about to get the new secret. Who wants those refused too revokes the pair.
    The default pair of this computer goes on as the default, with the new secret.
    Raises NotFound, Conflict for a revoked pair, or a WorkspaceError.
    """
    secret = new_secret()
    with ws.unit_of_work() as work:
        found = find_pair(work, client_id)
        if found.revoked_at is not None:
            raise Conflict(
                said("{name} was revoked.", name=found.name), where=client_id, hint=said("Make a new client.")
            )
        work.credentials.save(replace(found, secret_hash=hash_secret(secret), rotated_at=ws.clock.now()))
        work.changed("settings")
        if default_client_id(ws, work) == client_id:
            # Before the commit: a secret that cannot be kept must not replace one that works.
            keep_default(ws, work, client_id, secret)
        work.commit()
    return secret
