"""Fire one event: the use case behind the API call, the test panel and the command line."""

from __future__ import annotations

from dataclasses import replace

from app.data_extensions.kinds import KINDS
from app.engine.decision import JourneyDecision, Reason
from app.engine.facts import Decided, Fired
from app.engine.trace import describe
from app.events.fire_event import FireEvent
from app.services.views import FireResult
from app.services.workspace import Workspace


def fire_event(ws: Workspace, event: FireEvent) -> FireResult:
    """Decide and (unless it is a dry run) write; waits for the commit.

    Raises a WorkspaceError where the environment is in the way. A call that the contract refuses is no exception:
    its result has `error`.
    """
    return explain_fired(ws, ws.submit(event).result())


def explain_fired(ws: Workspace, fired: Fired) -> FireResult:
    """The result of an event, each decision with its trace."""
    schema = fired.listening.data_extension if fired.listening else None
    row = None
    if schema is not None and fired.error is None:
        row = {
            field.name: None if value is None else KINDS[field.kind].to_json(value, field)
            for field in schema.fields
            for value in (fired.values.get(field.id),)
        }
    return FireResult(
        instance_id=fired.answer_id,
        contact_key=fired.event.contact_key,
        event_definition_key=fired.listening.event.key if fired.listening else fired.event.event_definition_key,
        outcome=fired.outcome,
        decisions=tuple(_explain(ws, fired, decided) for decided in fired.decisions),
        warnings=fired.warnings,
        error=fired.error,
        row=row,
        dry_run=fired.event.dry_run,
        received_at=fired.received_at,
        took_ms=fired.took_ms,
    )


def _explain(ws: Workspace, fired: Fired, decided: Decided) -> JourneyDecision:
    contact = fired.event.contact_key
    if decided.reason in (Reason.PREVIOUSLY_IN, Reason.CURRENTLY_IN):
        with ws.unit_of_work(writes=False) as work:
            pair = (decided.version.journey.id, contact)
            last = work.log.last_entries([pair], fired.received_at).get(pair)
        if last:
            decided = replace(decided, history=replace(decided.history, last_entered_at=last[0], last_version=last[1]))
    return describe(decided, contact, fired.received_at, dry_run=fired.event.dry_run)
