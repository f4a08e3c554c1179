"""`GET /interaction/v1/eventDefinitions`: the event definitions, page by page."""

from __future__ import annotations

from app.api.answer import Answer
from app.api.call import Call, Route
from app.api.paging import paged
from app.api.shapes.event_definition import event_definition_json
from app.services.list_events import list_events

_TYPES = ("", "apievent", "event")


def _handle(call: Call) -> Answer:
    name = call.text("name").lower()
    cards = list_events(call.workspace)
    if call.text("type").lower() not in _TYPES or call.text("category", "event").lower() != "event":
        # Every event of a workspace is an API event of the category Event.
        cards = ()
    if name:
        cards = tuple(card for card in cards if name in card.definition.name.lower())
    return paged(call, cards, event_definition_json)


ROUTE = Route(
    "GET",
    "/interaction/v1/eventDefinitions",
    "The event definitions",
    _handle,
    answers={200: "A page of them.", 400: "A page number that is none."},
    query={
        "$page": "Number of the page, from 1.",
        "$pageSize": "Items on a page, at most 2500.",
        "name": "A part of the name.",
        "type": "APIEvent or Event.",
        "category": "Event.",
    },
    tag="Event definitions",
)
