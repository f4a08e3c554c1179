"""`POST .../journeyhistory/search` and `/contactkey`: what journeys decided, row by row (reference, section 4.6)."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from app.api.answer import Answer, refuse
from app.api.call import Call, Route
from app.engine.decision import Reason
from app.exchange.interaction_writer import moment
from app.services.event_log import DecidedRow, DecidedSearch
from app.services.search_history import MOST_ROWS, search_history

COMPLETE = "Complete"
_WORDS = {
    "": "The contact entered the journey.",
    Reason.NOT_PUBLISHED: "The contact was not taken: no version of the journey runs.",
    Reason.CRITERIA_NOT_MET: "The contact did not meet the filter of the entry source.",
    Reason.PREVIOUSLY_IN: "The contact was in the journey before, and it allows no re-entry.",
    Reason.CURRENTLY_IN: "The contact is in the journey, and may enter again only after it has left.",
    Reason.QUEUED: "The journey is paused; it decides about the contact when it goes on.",
}
_OF_STATUS = {COMPLETE.lower(): "", **{reason.value.lower(): reason.value for reason in Reason}}
"""Statuses of rows, in lower case, to the reasons of decisions; admitted has none."""

_OF_CLIENT_STATUS = {"success": frozenset({""}), "warning": frozenset(reason.value for reason in Reason)}


def _search(call: Call) -> Answer:
    body = {name.lower(): value for name, value in call.object().items()}
    return _page(call, body, _wanted(call, body))


def _of_contact(call: Call) -> Answer:
    body = {name.lower(): value for name, value in call.object().items()}
    key = body.get("querystring")
    if not isinstance(key, str) or not key.strip("*"):
        raise refuse(400, 10002, 'The required parameter queryString is missing, for example "NTO-10*".')
    if key.endswith("*"):
        return _page(call, body, DecidedSearch(contact_prefix=key.rstrip("*")))
    return _page(call, body, DecidedSearch(contact_key=key))


def _page(call: Call, body: dict[str, Any], wanted: DecidedSearch) -> Answer:
    page, size = call.page()
    found = search_history(call.workspace, wanted, _texts(body, "definitionids"), (page - 1) * size, size)
    items = [_row(row, found.names.get(row.journey_id, "")) for row in found.rows]
    return Answer(200, {"count": found.total, "page": page, "pageSize": size, "links": {}, "items": items})


def _wanted(call: Call, body: dict[str, Any]) -> DecidedSearch:
    statuses, clients = _texts(body, "statuses"), _texts(body, "clientstatuses")
    reasons: frozenset[str] | None = None
    if statuses:
        # A status that no row has, of the original's many, finds nothing.
        reasons = frozenset(_OF_STATUS[each.lower()] for each in statuses if each.lower() in _OF_STATUS)
    if clients:
        some = frozenset[str]().union(*(_OF_CLIENT_STATUS.get(each.lower(), ()) for each in clients))
        reasons = some if reasons is None else reasons & some
    if _texts(body, "activityids"):
        # The rows are decisions about entering: none of them belongs to an activity.
        reasons = frozenset()
    return DecidedSearch(
        since=_moment(body, "start"),
        until=_moment(body, "end"),
        reasons=reasons,
        newest_first=not call.text("$orderBy").strip().lower().endswith(" asc"),
    )


def _moment(body: dict[str, Any], name: str) -> datetime | None:
    value = body.get(name)
    if value is None or value == "":
        return None
    try:
        read = datetime.fromisoformat(value.strip().replace("Z", "+00:00"))
        return read.astimezone(UTC) if read.tzinfo else read.replace(tzinfo=UTC)
    except (ValueError, AttributeError, OverflowError):
        raise refuse(400, 10003, f"{name} must be a moment, for example 2026-11-01T00:00:00Z.") from None


def _texts(body: dict[str, Any], name: str) -> list[str]:
    value = body.get(name) or []
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise refuse(400, 10001, f"{name} must be a list of texts.")
    return value


def _row(row: DecidedRow, name: str) -> dict[str, Any]:
    status = row.reason or COMPLETE
    at, words = moment(row.at), _WORDS.get(row.reason, row.reason)
    client = "Warning" if row.reason else "Success"
    return {
        "id": f"{row.event_instance_id}/{row.journey_id}",
        "mid": 0,
        "eid": 0,
        "eventId": row.event_instance_id,
        "eventName": row.event_definition_key,
        "definitionId": row.version_id,
        "definitionName": name,
        "contactKey": row.contact_key,
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
        "activityId": "",
        "activityType": "StartActivity",
        "activityName": "",
        "definitionInstanceId": row.membership_id,
        "activityBatchInstanceId": "",
        "outcomeActivityId": "",
        "sourceType": "APIEvent",
        "result": {
            "status": status,
            "outcome": "",
            "messages": [{"message": words, "parameters": {}, "errorCode": row.reason, "level": client}],
        },
    }


_TEXTS = {"type": "array", "items": {"type": "string"}}
_PAGES = {"$page": "Number of the page, from 1.", "$pageSize": "Rows on a page, at most 2500."}
_ANSWERS = {
    200: f"A page of it; count and pages go up to {MOST_ROWS} rows.",
    400: "A number, a moment or a list that is none.",
    404: "There is no such journey or version.",
}
ROUTES = (
    Route(
        "POST",
        "/interaction/v1/interactions/journeyhistory/search",
        "What journeys decided, newest first",
        _search,
        answers=_ANSWERS,
        query={**_PAGES, "$orderBy": "TransactionTime desc (the usual) or TransactionTime asc."},
        body={
            "type": "object",
            "properties": {
                "start": {"type": "string", "description": "From this moment on (ISO 8601)."},
                "end": {"type": "string", "description": "Up to this moment."},
                "definitionIds": {**_TEXTS, "description": "Ids of journeys or of versions; all without it."},
                "activityIds": _TEXTS,
                "statuses": {**_TEXTS, "description": "Complete, DidNotMeetEntryCriteria, ..."},
                "clientStatuses": {**_TEXTS, "description": "Success or Warning."},
            },
        },
        tag="History",
    ),
    Route(
        "POST",
        "/interaction/v1/interactions/journeyhistory/contactkey",
        "What journeys decided about a contact",
        _of_contact,
        answers=_ANSWERS,
        query=_PAGES,
        body={
            "type": "object",
            "required": ["queryString"],
            "properties": {
                "queryString": {"type": "string", "description": "A contact key, or its beginning and a *."},
                "definitionIds": _TEXTS,
            },
        },
        tag="History",
    ),
)
