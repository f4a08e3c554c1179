"""Writes what a batch of events became: events, decisions, stays, messages, contacts, refused calls."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, Table, insert

from app.data_extensions.data_extension import DataExtension, Value
from app.data_extensions.kinds import KINDS
from app.engine.facts import Decided, Fired
from app.engine.walk import Stretch
from app.journey.step import Message
from app.kernel.ids import new_guid
from app.services.refused_call import refused_call
from app.storage.moments import to_micros
from app.storage.occupancies import count_entries
from app.storage.refused_calls import add_refused
from app.storage.statements import insert_into
from app.storage.tables import contact, decision, event_instance, membership, segment, sent

Row = dict[str, Any]


def write_history(connection: Connection, batch: Sequence[Fired], rows: Mapping[str, int]) -> None:
    """Write it all, a statement for each table. `rows` gives the id of the row that an event brought."""
    accepted = [fired for fired in batch if fired.error is None]
    entries = [(fired, each) for fired in accepted for each in fired.decisions if each.stretch is not None]
    data = {fired.event.instance_id: to_json(stored_values(fired)) for fired in accepted}
    _insert(connection, event_instance, [_event_row(fired, data, rows) for fired in accepted])
    _insert(connection, decision, [_decision_row(fired, each) for fired in accepted for each in fired.decisions])
    _add_contacts(connection, entries)
    _insert(connection, membership, [_membership_row(fired, each, data) for fired, each in entries])
    _insert(connection, segment, [_segment_row(each, fired) for fired, each in entries])
    _insert(connection, sent, [row for fired, each in entries for row in _sent_rows(fired, each)])
    count_entries(
        connection,
        (((each.version.journey.id, fired.event.contact_key), 1, int(_waits(each.stretch))) for fired, each in entries),
    )
    add_refused(connection, [refused_call(fired) for fired in batch if fired.error is not None])


def stored_values(fired: Fired) -> dict[str, int | str]:
    """The event's values in stored form, by field id; what has no value is left out."""
    schema = fired.listening.data_extension if fired.listening else None
    return stored(fired.values, schema) if schema else {}


def stored(values: Mapping[str, Value], schema: DataExtension) -> dict[str, int | str]:
    """Values of a schema in stored form."""
    found: dict[str, int | str] = {}
    for field in schema.fields:
        value = values.get(field.id)
        if value is not None:
            form = KINDS[field.kind].store(value, field)
            if form is not None:
                found[field.id] = form
    return found


def to_json(value: object) -> str:
    """JSON text of plain values and of our own value classes."""
    return msgspec.json.encode(value).decode()


def segment_row(membership_id: str, number: int, at: int, stretch: Stretch) -> Row:
    """One stretch of a contact's way. A step is `[tile, outcome, state, note]`, a wait with its end as fifth."""
    steps = [
        [step.activity_key, step.outcome, step.state, step.note, *([to_micros(step.until)] if step.until else [])]
        for step in stretch.steps
    ]
    return {"membership_id": membership_id, "number": number, "at": at, "steps": to_json(steps)}


def sent_rows(
    stretch: Stretch,
    at: int,
    contact_key: str,
    journey_id: str,
    version_id: str,
    membership_id: str,
    *,
    test: bool,
    names: Mapping[str, str],
) -> list[Row]:
    """The messages of a stretch; `names` gives the tiles' names by key."""
    return [
        {
            "id": new_guid(),
            "at": at,
            "channel": effect.channel,
            "contact_key": contact_key,
            "address": effect.to,
            "journey_id": journey_id,
            "version_id": version_id,
            "membership_id": membership_id,
            "activity_key": activity,
            "activity_name": names[activity],
            "test": test,
            "subject": effect.subject,
            "body": effect.body,
        }
        for activity, effect in stretch.effects
        if isinstance(effect, Message)
    ]


