"""What became of an event, in Switchback's own JSON."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from app.engine.decision import JourneyDecision, PathStep
from app.kernel.errors import Problem
from app.services.views import EventLine, FireResult, Stay, Whereabouts


def result_json(result: FireResult) -> dict[str, Any]:
    """An event with each journey's decision, its trace and the contact's path."""
    return {
        "eventInstanceId": result.instance_id,
        "contactKey": result.contact_key,
        "eventDefinitionKey": result.event_definition_key,
        "receivedAt": utc(result.received_at),
        "tookMs": round(result.took_ms, 3),
        "outcome": result.outcome,
        "row": result.row,
        "warnings": [_problem(each) for each in result.warnings],
        "decisions": [_decision(each) for each in result.decisions],
    }


def line_json(line: EventLine) -> dict[str, Any]:
    """One line of the event log."""
    return {
        "eventInstanceId": line.id,
        "at": utc(line.at),
        "contactKey": line.contact_key,
        "eventDefinitionKey": line.event_definition_key,
        "event": line.event_name,
        "origin": line.origin,
        "outcome": line.outcome,
        "why": line.why,
        "status": line.status,
        "tookMs": round(line.took_ms, 3),
        "test": line.test,
    }


def whereabouts_json(found: Whereabouts) -> dict[str, Any]:
    """Where a contact is."""
    return {"contactKey": found.contact_key, "status": found.status, "stays": [_stay(each) for each in found.stays]}


def utc(at: datetime | None) -> str | None:
    """A moment in UTC (ISO 8601), or null."""
    return at.isoformat().replace("+00:00", "Z") if at else None


def _decision(decision: JourneyDecision) -> dict[str, Any]:
    return {
        "journeyId": decision.journey_id,
        "journey": decision.journey_name,
        "version": decision.version,
        "versionId": decision.version_id,
        "admitted": decision.admitted,
        "reason": decision.reason,
        "sentence": decision.sentence,
        "remedy": decision.remedy,
        "remedyValues": dict(decision.remedy_values),
        "trace": [
            {"name": step.name, "ok": step.ok, "sentence": step.sentence, "detail": step.detail}
            for step in decision.trace
        ],
        "path": [_step(step) for step in decision.path],
    }


def _step(step: PathStep) -> dict[str, Any]:
    return {
        "activity": step.activity_key,
        "outcome": step.outcome,
        "state": step.state,
        "note": step.note,
        "at": utc(step.at),
        "until": utc(step.until),
    }


def _stay(stay: Stay) -> dict[str, Any]:
    return {
        "journeyId": stay.journey_id,
        "journey": stay.journey_name,
        "version": stay.version,
        "state": stay.state,
        "activity": stay.activity_key,
        "activityName": stay.activity_name,
        "enteredAt": utc(stay.entered_at),
        "until": utc(stay.until),
        "endedAt": utc(stay.ended_at),
        "test": stay.test,
        "path": [_step(step) for step in stay.path],
    }


def _problem(problem: Problem) -> dict[str, str]:
    return {"code": problem.code, "message": problem.message, "where": problem.where, "hint": problem.hint}
