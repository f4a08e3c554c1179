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
    cards = _ordered(call, list_journeys(call.workspace))
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


def _ordered(call: Call, cards: tuple[JourneyCard, ...]) -> list[JourneyCard]:
    """By `$orderBy`, else by age: a fixed order, so that pages do not repeat."""
    column, _, direction = call.text("$orderBy").strip().lower().partition(" ")
    found = sorted(cards, key=lambda card: card.id)
    if column in ("name", "modifieddate"):
        found.sort(
            key=lambda card: (card.name.lower() if column == "name" else "", card.modified_at.timestamp()),
            reverse=direction.strip() == "desc",
        )
    return found


def _versions(call: Call, card: JourneyCard) -> tuple[int, ...]:
    """The versions to show: the newest, or the one that runs, or all."""
    if call.flag("mostRecentVersionOrRunningOnly"):
        running = [number for number, status in card.versions if status in _RUNNING]
        return (running[-1] if running else card.version,)
    if call.flag("mostRecentVersionOnly") or not call.text("mostRecentVersionOnly"):
        return (card.version,)
    return tuple(number for number, _ in card.versions)


def _wanted(call: Call, card: JourneyCard, number: int) -> bool:
    name, either = call.text("name").lower(), call.text("nameOrDescription").lower()
    status, key, journey_id = call.text("status").lower(), call.text("key").lower(), call.text("id").lower()
    own = next(each for version, each in card.versions if version == number)
    return (
        (not name or name in card.name.lower())
        and (not either or either in card.name.lower() or either in _description(call, card, number))
        and (not status or status == own.value.lower())
        and (not key or key == card.key.lower())
        and (not journey_id or journey_id == card.id)
    )


def _description(call: Call, card: JourneyCard, number: int) -> str:
    return read_interaction(call.workspace, journey_id=card.id, number=number).version.journey.description.lower()


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
        "nameOrDescription": "A part of the name or the description.",
        "$orderBy": "name or modifiedDate, with asc or desc.",
        "status": "Draft, Published, Unpublished, Paused or Stopped.",
        "id": "The id.",
        "key": "The key.",
        "mostRecentVersionOnly": "false for every version.",
        "mostRecentVersionOrRunningOnly": "true for the running version where there is one.",
        "extras": "all or activities: with activities and triggers.",
    },
)
