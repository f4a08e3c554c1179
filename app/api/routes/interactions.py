"""`GET /interaction/v1/interactions`: the journeys, page by page (reference, section 4.1)."""

from __future__ import annotations

from app.api.answer import Answer
from app.api.call import Call, Route
from app.api.paging import paged
from app.api.shapes.interaction import shown_interaction
from app.journey.journey import Status
from app.services.list_journeys import list_journeys
from app.services.read_interaction import read_interaction
from app.services.views import JourneyCard

_RUNNING = (Status.RUNNING, Status.PAUSED)


def _handle(call: Call) -> Answer:
    cards = sorted(list_journeys(call.workspace), key=lambda card: card.id)
    versions = [(card, number) for card in cards for number in _versions(call, card) if _wanted(call, card, number)]
    activities = call.text("extras").lower() in ("all", "activities")
    summary = {
        "totalInteractions": len(versions),
        "totalRunningVersionsWithDefinedGoal": 0,
        "totalRunningVersionsMeetingGoal": 0,
        "cumulativePopulation": sum(card.inside for card in cards),
    }

    def show(each: tuple[JourneyCard, int]) -> object:
        found = read_interaction(call.workspace, journey_id=each[0].id, number=each[1])
        return shown_interaction(found, activities=activities)

    return paged(call, versions, show, summary=summary)


def _versions(call: Call, card: JourneyCard) -> tuple[int, ...]:
    """The versions to show: the newest, or the one that runs, or all."""
    if call.flag("mostRecentVersionOrRunningOnly"):
        running = [number for number, status in card.versions if status in _RUNNING]
        return (running[-1] if running else card.version,)
    if call.flag("mostRecentVersionOnly") or not call.text("mostRecentVersionOnly"):
        return (card.version,)
    return tuple(number for number, _ in card.versions)


def _wanted(call: Call, card: JourneyCard, number: int) -> bool:
    name = (call.text("name") or call.text("nameOrDescription")).lower()
    status, key, journey_id = call.text("status").lower(), call.text("key").lower(), call.text("id").lower()
    own = next(each for version, each in card.versions if version == number)
    return (
        (not name or name in card.name.lower())
        and (not status or status == own.value.lower())
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
        "$pageSize": "Items on a page, at most 2500.",
        "name": "A part of the name.",
        "nameOrDescription": "A part of the name.",
        "status": "Draft, Published, Unpublished, Paused or Stopped.",
        "id": "The id.",
        "key": "The key.",
        "mostRecentVersionOnly": "false for every version.",
        "mostRecentVersionOrRunningOnly": "true for the running version where there is one.",
        "extras": "all or activities: with activities and triggers.",
    },
)
