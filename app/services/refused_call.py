"""A call that was refused, as the log keeps it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.engine.contract import LONGEST_CONTACT_KEY
from app.engine.facts import Fired
from app.kernel.errors import Problem


class TokenFault(StrEnum):
    """What is wrong with the token of a refused call: the code of its one problem in the log."""

    MISSING = "token.missing"
    WRONG = "token.wrong"
    EXPIRED = "token.expired"
    REVOKED = "token.revoked"


@dataclass(frozen=True, slots=True)
class RefusedCall:
    """A refused call without any value of its payload: `problems` name columns and rules, never what was sent."""

    id: str
    at: datetime
    origin: str
    contact_key: str
    event_definition_key: str
    status: int
    errorcode: int
    message: str
    problems: tuple[Problem, ...] = ()


def refused_call(fired: Fired) -> RefusedCall:
    """The log's line of an event that the contract refused."""
    error = fired.error
    assert error is not None
    return RefusedCall(
        id=fired.event.instance_id,
        at=fired.received_at,
        origin=fired.event.origin.value,
        contact_key=storable(fired.event.contact_key),
        event_definition_key=storable(fired.event.event_definition_key),
        status=error.status,
        errorcode=error.errorcode,
        message=storable(error.message, 500),
        # The hints quote what was sent.
        problems=tuple(
            Problem(each.code, storable(each.message, 500), storable(each.where)) for each in error.problems
        ),
    )


def storable(text: str, longest: int = LONGEST_CONTACT_KEY) -> str:
    """A text that every database takes: no NUL, no half of a surrogate pair, not endless."""
    clean = text[:longest].replace("\0", "\N{REPLACEMENT CHARACTER}").encode("utf-8", "replace").decode()
    return text if clean == text else clean  # as it was made, it can still be said in another language
