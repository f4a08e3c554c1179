"""Switchback's own routes: why a contact did or did not enter, where it is, whether the server is well."""

from __future__ import annotations

from app import __version__
from app.api.answer import Answer, refuse
from app.api.call import Call, Route
from app.api.shapes.decision import line_json, result_json, whereabouts_json
from app.services.explain_event import explain_event
from app.services.recent_events import recent_events
from app.services.set_contact_status import STATUSES, set_contact_status
from app.services.where_is import where_is

_TAG = "Switchback"
MOST_LINES = 1000


def _event(call: Call) -> Answer:
    return Answer(200, result_json(explain_event(call.workspace, call.path["id"])))


def _events(call: Call) -> Answer:
    limit = min(call.number("limit", 100), MOST_LINES)
    lines = recent_events(call.workspace, limit, call.text("search"), call.text("journeyId") or None)
    return Answer(200, {"items": [line_json(line) for line in lines]})


def _contact(call: Call) -> Answer:
    return Answer(200, whereabouts_json(where_is(call.workspace, call.path["key"])))


def _set_status(call: Call) -> Answer:
    status = {name.lower(): value for name, value in call.object().items()}.get("status")
    if not isinstance(status, str):
        raise refuse(400, 10002, f"The required parameter status is missing. Use one of {', '.join(STATUSES)}.")
    set_contact_status(call.workspace, call.path["key"], status)
    return _contact(call)


def _health(call: Call) -> Answer:
    with call.workspace.unit_of_work(writes=False) as work:
        work.facts.get("format")
    return Answer(200, {"status": "ok", "version": __version__})


ROUTES = (
    Route(
        "GET",
        "/switchback/v1/events/{id}",
        "What became of an event: each journey's decision, its trace and the contact's path",
        _event,
        answers={200: "The event.", 404: "There is none."},
        tag=_TAG,
    ),
    Route(
        "GET",
        "/switchback/v1/events",
        "The newest events and refused calls, newest first",
        _events,
        answers={200: "Lines of the log.", 400: "A limit that is none."},
        query={
            "limit": f"How many, at most {MOST_LINES}.",
            "search": "A part of a key.",
            "journeyId": "Of one journey.",
        },
        tag=_TAG,
    ),
    Route(
        "GET",
        "/switchback/v1/contacts/{key}",
        "Where a contact is, and where it was",
        _contact,
        answers={200: "Its stays; none for a contact that nobody knows."},
        tag=_TAG,
    ),
    Route(
        "PUT",
        "/switchback/v1/contacts/{key}",
        "Set a contact's status; one that nobody knew is made",
        _set_status,
        answers={200: "The contact.", 400: "No such status."},
        body={
            "type": "object",
            "required": ["status"],
            "properties": {"status": {"type": "string", "enum": list(STATUSES)}},
        },
        tag=_TAG,
    ),
    Route(
        "GET",
        "/switchback/v1/health",
        "Whether the server and its workspace answer",
        _health,
        answers={200: "They do.", 503: "The workspace does not."},
        open=True,
        tag=_TAG,
    ),
)
