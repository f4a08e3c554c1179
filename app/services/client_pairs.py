"""What the use cases of client pairs share: the rule for names, and finding a pair."""

from __future__ import annotations

from app.kernel.errors import InvalidInput, NotFound
from app.kernel.said import said
from app.kernel.unseen import unseen
from app.services.ports import Credential, UnitOfWork

MAX_NAME = 200


def check_name(name: str) -> str:
    """The name as it is kept, without spaces around it. Raises InvalidInput for one that is empty, too long, or has
    characters that cannot be seen."""
    kept = name.strip()
    problem = ""
    if not kept:
        problem = said("A client needs a name.")
    elif len(kept) > MAX_NAME:
        problem = said("The name has {n} characters; at most {max_name} are kept.", n=len(kept), max_name=MAX_NAME)
    elif bad := unseen(kept):
        problem = said("The name has a character that cannot be seen ({bad}).", bad=bad)
    if problem:
        raise InvalidInput(problem, where="name", hint=said("For example: Web shop"))
    return kept


def find_pair(work: UnitOfWork, client_id: str) -> Credential:
    """The pair with that client id, a revoked one too. Raises NotFound."""
    found = work.credentials.get(client_id)
    if found is None:
        raise NotFound(
            said("There is no client {client_id}.", client_id=client_id[:100]),
            where="client_id",
            hint=said("switchback credentials list shows the client ids of this workspace."),
        )
    return found
