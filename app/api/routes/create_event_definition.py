"""`POST /interaction/v1/eventDefinitions`: a new event definition (reference, section 3)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.api.answer import Answer, refuse
from app.api.call import Call, Route
from app.api.shapes.event_definition import event_definition_json
from app.api.shapes.event_extra import PROPERTIES, read_criteria, read_extra, refuse_unreadable
from app.api.shapes.schema import read_schema
from app.data_extensions.data_extension import DataExtension
from app.events.event_definition import EventDefinition
from app.events.key import propose_key
from app.services.create_event import create_event
from app.services.list_events import list_events

NEEDS_SCHEMA = "Include a valid schema or DataExtensionId value."

_BODY = {
    "type": "object",
    "required": ["name"],
    "properties": {
        "name": {"type": "string"},
        "description": {"type": "string"},
        "eventDefinitionKey": {"type": "string"},
        "dataExtensionId": {"type": "string"},
        "schema": {"type": "object"},
        **PROPERTIES,
    },
}


def _handle(call: Call) -> Answer:
    body = {name.lower(): value for name, value in call.object().items()}
    name, key = _text(body, "name"), _text(body, "eventdefinitionkey") or propose_key()
    if not name.strip():
        raise refuse(400, 10002, "The required parameter name is missing.")
    data_extension_id = _text(body, "dataextensionid").lower()
    schema: DataExtension | None = None
    if body.get("schema") is not None:
        # The original names it by key and time (reference, section 3). The name is its external key as well: the answer
        # says no other by which a client could ask for its rows.
        stamp = call.workspace.clock.now()
        schema = read_schema(body["schema"], f"{key[:170]} - {stamp:%Y-%m-%dT%H%M%S}{stamp.microsecond // 1000:03d}")
    elif not data_extension_id:
        raise refuse(400, 10000, NEEDS_SCHEMA)
    criteria = read_criteria(body) or ""
    refuse_unreadable(call.workspace, criteria, key, schema or data_extension_id)
    event = EventDefinition(
        id="",
        key=key,
        name=name,
        data_extension_id=data_extension_id or None,
        description=_text(body, "description"),
        criteria=criteria,
        extra=read_extra(body, {}),
    )
    kept = create_event(call.workspace, event, schema)
    card = next(card for card in list_events(call.workspace) if card.definition.id == kept.id)
    return Answer(201, event_definition_json(card, fresh=True))


def _text(body: Mapping[str, Any], name: str) -> str:
    value = body.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise refuse(400, 10001, f"{name} must be a text.")
    return value


ROUTE = Route(
    "POST",
    "/interaction/v1/eventDefinitions",
    "A new event definition",
    _handle,
    answers={201: "The event definition.", 400: "What is wrong with it."},
    body=_BODY,
    tag="Event definitions",
)
