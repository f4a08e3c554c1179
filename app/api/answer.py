"""An answer before it is bytes, and the original's error bodies: one table from what went wrong to status and body."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from app.engine.contract import AGGREGATE, FireError
from app.kernel.errors import (
    Conflict,
    InvalidInput,
    NotFound,
    Problem,
    SwitchbackError,
    Taken,
    UserError,
    WorkspaceBusy,
    WorkspaceError,
    WorkspaceFull,
)

DOCUMENTATION = "https://developer.salesforce.com/docs/atlas.en-us.mc-apis.meta/mc-apis/error-handling.htm"

RETRY_SECONDS = 5
"""What `Retry-After` says when the workspace is in the way; the original's own sample says 5 (reference, 1b)."""


@dataclass(frozen=True, slots=True)
class Page:
    """A body that is HTML instead of JSON."""

    html: bytes


@dataclass(frozen=True, slots=True)
class File:
    """A body that is text of another kind, in UTF-8; `media` is its type."""

    content: bytes
    media: str


@dataclass(frozen=True, slots=True)
class Answer:
    """Status, body (a JSON value, a Page, a File, or None for no body) and headers beyond the usual ones."""

    status: int
    body: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)


class Refusal(Exception):
    """Raised by a route to answer with an error of the original's table."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.status)
        self.answer = answer


def error(status: int, errorcode: int, message: str, headers: Mapping[str, str] | None = None, **more: Any) -> Answer:
    """An error in the original's envelope (reference, 1b)."""
    body = {"message": message, "errorcode": errorcode, "documentation": DOCUMENTATION, **more}
    return Answer(status, body, headers or {})


def refuse(status: int, errorcode: int, message: str, **more: Any) -> Refusal:
    """The same, to raise."""
    return Refusal(error(status, errorcode, message, **more))


NOT_AUTHORIZED = Answer(
    401,
    {"documentation": DOCUMENTATION, "errorcode": 0, "message": "Not Authorized"},
    # Clients of the original's own maker ask for a new token by this header, not by the status.
    {"WWW-Authenticate": 'Bearer error="invalid_token"'},
)
UNKNOWN_ROUTE = Answer(404, {"documentation": DOCUMENTATION, "errorcode": 404, "message": "Not Found"})
INVALID_CLIENT = Answer(
    401,
    {
        "error": "invalid_client",
        "error_description": "Client authentication failed. Make sure that the client ID and client secret are valid "
        "and that the package is installed and enabled.",
        "error_uri": "https://developer.salesforce.com/docs",
    },
)
MISPLACED_TOKEN = error(401, 40004, "The access token must be sent in the Authorization header.")
TOO_LARGE = error(413, 10000, "The body is larger than 1 MB. Send less in one call.")
TOO_DEEP = error(400, 10004, "The JSON is nested too deeply.")
UNSUPPORTED = error(415, 10003, "The body must be JSON. Send Content-Type: application/json.")
UNPARSABLE = 10004
INTERNAL = Answer(500, {"documentation": "", "errorcode": 500, "message": "Internal Server Error"})


def too_many(seconds: int) -> Answer:
    """The original's answer to a caller that is too fast (reference, 1b)."""
    body = {
        "message": "Rate limit exceeded",
        "errorcode": 50100,
        "retryAfter": seconds,
        "documentation": DOCUMENTATION,
    }
    return Answer(429, body, {"Retry-After": str(seconds)})


def of_fire_error(found: FireError) -> Answer:
    """The body of a refused event: bad columns one by one (reference, 2.4), else a message with what to do."""
    if found.errorcode == AGGREGATE:
        body = {
            "message": found.message,
            "errorcode": found.errorcode,
            "documentation": "",
            "additionalErrors": [of_problem(problem) for problem in found.problems],
        }
        return Answer(found.status, body)
    message = f"{found.message} {found.hint}" if found.hint else found.message
    return error(found.status, found.errorcode, message)


def of_problem(problem: Problem) -> dict[str, Any]:
    """One bad column: the original's words, then the value and an example that would pass."""
    words = f"{problem.message} {problem.hint}".strip()
    text = f"{problem.where}: {words}" if problem.where else words
    return {"message": text, "errorcode": 10000, "documentation": ""}


_STATUS: tuple[tuple[type[SwitchbackError], int, int], ...] = (
    (NotFound, 404, 30003),
    (Taken, 409, 30004),
    (Conflict, 409, 30002),
    (InvalidInput, 400, 10000),
    (UserError, 400, 30000),
    (WorkspaceBusy, 503, 50300),
    (WorkspaceFull, 503, 50300),
    (WorkspaceError, 503, 50300),
)
"""The one table from our errors to the original's status and code; the first that fits counts."""


def of_error(found: SwitchbackError) -> Answer:
    """The answer to something that was raised on purpose."""
    status, code = next((status, code) for kind, status, code in _STATUS if isinstance(found, kind))
    message = f"{found.message} {found.hint}" if found.hint else found.message
    if status == 503:
        # A path on this machine is nobody's business on the other side of the wire.
        message = f"The workspace cannot be written at the moment. Try again in {RETRY_SECONDS} seconds."
        return error(status, code, message, {"Retry-After": str(RETRY_SECONDS)})
    problems = found.problems if isinstance(found, InvalidInput) else ()
    if problems:
        return error(status, AGGREGATE, message, validationErrors=[of_problem(problem) for problem in problems])
    return error(status, code, message)
