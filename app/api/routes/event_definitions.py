"""`GET /interaction/v1/eventDefinitions`: the event definitions, page by page."""

from __future__ import annotations

from app.api.answer import Answer
from app.api.call import Call, Route
from app.api.paging import paged
from app.api.shapes.event_definition import event_definition_json
from app.services.list_events import list_events


def _handle(call: Call) -> Answer:
    name = call.text("name").lower()
    cards = list_events(call.workspace)
    kind, category = call.text("type").lower(), call.text("category").lower()
    cards = tuple(
        card
        for card in cards
        if kind in ("", card.definition.extra.get("type", "APIEvent").lower())
        and category in ("", card.definition.extra.get("category", "Event").lower())
    )
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
        "type": "As it was made, usually APIEvent.",
        "category": "As it was made, usually Event.",
    },
    tag="Event definitions",
)
