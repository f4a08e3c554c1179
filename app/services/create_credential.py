"""A new client pair."""

from __future__ import annotations

from app.kernel.ids import new_guid
from app.services.client_pairs import check_name
from app.services.client_secrets import hash_secret, new_secret
from app.services.ports import Credential
from app.services.workspace import Workspace


def create_credential(ws: Workspace, name: str) -> tuple[str, str]:
    """A new pair: (client id, client secret). The secret is given this once; the workspace keeps its hash.

    Raises InvalidInput for a name that cannot be taken, or a WorkspaceError.
    """
    kept = check_name(name)
    client_id, secret = new_guid(), new_secret()
    with ws.unit_of_work() as work:
        work.credentials.save(Credential(client_id, kept, hash_secret(secret), ws.clock.now()))
        work.changed("settings")
        work.commit()
    return client_id, secret
