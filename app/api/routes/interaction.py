"""One journey: read, created, changed, deleted (reference, sections 4.1 and 4.3)."""

from __future__ import annotations

from datetime import UTC, datetime

from app.api.answer import Answer, Refusal, error, refuse
from app.api.call import Call, Route
from app.api.shapes.interaction import shown_interaction
from app.kernel.errors import Conflict, InvalidInput
from app.services.delete_journey import delete_journey
from app.services.delete_version import delete_version
from app.services.read_interaction import Interaction, read_interaction
from app.services.save_interaction import STALE, change_interaction, create_interaction

_BODY = {
    "type": "object",
    "required": ["key", "name", "workflowApiVersion"],
    "properties": {
        "key": {"type": "string", "maxLength": 200},
        "name": {"type": "string"},
        "description": {"type": "string"},
        "workflowApiVersion": {"type": "number"},
        "entryMode": {"type": "string"},
        "activities": {"type": "array", "items": {"type": "object"}},
        "triggers": {"type": "array", "items": {"type": "object"}, "maxItems": 1},
        "defaults": {"type": "object"},
        "modifiedDate": {"type": "string"},
    },
}


def named(call: Call) -> Interaction:
    """The version that the path and `versionNumber` name. Raises NotFound."""
    number = call.number("versionNumber", 0, lowest=0) or None
    return read_interaction(
        call.workspace, journey_id=call.path.get("id", ""), key=call.path.get("key", ""), number=number
    )


def _read(call: Call) -> Answer:
    return Answer(200, shown_interaction(named(call)))


def _create(call: Call) -> Answer:
    body = call.object()
    for name, example in (("key", "welcome"), ("name", "Welcome"), ("workflowApiVersion", "1.0")):
        if body.get(name) in (None, ""):
            raise refuse(400, 10002, f"The required parameter {name} is missing; for example {example}.")
    journey_id = _refusing(lambda: create_interaction(call.workspace, body))
    return Answer(201, shown_interaction(read_interaction(call.workspace, journey_id=journey_id)))


def _change(call: Call) -> Answer:
    body = dict(call.object())
    if call.path.get("key"):
        body["key"] = call.path["key"]
    if call.path.get("id"):
        body["id"] = call.path["id"]
    modified = _moment(body.get("modifiedDate"))
    journey_id = _refusing(lambda: change_interaction(call.workspace, body, modified))
    return Answer(200, shown_interaction(read_interaction(call.workspace, journey_id=journey_id)))


def _refusing(save: object) -> str:
    """What saving gave, or the original's bodies for what is wrong."""
    assert callable(save)
    try:
        return str(save())
    except Conflict as stale:
        if stale.message == STALE:
            raise Refusal(error(400, 30000, STALE)) from stale
        raise
    except InvalidInput as wrong:
        if not wrong.problems:
            raise
        found = [
            {
                "message": problem.message,
                "errorcode": int(problem.code) if problem.code.isdecimal() else 10000,
                "documentation": "",
            }
            for problem in wrong.problems
        ]
        raise Refusal(error(400, 10006, wrong.message, validationErrors=found)) from wrong


def _moment(value: object) -> datetime | None:
    """The `modifiedDate` of the caller's copy; None where it has none."""
    if not isinstance(value, str) or not value.strip() or value.startswith("0001-"):
        return None
    try:
        read = datetime.fromisoformat(value.strip().replace("Z", "+00:00"))
    except ValueError:
        raise refuse(400, 10003, f"modifiedDate is no moment: {value[:40]}") from None
    return read if read.tzinfo else read.replace(tzinfo=UTC)


def _delete(call: Call) -> Answer:
    found = named(call)
    number = call.number("versionNumber", 0, lowest=0)
    if number:
        delete_version(call.workspace, found.version.journey.id, number)
    else:
        delete_journey(call.workspace, found.version.journey.id)
    return Answer(200, {})


_QUERY = {"versionNumber": "A version; the newest without it.", "extras": "all."}
_FOUND = {200: "The journey.", 404: "There is none.", 400: "A version number that is none."}
_SAVED = {400: "What is wrong with it, or the copy is stale.", 409: "The key is taken."}


def _route(method: str, path: str, summary: str) -> Route:
    handle = {"GET": _read, "PUT": _change, "DELETE": _delete, "POST": _create}[method]
    answers = {
        "GET": _FOUND,
        "PUT": {200: "The draft.", 404: "There is none.", **_SAVED},
        "POST": {201: "The draft.", **_SAVED},
        "DELETE": {
            200: "It is gone.",
            404: "There is none.",
            400: "A version number that is none.",
            409: "It is active, or contacts are inside.",
        },
    }[method]
    query = _QUERY if method == "GET" else {"versionNumber": "The version to delete; all without it."}
    return Route(
        method,
        f"/interaction/v1/interactions{path}",
        summary,
        handle,
        answers=answers,
        query=query if method in ("GET", "DELETE") else {},
        body=_BODY if method in ("PUT", "POST") else None,
    )


ROUTES = (
    _route("GET", "/{id}", "One journey by its id"),
    _route("GET", "/key:{key}", "One journey by its key"),
    _route("POST", "", "A new journey, as a draft"),
    _route("PUT", "", "Change a journey's draft, named by id or key in the body"),
    _route("PUT", "/{id}", "Change a journey's draft by its id"),
    _route("PUT", "/key:{key}", "Change a journey's draft by its key"),
    _route("DELETE", "/{id}", "Delete a journey by its id"),
    _route("DELETE", "/key:{key}", "Delete a journey by its key"),
)
