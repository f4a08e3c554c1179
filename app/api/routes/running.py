"""Stop, pause, resume, and the statuses of versions (reference, sections 4.1 and 4.5)."""

from __future__ import annotations

from typing import Any

from app.api.answer import Answer, error
from app.api.call import Call, Route
from app.api.routes.interaction import named
from app.kernel.errors import Conflict
from app.services.pause_journey import (
    AT_THE_END,
    EXTEND_WAITS,
    KEEP_ARRIVALS,
    LONGEST_PAUSE,
    PAUSED_DAYS,
    RESUME,
    STOP,
    WAKE,
    pause_journey,
    resume_journey,
)
from app.services.read_interaction import read_interaction
from app.services.stop_journey import stop_journey

_CHOICES: dict[str, Any] = {
    "type": "object",
    "properties": {
        EXTEND_WAITS: {"type": "boolean"},
        PAUSED_DAYS: {"type": "integer", "minimum": 1, "maximum": LONGEST_PAUSE},
        AT_THE_END: {"type": "string", "enum": [RESUME, STOP]},
        KEEP_ARRIVALS: {"type": "boolean"},
        WAKE: {"type": "boolean"},
    },
}
_CHOICE_NAMES: dict[str, str] = {name.lower(): name for name in _CHOICES["properties"]}
_ACCEPTED = Answer(202, {"status": "Accepted"})
_NEEDS_VERSION = Answer(
    400, {"message": "AllVersions=true or VersionNumber required.", "errorcode": 10005, "documentation": ""}
)
_NOT_PAUSED = Answer(
    400,
    {
        "message": "An interaction must be in paused status to be resumed.",
        "errorcode": 10000,
        "documentation": "",
    },
)


def _stop(call: Call) -> Answer:
    number = call.number("versionNumber", 0)
    if not number and not call.flag("allVersions"):
        return _NEEDS_VERSION
    found = named(call)
    try:
        stop_journey(call.workspace, found.version.journey.id, number or None)
    except Conflict as wrong:
        return error(400, 30001, wrong.message)
    return _ACCEPTED


def _pause(call: Call) -> Answer:
    if not call.number("versionNumber", 0) and not call.flag("allVersions"):
        return _NEEDS_VERSION
    choices = call.body if isinstance(call.body, dict) else {}
    kept = {_CHOICE_NAMES[name.lower()]: value for name, value in choices.items() if name.lower() in _CHOICE_NAMES}
    found = named(call)
    try:
        pause_journey(
            call.workspace,
            found.version.journey.id,
            kept,
            _number(call),
            finishing=call.flag("allVersions"),
        )
    except Conflict as wrong:
        return error(400, 30001, wrong.message)
    return _ACCEPTED


def _resume(call: Call) -> Answer:
    try:
        resume_journey(call.workspace, named(call).version.journey.id, _number(call))
    except Conflict:
        return _NOT_PAUSED
    return _ACCEPTED


def _number(call: Call) -> int | None:
    """The version that is meant; None: whichever runs."""
    return None if call.flag("allVersions") else call.number("versionNumber", 0, lowest=0) or None


def _status(call: Call) -> Answer:
    found = read_interaction(call.workspace, journey_id=call.path.get("id", ""), key=call.path.get("key", ""))
    number = call.number("versionNumber", 0)
    if not number and not call.flag("allVersions"):
        return _NEEDS_VERSION
    return Answer(
        200,
        [
            {"id": found.version.journey.id, "status": status.value, "versionNumber": each}
            for each, status in found.versions
            if not number or each == number
        ],
    )


_QUERY = {"versionNumber": "The version.", "allVersions": "true for all."}
_DONE = {202: "Accepted.", 400: "Its state does not allow it.", 404: "There is no such journey."}
_BASE = "/interaction/v1/interactions"
ROUTES = tuple(
    Route(
        method,
        f"{_BASE}/{verb}/{place}",
        summary,
        handle,
        answers={200: "The statuses.", 400: "No version was named.", 404: "There is none."}
        if verb == "status"
        else _DONE,
        query=_QUERY,
        body=_CHOICES if verb == "pause" else None,
    )
    for place in ("{id}", "key:{key}")
    for method, verb, summary, handle in (
        ("POST", "stop", "Stop a journey for good", _stop),
        ("POST", "pause", "Pause a journey", _pause),
        ("POST", "resume", "Let a paused journey go on", _resume),
        ("GET", "status", "The statuses of a journey's versions", _status),
    )
)
