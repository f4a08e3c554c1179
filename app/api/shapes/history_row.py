"""A row of a journey's history in the original's JSON (reference, section 4.6): a decision, or a tile of a way."""

from __future__ import annotations

from typing import Any

from app.engine.decision import PathStep, Reason
from app.exchange.interaction_writer import activity_id, moment, original_type
from app.journey.journey import Activity, Journey
from app.services.search_history import HistoryPage, HistoryRow

COMPLETE, WAITING, FAILED = "Complete", "Waiting", "Failed"
MET = ("MetGoalCriteria", "MetExitCriteria")
STEP_STATUSES = frozenset(each.lower() for each in (COMPLETE, WAITING, FAILED, *MET))
"""What a row of a way may say, in lower case."""

START = "StartInteractionActivity"
START_TYPES = frozenset(("startinteractionactivity", "startactivity", "trigger"))
"""The type of rows about entering, in lower case, with other words that clients use for it."""

_TYPES = {"WAIT": "WaitActivity", "GOAL": "GoalCriteriaActivity", "EXITCRITERIA": "ExitCriteriaActivity"}
"""Types that the original's history names otherwise than its journeys."""

_WORDS = {
    "": "The contact entered the journey.",
    Reason.NOT_PUBLISHED: "The contact was not taken: no version of the journey runs.",
    Reason.CRITERIA_NOT_MET: "The contact did not meet the filter of the entry source.",
    Reason.PREVIOUSLY_IN: "The contact was in the journey before, and it allows no re-entry.",
    Reason.CURRENTLY_IN: "The contact is in the journey, and may enter again only after it has left.",
    Reason.QUEUED: "The journey is paused; it decides about the contact when it goes on.",
}


def status_of(step: PathStep) -> tuple[str, str]:
    """Status and client status of a step."""
    if step.state == "waiting":
        return WAITING, WAITING
    if step.note.startswith("Not sent"):
        return FAILED, "Error"
    return next((each for each in MET if f"({each})" in step.note), COMPLETE), "Success"


def history_type(activity: Activity) -> str:
    """The activity's type as history names it."""
    own = original_type(activity)
    return _TYPES.get(own, own)


def history_row(row: HistoryRow, page: HistoryPage) -> dict[str, Any]:
    """The whole object."""
    decided, at = row.decided, moment(row.at)
    journey = page.versions.get(decided.version_id)
    if row.step is None or journey is None:
        status, client = decided.reason or COMPLETE, "Warning" if decided.reason else "Success"
        words, own = _WORDS.get(decided.reason, decided.reason), _entry()
    else:
        status, client = status_of(row.step)
        words, own = row.step.note, _activity(journey, row.step)
    number = f"/{row.number}" if row.number else ""
    return {
        "id": f"{decided.event_instance_id}/{decided.journey_id}{number}",
        "mid": 0,
        "eid": 0,
        "eventId": decided.event_instance_id,
        "eventName": decided.event_definition_key,
        "definitionId": decided.version_id,
        "definitionName": page.names.get(decided.journey_id, ""),
        "contactKey": decided.contact_key,
        "entrySource": "APIEvent",
        "epochTimeInMilliseconds": int(row.at.timestamp() * 1000),
        "transactionTime": at,
        "createdDate": at,
        "startDate": at,
        "endDate": at,
        "status": status,
        "clientStatus": client,
        "message": words,
        "messageSource": "",
        "definitionInstanceId": decided.membership_id,
        "activityBatchInstanceId": "",
        "sourceType": "APIEvent",
        **own,
        "result": {
            "status": status,
            "outcome": row.step.outcome if row.step else "",
            "messages": [
                {
                    "message": words,
                    "parameters": {},
                    "errorCode": decided.reason if row.step is None else "",
                    "level": client,
                }
            ],
        },
    }


def _entry() -> dict[str, str]:
    return {"activityId": "", "activityType": START, "activityName": "", "outcomeActivityId": ""}


def _activity(journey: Journey, step: PathStep) -> dict[str, str]:
    activity = journey.activities.get(step.activity_key)
    if activity is None:
        return {**_entry(), "activityType": ""}
    following = next((each.next for each in activity.outcomes if each.key == step.outcome), None)
    after = journey.activities.get(following or "")
    return {
        "activityId": activity_id(journey.id, activity),
        "activityType": history_type(activity),
        "activityName": activity.name,
        "outcomeActivityId": activity_id(journey.id, after) if after else "",
    }