def state_of(stretch: Stretch) -> str:
    """The state of a stay after that stretch."""
    if stretch.fault:
        return "stopped"
    return "waiting" if _waits(stretch) else "ended"


def _waits(stretch: Stretch | None) -> bool:
    return stretch is not None and stretch.wait_until is not None


def _insert(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    if rows:
        connection.execute(insert(table), rows)


def _event_row(fired: Fired, data: Mapping[str, str], rows: Mapping[str, int]) -> Row:
    event = fired.event
    assert fired.listening is not None
    return {
        "id": event.instance_id,
        "received_at": to_micros(fired.received_at),
        "contact_key": event.contact_key,
        "event_definition_id": fired.listening.event.id,
        "event_definition_key": fired.listening.event.key,
        "origin": event.origin.value,
        "outcome": fired.outcome,
        "test": event.test,
        "took_us": int(fired.took_ms * 1000),
        "row_id": rows.get(event.instance_id),
        "data": data[event.instance_id],
        "warnings": to_json(fired.warnings) if fired.warnings else None,
    }


def _decision_row(fired: Fired, decided: Decided) -> Row:
    return {
        "journey_id": decided.version.journey.id,
        "event_instance_id": fired.event.instance_id,
        "version_id": decided.version.version_id,
        "at": to_micros(fired.received_at),
        "admitted": decided.reason is None,
        "reason": "" if decided.reason is None else decided.reason.value,
        "membership_id": decided.membership_id or None,
        "facts": to_json(_facts(decided)),
    }


def _facts(decided: Decided) -> Row:
    """What the trace is derived from, beyond the event's own values: the version's status, what the journey
    remembered, and the linked rows as the filter saw them."""
    facts: Row = {"status": decided.version.status.value}
    if decided.history.entered or decided.history.inside:
        facts["entered"], facts["inside"] = decided.history.entered, decided.history.inside
    linked: dict[str, int | str] = {}
    for home in decided.version.linked:
        linked.update(stored(decided.record, home))
    if linked:
        facts["linked"] = linked
    return facts


def _add_contacts(connection: Connection, entries: Iterable[tuple[Fired, Decided]]) -> None:
    """A contact that nobody knows is made when it enters (reference, 2.3)."""
    rows = {
        fired.event.contact_key: {
            "key": fired.event.contact_key,
            "status": "Active",
            "created_at": to_micros(fired.received_at),
            "test": fired.event.test,
        }
        for fired, _ in entries
    }
    if rows:
        statement = insert_into(connection, contact).on_conflict_do_nothing()
        connection.execute(statement, [rows[key] for key in sorted(rows)])


def _membership_row(fired: Fired, decided: Decided, data: Mapping[str, str]) -> Row:
    stretch = decided.stretch
    assert stretch is not None
    at = to_micros(fired.received_at)
    return {
        "id": decided.membership_id,
        "journey_id": decided.version.journey.id,
        "version_id": decided.version.version_id,
        "contact_key": fired.event.contact_key,
        "event_instance_id": fired.event.instance_id,
        "entered_at": at,
        "state": state_of(stretch),
        "activity_key": stretch.activity,
        "outcome": stretch.outcome,
        "due_at": to_micros(stretch.wait_until),
        "ended_at": None if _waits(stretch) else at,
        "test": fired.event.test,
        "segments": 1,
        "record": data[fired.event.instance_id],
    }


def _segment_row(decided: Decided, fired: Fired) -> Row:
    assert decided.stretch is not None
    return segment_row(decided.membership_id, 0, to_micros(fired.received_at), decided.stretch)


def _sent_rows(fired: Fired, decided: Decided) -> list[Row]:
    assert decided.stretch is not None
    return sent_rows(
        decided.stretch,
        to_micros(fired.received_at),
        fired.event.contact_key,
        decided.version.journey.id,
        decided.version.version_id,
        decided.membership_id,
        test=fired.event.test,
        names={key: activity.name for key, activity in decided.version.journey.activities.items()},
    )
