"""`PUT` and `DELETE /interaction/v1/eventDefinitions/...`: change or delete an event definition."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from app.api.answer import Answer, refuse
from app.api.call import Call, Route
from app.api.routes.event_definition import find_card, not_found
from app.api.shapes.event_definition import event_definition_json
from app.api.shapes.event_extra import PROPERTIES, read_criteria, read_extra, refuse_unreadable
from app.services.delete_event import delete_event
from app.services.save_event import save_event

_BODY = {
    "type": "object",
    "properties": {
        "name": {"type": "string"},
        "description": {"type": "string"},
        "eventDefinitionKey": {"type": "string"},
        "dataExtensionId": {"type": "string"},
        **PROPERTIES,
    },
}
_MEMBERS = {
    "name": "name",
    "description": "description",
    "eventdefinitionkey": "key",
    "dataextensionid": "data_extension_id",
}


def _change(call: Call) -> Answer:
    card = find_card(call)
    if card is None:
        return not_found(call)
    changes: dict[str, Any] = {}
    body = call.object()
    for name, value in body.items():
        member = _MEMBERS.get(name.lower())
        if member is not None and value is not None:
            if not isinstance(value, str):
                raise refuse(400, 10001, f"{name} must be a text.")
            changes[member] = value.lower() if member == "data_extension_id" else value
    changes["extra"] = read_extra(body, card.definition.extra)
    criteria = read_criteria(body)
    if criteria is not None:
        changes["criteria"] = criteria
    changed = replace(card.definition, **changes)
    if (changed.criteria, changed.key) != (card.definition.criteria, card.definition.key):
        refuse_unreadable(call.workspace, changed.criteria, changed.key, changed.data_extension_id)
    kept = save_event(call.workspace, changed)
    return Answer(200, event_definition_json(replace(card, definition=kept)))


def _delete(call: Call) -> Answer:
    card = find_card(call)
    if card is None:
        # The original's own answer, word for word (reference, section 3).
        raise refuse(400, 30000, "{{{ERROR_OPEN_SUPPORT_CASE}}}")
    delete_event(call.workspace, card.definition.id)
    return Answer(200, {})


_CHANGED = {200: "The event definition.", 400: "What is wrong.", 409: "An active journey does not allow it."}
_DELETED = {200: "It is gone.", 400: "There is none.", 409: "A journey uses it."}
ROUTES = tuple(
    Route(
        method,
        f"/interaction/v1/eventDefinitions/{place}",
        summary,
        handle,
        answers=answers,
        body=_BODY if method == "PUT" else None,
        tag="Event definitions",
    )
    for place in ("{id}", "key:{key}")
    for method, summary, handle, answers in (
        ("PUT", "Change an event definition", _change, _CHANGED),
        ("DELETE", "Delete an event definition", _delete, _DELETED),
    )
)
