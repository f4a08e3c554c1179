"""What the use cases of client pairs share: the rule for names, and finding a pair."""

from __future__ import annotations

from app.kernel.errors import InvalidInput, NotFound
from app.kernel.names import name_problem, one_line
from app.kernel.said import said
from app.services.ports import Credential, UnitOfWork


def check_name(name: str) -> str:
    """The name as it is kept, on one line. Raises InvalidInput for one that is empty, too long, or has
    characters that cannot be seen."""
    kept = one_line(name)
    problem = name_problem(kept, said("A client needs a name."), "Web shop")
    if problem is not None:
        raise InvalidInput(problem.message, where="name", hint=problem.hint)
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
