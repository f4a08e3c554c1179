"""What happened in a journey: counters, its audit, its history (reference, sections 4.1 and 4.6)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from app.api.answer import Answer, error, refuse
from app.api.call import Call, Route
from app.api.paging import paged
from app.api.routes.interaction import named
from app.exchange.interaction_writer import moment
from app.services.ports import Version
from app.services.read_interaction import find_journey
from app.services.stop_journey import EJECTED

COUNTED = timedelta(days=30)
"""What the original's counters look back on."""


def _trigger_stats(call: Call) -> Answer:
    event_id = call.path["id"].lower()
    since = call.workspace.clock.now() - COUNTED
    sums = {"MetCriteria": 0, "Failed": 0, "waiting": 0}
    with call.workspace.unit_of_work(writes=False) as work:
        if all(event.id != event_id for event in work.events.all()):
            return error(400, 30003, f"Event definition not found: {event_id[:200]}")
        for version in work.journeys.listening():
            if version.journey.entry and version.journey.entry.event_definition_id == event_id:
                counts = work.log.counts(version.journey.id, since)
                accepted = counts.get("", 0)
                sums["MetCriteria"] += accepted
                sums["Failed"] += sum(counts.values()) - accepted
                sums["waiting"] += work.log.population(version.journey.id)[0]
    return Answer(
        200,
        {
            "statuses": [
                {"eventType": "MetCriteria", "category": "success", "count": sums["MetCriteria"]},
                {
                    "eventType": "ContactAttempted",
                    "category": "information",
                    "count": sums["MetCriteria"] + sums["Failed"],
                },
                {"eventType": "Failed", "category": "failure", "count": sums["Failed"]},
                {"eventType": "ContactsWaiting", "category": "information", "count": sums["waiting"]},
            ]
        },
    )


def _summary(call: Call) -> Answer:
    found = named(call)
    return Answer(200, _counters(call, found.version.journey.id))


def _history_summary(call: Call) -> Answer:
    object_id = call.object().get("objectId")
    if not isinstance(object_id, str):
        raise refuse(400, 10002, "The required parameter objectId is missing.")
    with call.workspace.unit_of_work(writes=False) as work:
        journey_id = find_journey(work, journey_id=object_id).id
    return Answer(200, _counters(call, journey_id))


def _counters(call: Call, journey_id: str) -> dict[str, int]:
    with call.workspace.unit_of_work(writes=False) as work:
        inside, entered = work.log.population(journey_id)
        counts = work.log.counts(journey_id, call.workspace.clock.now() - COUNTED)
    refused = sum(number for reason, number in counts.items() if reason)
    return {
        "totalContactCount": entered,
        "waiting": inside,
        "expired": 0,
        "successCount": entered - inside,
        "errorCount": 0,
        "warningCount": refused,
        "cameOffWait": 0,
    }


def _audit(call: Call) -> Answer:
    wanted = call.path["action"].lower()
    found = named(call)
    number = call.number("versionNumber", 0)
    items: list[dict[str, Any]] = []
    with call.workspace.unit_of_work(writes=False) as work:
        for each, _ in found.versions:
            if number in (0, each):
                items.extend(_actions(work.journeys.version(found.version.journey.id, each)))
    shown = [item for item in items if wanted in ("all", item["action"].lower())]
    shown.sort(key=lambda item: item["timeStamp"], reverse=True)
    return paged(call, shown, dict)


def _actions(version: Version) -> list[dict[str, Any]]:
    moments = (
        ("Create", version.created_at),
        ("Modify", version.saved_at if version.saved_at != version.created_at else None),
        ("Publish", version.activated_at),
        ("Stop", version.ended_at),
    )
    return [
        {
            "action": action,
            "user": {"name": "Switchback", "userId": 0},
            "timeStamp": moment(at),
            "key": version.journey.key,
            "versionNumber": version.number,
            "id": version.journey.id,
            "originalDefinitionId": version.id,
            "name": version.journey.name,
            "description": version.journey.description,
            "executionMode": "Production",
            "publishStatus": version.status.value,
            "errors": [],
            **({"ContactsEjected": version.pause.get(EJECTED, 0)} if action == "Stop" else {}),
        }
        for action, at in moments
        if at is not None
    ]


_BASE = "/interaction/v1/interactions"
_NOT_FOUND = {404: "There is no such journey.", 400: "A number that is none."}
_TAG = "History"
ROUTES = (
    Route(
        "GET",
        "/interaction/v1/triggerstats/{id}",
        "How many contacts an event brought in the last 30 days",
        _trigger_stats,
        answers={200: "Counters.", 400: "There is no such event definition."},
        tag=_TAG,
    ),
    Route(
        "GET",
        f"{_BASE}/{{id}}/summary",
        "Counters of a journey",
        _summary,
        answers={200: "Counters.", **_NOT_FOUND},
        tag=_TAG,
    ),
    Route(
        "GET",
        f"{_BASE}/{{id}}/audit/{{action}}",
        "What was done with a journey",
        _audit,
        answers={200: "Create, Modify, Publish, Stop; newest first.", **_NOT_FOUND},
        query={
            "versionNumber": "Of one version.",
            "$page": "Number of the page, from 1.",
            "$pageSize": "Items on a page, at most 2500.",
        },
        tag=_TAG,
    ),
    Route(
        "POST",
        f"{_BASE}/journeyhistory/summary",
        "Counters of a journey",
        _history_summary,
        answers={200: "Counters.", **_NOT_FOUND},
        body={"type": "object", "required": ["objectId"], "properties": {"objectId": {"type": "string"}}},
        tag=_TAG,
    ),
)
