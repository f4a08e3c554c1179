"""The end of a client pair."""

from __future__ import annotations

from dataclasses import replace

from app.services.client_pairs import find_pair
from app.services.workspace import Workspace


def revoke_credential(ws: Workspace, client_id: str) -> bool:
    """No more tokens for this pair from now on, and those that it has count no more: each running server looks at
    least every two seconds (`app.api.clients.FRESH_SECONDS`). Final.

    Whether it was still good: revoking twice changes nothing. Raises NotFound, or a WorkspaceError.
    """
    with ws.unit_of_work() as work:
        found = find_pair(work, client_id)
        if found.revoked_at is not None:
            return False
        work.credentials.save(replace(found, revoked_at=ws.clock.now()))
        work.changed("settings")
        work.commit()
    return True
