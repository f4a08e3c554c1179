"""The event log: accepted events and refused calls, newest first, each with its reason in one sentence."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from app.engine.contract import NOT_FOUND, FireError, say_again, unknown_event
from app.kernel.errors import NotFound
from app.kernel.said import listed, said, sentences
from app.services.event_log import StoredEvent
from app.services.explain_event import explain_decision
from app.services.ports import UnitOfWork
from app.services.refused_call import RefusedCall, TokenFault
from app.services.stored_versions import StoredVersions
from app.services.views import EventLine, FireResult
from app.services.workspace import Workspace

_FAULTS: Mapping[str, str] = {
    TokenFault.MISSING: said("The call has no token. Ask /v2/token for one, and send it as Authorization: Bearer."),
    TokenFault.WRONG: said("The token is none of this workspace's. Ask /v2/token for one here."),
    TokenFault.EXPIRED: said("The token is older than 18 minutes. Ask /v2/token for a new one."),
    TokenFault.REVOKED: said("The token's client pair was revoked. Use another pair."),
}
NOBODY = said("No journey listens to this event. The row was stored.")


def recent_events(
    ws: Workspace,
    limit: int = 200,
    search: str = "",
    journey_id: str | None = None,
    *,
    memory: dict[str, EventLine] | None = None,
    reasons: bool = True,
) -> tuple[EventLine, ...]:
    """At most `limit` lines: those with `search` in the contact key or the event definition key, and of the newest
    `limit` also those with it in the event's name or in the reason.

    With `journey_id`: events that this journey decided about, and refused calls unless they name the key of another
    event. (A refused call reached no journey; one with a mistyped key or a wrong token is looked for where its event
    is.)

    `memory` is for who asks again and again: it is filled with the lines of the events that were looked at, which are
    not explained a second time. Without `reasons` nothing is explained, and `why` of an event is empty.
    """
    with ws.unit_of_work(writes=False) as work:
        log, versions = work.log, StoredVersions(work)
        own = _event_of(work, journey_id)
        events = {each.id: each for each in log.newest(limit, search, journey_id)}
        if search:
            events.update((each.id, each) for each in log.newest(limit, "", journey_id))
        keys = {each.id: each.key for each in work.events.all()}
        names = {each.id: each.name for each in work.events.all()}
        journeys = work.journeys.names()
        known = memory or {}
        lines = []
        for event in events.values():
            name = names.get(event.event_definition_id, "")
            line = _again(known.get(event.id), event, name)
            lines.append(line or _line(event, name, _why(work, versions, event, journeys) if reasons else ""))
        if memory is not None:
            memory.clear()
            memory.update((line.id, line) for line in lines)
        others = {key for ident, key in keys.items() if journey_id is not None and ident != own}
        taken = list(keys.values())
        lines.extend(_refused(call, taken) for call in log.refused(limit) if call.event_definition_key not in others)
    found = [line for line in lines if _has(line, search)]
    found.sort(key=lambda line: (line.at, line.id), reverse=True)
    return tuple(found[:limit])


def refused_result(line: EventLine) -> FireResult:
    """The answer that a refused call got, as far as the log keeps it; the line has an `error`."""
    return FireResult(
        instance_id=line.id,
        contact_key=line.contact_key,
        event_definition_key=line.event_definition_key,
        outcome="error",
        error=line.error,
        received_at=line.at,
    )


def _event_of(work: UnitOfWork, journey_id: str | None) -> str | None:
    """The event definition that the journey's newest version listens to."""
    if journey_id is None:
        return None
    try:
        entry = work.journeys.version(journey_id).journey.entry
    except NotFound:
        return None
    return entry.event_definition_id if entry else None


def _again(line: EventLine | None, event: StoredEvent, name: str) -> EventLine | None:
    """The line as it was, if nothing of it can have changed: a decision that was put off comes later."""
    same = line is not None and (line.outcome, line.reason, line.event_name) == (event.outcome, _reason(event), name)
    return line if same else None


def _reason(event: StoredEvent) -> str:
    return next((str(each.reason) for each in event.decisions if not each.admitted), "")


def _why(work: UnitOfWork, versions: StoredVersions, event: StoredEvent, journeys: Mapping[str, str]) -> str:
    refused = next((each for each in event.decisions if not each.admitted), None)
    if event.outcome == "admitted":
        admitted = [journeys.get(each.journey_id, "") for each in event.decisions if each.admitted]
        names = listed(filter(None, admitted))
        return said("Entered {journeys}.", journeys=names) if names else said("Admitted.")
    if refused is None:
        return NOBODY
    explained = explain_decision(work, versions, event, refused, None)
    return explained.sentence if explained else refused.reason


def _line(event: StoredEvent, name: str, why: str) -> EventLine:
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
        reason=_reason(event),
    )


def _refused(call: RefusedCall, known: Collection[str]) -> EventLine:
    """The hints of a refusal quote what was sent and are not kept; what to do is said anew."""
    hint = ""
    faults = [_FAULTS[each.code] for each in call.problems if each.code in _FAULTS]
    if faults:
        hint = faults[0]
    elif call.errorcode == NOT_FOUND and call.event_definition_key not in known:
        hint = unknown_event(call.event_definition_key, known).hint
    message = say_again(call.message, call.contact_key, call.event_definition_key)
    told = tuple(each for each in call.problems if each.code not in _FAULTS)
    columns = sentences(*(problem.message for problem in told))
    return EventLine(
        id=call.id,
        at=call.at,
        contact_key=call.contact_key,
        event_definition_key=call.event_definition_key,
        event_name="",
        origin=call.origin,
        outcome="error",
        why=sentences(columns or _sentence(message), hint),
        status=call.status,
        took_ms=0.0,
        error=FireError(call.status, call.errorcode, message, told, hint),
    )


def _sentence(text: str) -> str:
    """The original's messages end without a full stop where another sentence may follow."""
    return text if text.endswith((".", "!", "?")) else said("{sentence}.", sentence=text)


def _has(line: EventLine, search: str) -> bool:
    wanted = search.casefold()
    texts = (line.contact_key, line.event_definition_key, line.event_name, line.why, str(line.status))
    return any(wanted in text.casefold() for text in texts)
