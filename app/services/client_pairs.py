"""What the use cases of client pairs share: the rule for names, and finding a pair."""

from __future__ import annotations

from app.kernel.errors import InvalidInput, NotFound
from app.services.ports import Credential, UnitOfWork

MAX_NAME = 200


def check_name(name: str) -> str:
    """The name as it is kept, without spaces around it. Raises InvalidInput for one that is empty, too long, or has
    characters that cannot be seen."""
    kept = name.strip()
    if not kept or len(kept) > MAX_NAME or not kept.isprintable():
        message = f"A client needs a name of 1 to {MAX_NAME} characters on one line."
        raise InvalidInput(message, where="name", hint="For example: Web shop")
    return kept


def find_pair(work: UnitOfWork, client_id: str) -> Credential:
    """The pair with that client id, a revoked one too. Raises NotFound."""
    found = work.credentials.get(client_id)
    if found is None:
        raise NotFound(
            f"There is no client {client_id[:100]}.",
            where="client_id",
            hint="switchback credentials list shows the client ids of this workspace.",
        )
    return found
