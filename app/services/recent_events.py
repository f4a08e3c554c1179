"""The event log: accepted events and refused calls, newest first, each with its reason in one sentence."""

from __future__ import annotations

from collections.abc import Mapping

from app.services.event_log import StoredEvent
from app.services.explain_event import explain_decision
from app.services.ports import UnitOfWork
from app.services.refused_call import RefusedCall
from app.services.stored_versions import StoredVersions
from app.services.views import EventLine
from app.services.workspace import Workspace

NOBODY = "No journey listens to this event. The row was stored."


def recent_events(
    ws: Workspace, limit: int = 200, search: str = "", journey_id: str | None = None
) -> tuple[EventLine, ...]:
    """At most `limit` lines: those with `search` in the contact key or the event definition key, and with
    `journey_id` those that this journey decided about (a refused call reached no journey)."""
    with ws.unit_of_work(writes=False) as work:
        versions = StoredVersions(work)
        names = {each.id: each.name for each in work.events.all()}
        journeys = work.journeys.names()
        events = work.log.newest(limit, search, journey_id)
        lines = [_line(work, versions, event, names.get(event.event_definition_id, ""), journeys) for event in events]
        if journey_id is None:
            lines.extend(_refused(call) for call in work.log.refused(limit) if _has(call, search))
    lines.sort(key=lambda line: (line.at, line.id), reverse=True)
    return tuple(lines[:limit])


def _line(
    work: UnitOfWork, versions: StoredVersions, event: StoredEvent, name: str, journeys: Mapping[str, str]
) -> EventLine:
    refused = next((each for each in event.decisions if not each.admitted), None)
    why = NOBODY
    if event.outcome == "admitted":
        admitted = [journeys.get(each.journey_id, "") for each in event.decisions if each.admitted]
        why = f"Entered {', '.join(filter(None, admitted))}." if any(admitted) else "Admitted."
    elif refused is not None:
        explained = explain_decision(work, versions, event, refused, None)
        why = explained.sentence if explained else refused.reason
    return EventLine(
        id=event.id,
        at=event.received_at,
        contact_key=event.contact_key,
        event_definition_key=event.event_definition_key,
        event_name=name,
        origin=event.origin,
        outcome=event.outcome,
        why=why,
        status=201,
        took_ms=event.took_ms,
        journeys=tuple(each.journey_id for each in event.decisions),
        test=event.test,
    )


def _refused(call: RefusedCall) -> EventLine:
    columns = " ".join(problem.message for problem in call.problems)
    return EventLine(
        id=call.id,
        at=call.at,
        contact_key=call.contact_key,
        event_definition_key=call.event_definition_key,
        event_name="",
        origin=call.origin,
        outcome="error",
        why=columns or call.message,
        status=call.status,
        took_ms=0.0,
    )


def _has(call: RefusedCall, search: str) -> bool:
    wanted = search.casefold()
    return wanted in call.contact_key.casefold() or wanted in call.event_definition_key.casefold()
