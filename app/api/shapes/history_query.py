"""The body of a search of history (reference, section 4.6) as what the search asks for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from app.api.answer import refuse
from app.api.shapes.history_row import COMPLETE, START_TYPES, STEP_STATUSES, history_type, status_of
from app.engine.decision import PathStep, Reason
from app.exchange.interaction_writer import activity_id
from app.journey.journey import Journey
from app.services.event_log import DecidedSearch
from app.services.search_history import Fits, HistorySearch

EVERYBODY = "allactivitymembership"
"""The client status by which the original's own pages ask for all."""

_REASONS = {COMPLETE.lower(): "", **{reason.value.lower(): reason.value for reason in Reason}}
"""Statuses of decisions, in lower case, to their reasons; admitted has none."""

_CLIENT_REASONS = {"success": frozenset({""}), "warning": frozenset(reason.value for reason in Reason)}
_TEXTS = {"type": "array", "items": {"type": "string"}}
SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {
        "start": {"type": "string", "description": "From this moment on (ISO 8601)."},
        "end": {"type": "string", "description": "Up to this moment."},
        "definitionIds": {**_TEXTS, "description": "Ids of journeys or of versions; all without it."},
        "activityIds": {**_TEXTS, "description": "Ids of activities, as the journey's JSON has them."},
        "activityTypes": {**_TEXTS, "description": "EMAILV2, WaitActivity, StartInteractionActivity, ..."},
        "contactKeys": _TEXTS,
        "definitionInstanceIds": {**_TEXTS, "description": "Ids of stays."},
        "statuses": {**_TEXTS, "description": "Complete, Waiting, Failed, DidNotMeetEntryCriteria, ..."},
        "clientStatuses": {**_TEXTS, "description": "Success, Waiting, Error or Warning."},
    },
}


def lower(body: Mapping[str, Any]) -> dict[str, Any]:
    """The members by lower-case name."""
    return {name.lower(): value for name, value in body.items()}


def texts(body: Mapping[str, Any], name: str) -> list[str]:
    """A list of texts; empty where there is none. Raises Refusal."""
    value = body.get(name.lower()) or []
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise refuse(400, 10001, f"{name} must be a list of texts.")
    return value


def read_query(body: Mapping[str, Any], *, newest_first: bool) -> HistorySearch:
    """What a body (see `lower`) asks for. Raises Refusal for a moment or a list that is none."""
    statuses, clients = _words(body, "statuses"), _words(body, "clientStatuses") - {EVERYBODY}
    types, ids = _words(body, "activityTypes"), _words(body, "activityIds")
    reasons: frozenset[str] | None = None
    if statuses:
        # A status that no row has, of the original's many, finds nothing.
        reasons = frozenset(_REASONS[each] for each in statuses if each in _REASONS)
    if clients:
        some = frozenset[str]().union(*(_CLIENT_REASONS.get(each, ()) for each in clients))
        reasons = some if reasons is None else reasons & some
    if ids or (types and not types & START_TYPES):
        reasons = frozenset()  # a decision belongs to no activity
    return HistorySearch(
        decided=DecidedSearch(
            since=_moment(body, "start"), until=_moment(body, "end"), reasons=reasons, newest_first=newest_first
        ),
        contacts=frozenset(texts(body, "contactKeys")),
        stays=_words(body, "definitionInstanceIds"),
        fits=_fits(statuses, clients, types, ids),
    )


def _fits(statuses: frozenset[str], clients: frozenset[str], types: frozenset[str], ids: frozenset[str]) -> Fits | None:
    """The question asked of each step; None where no step can be meant."""
    if (statuses and not statuses & STEP_STATUSES) or (types and types <= START_TYPES):
        return None
    if clients and clients <= {"warning"}:
        return None

    def fits(journey: Journey, step: PathStep) -> bool:
        status, client = status_of(step)
        if (statuses and status.lower() not in statuses) or (clients and client.lower() not in clients):
            return False
        if not types and not ids:
            return True
        activity = journey.activities.get(step.activity_key)
        if activity is None:
            return False
        named = not types or history_type(activity).lower() in types
        return named and (not ids or activity_id(journey.id, activity).lower() in ids)

    return fits


def _words(body: Mapping[str, Any], name: str) -> frozenset[str]:
    return frozenset(each.lower() for each in texts(body, name))


def _moment(body: Mapping[str, Any], name: str) -> datetime | None:
    value = body.get(name)
    if value is None or value == "":
        return None
    try:
        read = datetime.fromisoformat(value.strip().replace("Z", "+00:00"))
        return read.astimezone(UTC) if read.tzinfo else read.replace(tzinfo=UTC)
    except (ValueError, AttributeError, OverflowError):
        raise refuse(400, 10003, f"{name} must be a moment, for example 2026-11-01T00:00:00Z.") from None
