"""`GET /interaction/v1/interactions`: the journeys, page by page (reference, section 4.1)."""

from __future__ import annotations

from app.api.answer import Answer
from app.api.call import Call, Route
from app.api.shapes.interaction import shown_interaction
from app.services.list_interactions import InteractionSearch, Shown, list_interactions


def _handle(call: Call) -> Answer:
    page, size = call.page()
    found = list_interactions(call.workspace, _wanted(call), (page - 1) * size, size)
    activities = call.text("extras").lower() in ("all", "activities")
    summary = {
        "totalInteractions": found.total,
        "totalRunningVersionsWithDefinedGoal": found.with_goal,
        "totalRunningVersionsMeetingGoal": found.meeting_goal,
        "cumulativePopulation": found.entered,
    }
    items = [shown_interaction(each, activities=activities) for each in found.items]
    return Answer(
        200,
        {"count": found.total, "page": page, "pageSize": size, "links": {}, "summary": summary, "items": items},
    )


def _wanted(call: Call) -> InteractionSearch:
    column, _, direction = call.text("$orderBy").strip().lower().partition(" ")
    return InteractionSearch(
        shown=_shown(call),
        name=call.text("name"),
        name_or_description=call.text("nameOrDescription"),
        status=call.text("status"),
        key=call.text("key"),
        journey_id=call.text("id"),
        order_by=column,
        descending=direction.strip() == "desc",
    )


def _shown(call: Call) -> Shown:
    if call.flag("mostRecentVersionOrRunningOnly"):
        return Shown.NEWEST_OR_RUNNING
    newest = call.flag("mostRecentVersionOnly") or not call.text("mostRecentVersionOnly")
    return Shown.NEWEST if newest else Shown.ALL


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
