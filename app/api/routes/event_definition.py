"""`GET /interaction/v1/eventDefinitions/{id}` and `.../key:{key}`: one event definition."""

from __future__ import annotations

from app.api.answer import Answer, error
from app.api.call import Call, Route
from app.api.shapes.event_definition import event_definition_json
from app.data_extensions.fold import fold
from app.services.list_events import list_events
from app.services.views import EventCard


def find_card(call: Call) -> EventCard | None:
    """The event definition that the path names, by id or by key in any case."""
    wanted_id, wanted_key = call.path.get("id", "").lower(), fold(call.path.get("key", ""))
    for card in list_events(call.workspace):
        if card.definition.id == wanted_id or (wanted_key and fold(card.definition.key) == wanted_key):
            return card
    return None


def not_found(call: Call) -> Answer:
    """The original answers an unknown event definition with 400 (reference, section 3)."""
    named = call.path.get("key") or call.path.get("id", "")
    return error(400, 30003, f"Event definition not found: {named[:200]}")


def _handle(call: Call) -> Answer:
    card = find_card(call)
    return Answer(200, event_definition_json(card)) if card else not_found(call)


_ANSWERS = {200: "The event definition.", 400: "There is none."}
BY_ID = Route(
    "GET",
    "/interaction/v1/eventDefinitions/{id}",
    "One event definition by its id",
    _handle,
    answers=_ANSWERS,
    tag="Event definitions",
)
BY_KEY = Route(
    "GET",
    "/interaction/v1/eventDefinitions/key:{key}",
    "One event definition by its key",
    _handle,
    answers=_ANSWERS,
    tag="Event definitions",
)
