"""`GET /interaction/v1/interactions`: the journeys, page by page (reference, section 4.1)."""

from __future__ import annotations

from app.api.answer import Answer
from app.api.call import Call, Route
from app.api.paging import paged
from app.api.shapes.interaction import card_json
from app.services.list_journeys import list_journeys
from app.services.views import JourneyCard


def _handle(call: Call) -> Answer:
    cards = [card for card in list_journeys(call.workspace) if _wanted(call, card)]
    cards.sort(key=lambda card: card.id)
    summary = {
        "totalInteractions": len(cards),
        "totalRunningVersionsWithDefinedGoal": 0,
        "totalRunningVersionsMeetingGoal": 0,
        "cumulativePopulation": sum(card.inside for card in cards),
    }
    return paged(call, cards, card_json, summary=summary)


def _wanted(call: Call, card: JourneyCard) -> bool:
    name, either = call.text("name").lower(), call.text("nameOrDescription").lower()
    status, key, journey_id = call.text("status").lower(), call.text("key").lower(), call.text("id").lower()
    return (
        (not name or name in card.name.lower())
        and (not either or either in card.name.lower())
        and (not status or status == card.status.value.lower())
        and (not key or key == card.key.lower())
        and (not journey_id or journey_id == card.id)
    )


ROUTE = Route(
    "GET",
    "/interaction/v1/interactions",
    "The journeys",
    _handle,
    answers={200: "A page of them.", 400: "A page number that is none."},
    query={
        "$page": "Number of the page, from 1.",
        "$pageSize": "Items on a page, at most 500.",
        "name": "A part of the name.",
        "nameOrDescription": "A part of the name.",
        "status": "Draft, Published, Unpublished, Paused or Stopped.",
        "id": "The id.",
        "key": "The key.",
    },
)
