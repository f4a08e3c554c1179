"""Why did, or didn't, the contact enter? Derived again from what was stored with the event."""

from __future__ import annotations

from dataclasses import replace

from app.data_extensions.kinds import KINDS
from app.engine.admit import History
from app.engine.decision import JourneyDecision, Reason
from app.engine.facts import Decided
from app.engine.trace import describe
from app.journey.journey import Status
from app.kernel.errors import NotFound
from app.kernel.said import said
from app.services.event_log import StoredDecision, StoredEvent, StoredStay
from app.services.ports import UnitOfWork
from app.services.stored_versions import StoredVersions, load
from app.services.views import FireResult
from app.services.workspace import Workspace


def explain_event(ws: Workspace, instance_id: str) -> FireResult:
    """The result of an accepted event as it was, with each journey's trace and the contact's path until now.

    Raises NotFound for an event that was refused by the contract, was cleared, or never was.
    """
    with ws.unit_of_work(writes=False) as work:
        event = work.log.event(instance_id)
        if event is None:
            raise NotFound(said("There is no such event; a test may have been cleared."), where=instance_id)
        versions = StoredVersions(work)
        stays = work.log.stays([each.membership_id for each in event.decisions if each.membership_id])
        decisions = tuple(
            decision
            for each in event.decisions
            if (decision := explain_decision(work, versions, event, each, stays.get(each.membership_id or "")))
        )
        return FireResult(
            instance_id=event.id,
            contact_key=event.contact_key,
            event_definition_key=event.event_definition_key,
            outcome=event.outcome,
            decisions=decisions,
            warnings=event.warnings,
            row=_row(versions, work, event),
            received_at=event.received_at,
            took_ms=event.took_ms,
        )


def explain_decision(
    work: UnitOfWork, versions: StoredVersions, event: StoredEvent, decision: StoredDecision, stay: StoredStay | None
) -> JourneyDecision | None:
    """One journey's decision with its trace; None when the journey's version is gone."""
    version = versions.get(decision.version_id)
    if version is None:
        return None
    facts = decision.facts
    record = load({**facts.get("linked", {}), **event.data}, version.catalog.event, *version.linked)
    history = History(facts.get("entered", 0), facts.get("inside", 0))
    reason = Reason(decision.reason) if decision.reason else None
    if reason in (Reason.PREVIOUSLY_IN, Reason.CURRENTLY_IN):
        pair = (decision.journey_id, event.contact_key)
        last = work.log.last_entries([pair], event.received_at).get(pair)
        if last:
            history = replace(history, last_entered_at=last[0], last_version=last[1])
    then = replace(version, status=Status(facts.get("status", version.status.value)))
    path = stay.path if stay else ()
    return describe(Decided(then, reason, record, history), event.contact_key, event.received_at, path)


def _row(versions: StoredVersions, work: UnitOfWork, event: StoredEvent) -> dict[str, object] | None:
    """The row that the event brought, by column name."""
    definition = next((each for each in work.events.all() if each.id == event.event_definition_id), None)
    schema = versions.schemas().get(definition.data_extension_id or "") if definition else None
    if schema is None:
        return None
    values = load(event.data, schema)
    return {
        field.name: KINDS[field.kind].to_json(values[field.id], field) if field.id in values else None
        for field in schema.fields
    }
