"""`POST /interaction/v1/events`: one event for one contact (reference, section 2.1).

The application answers this address by a shorter way of its own; this is the same answer for whoever calls the table,
and its entry in the OpenAPI document.
"""

from __future__ import annotations

from app.api.answer import Answer, of_fire_error
from app.api.call import Call, Route
from app.api.event_body import read_event
from app.engine.facts import Fired


def of_fired(fired: Fired) -> Answer:
    """The original's answer to an event: 201 says that it was taken, the header what became of it."""
    if fired.error is not None:
        return of_fire_error(fired.error)
    return Answer(201, {"eventInstanceId": fired.answer_id}, {"Switchback-Decision": fired.outcome})


def _handle(call: Call) -> Answer:
    return of_fired(call.workspace.submit(read_event(call.body, call.query)).result())


ROUTE = Route(
    "POST",
    "/interaction/v1/events",
    "Fire an event for a contact",
    _handle,
    answers={
        201: "The event was taken. The header Switchback-Decision says admitted, refused or none.",
        400: "What the contract refuses; nothing was written.",
        422: "The Idempotency-Key came before, with another contact or event.",
        409: "A row has this primary key already, and the workspace's settings refuse that.",
    },
    query={"EventDefinitionKey": "The key, when the body does not have it."},
    body={
        "type": "object",
        "required": ["ContactKey", "EventDefinitionKey"],
        "properties": {
            "ContactKey": {"type": "string", "minLength": 1, "maxLength": 254},
            "EventDefinitionKey": {"type": "string", "minLength": 1},
            "Data": {"type": "object"},
        },
    },
    tag="Events",
)
