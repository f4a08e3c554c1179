"""Writes what a batch of events became: events, decisions, stays, messages, contacts, refused calls."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, bindparam, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.elements import ClauseElement

from app.data_extensions.data_extension import DataExtension, Value
from app.data_extensions.kinds import KINDS
from app.engine.decision import PathStep
from app.engine.facts import Decided, Fired
from app.engine.walk import Stretch
from app.journey.journey import Activity
from app.journey.step import Call, Effect, Message
from app.kernel.ids import new_guid
from app.kernel.said import Said, bare, beside, from_parts
from app.storage.engagement import add_met
from app.storage.event_rows import StoredRow
from app.storage.moments import from_micros, to_micros
from app.storage.occupancies import count_entries
from app.storage.prepared import Prepared, prepared_insert
from app.storage.problems import problems_to_json
from app.storage.repositories.calls import add_calls
from app.storage.tables import contact, decision, event_instance, membership, segment, sent

Row = tuple[Any, ...]

_EVENTS = prepared_insert(
    event_instance,
    (
        "id", "received_at", "contact_key", "event_definition_id", "event_definition_key", "origin", "outcome", "test",
        "took_us", "row_id", "data", "warnings",
    ),
)  # fmt: skip
_DECISIONS = prepared_insert(
    decision,
    ("journey_id", "event_instance_id", "version_id", "at", "admitted", "reason", "membership_id", "facts"),
)
_CONTACT = ("key", "status", "created_at", "test")
_CONTACTS = Prepared(lambda dialect: _contact_insert(dialect), _CONTACT)
_STAYS = prepared_insert(
    membership,
    (
        "id", "journey_id", "version_id", "contact_key", "event_instance_id", "entered_at", "state", "activity_key",
        "outcome", "due_at", "ended_at", "test", "segments", "record",
    ),
)  # fmt: skip
_DECIDE_AGAIN = Prepared(
    lambda _dialect: (
        update(decision)
        .where(decision.c.journey_id == bindparam("journey"), decision.c.event_instance_id == bindparam("event"))
        .values({name: bindparam(f"new_{name}") for name in ("admitted", "reason", "membership_id", "facts")})
    ),
    ("new_admitted", "new_reason", "new_membership_id", "new_facts", "journey", "event"),
)
_ADMITTED = Prepared(
    lambda _dialect: (
        update(event_instance)
        .where(event_instance.c.id == bindparam("event"))
        .values({"outcome": bindparam("new_outcome")})
    ),
    ("new_outcome", "event"),
)
SEGMENTS = prepared_insert(segment, ("membership_id", "number", "at", "steps"))
SENT = prepared_insert(
    sent,
    (
        "id", "at", "channel", "contact_key", "address", "journey_id", "version_id", "membership_id", "activity_key",
        "activity_name", "test", "subject", "body",
    ),
)  # fmt: skip


def write_history(connection: Connection, accepted: Sequence[Fired], rows: Mapping[str, StoredRow]) -> None:
    """Write it all, a statement for each table. `rows` gives the row that an event brought."""
    data = {fired.event.instance_id: to_json(_stored(fired, rows)) for fired in accepted}
    _EVENTS.run_many(connection, [_event_row(fired, data, rows) for fired in accepted])
    _DECISIONS.run_many(connection, [_decision_row(fired, each) for fired in accepted for each in fired.decisions])
    _write_entries(connection, accepted, data)


def decide_again(connection: Connection, released: Sequence[Fired]) -> None:
    """Write the decisions that a paused journey had put off, and who entered. The events are there already."""
    data = {fired.event.instance_id: to_json(stored_values(fired)) for fired in released}
    _DECIDE_AGAIN.run_many(
        connection,
        [
            (
                each.reason is None,
                _reason(each),
                each.membership_id or None,
                to_json(_facts(fired, each)),
                *_of(fired, each),
            )
            for fired in released
            for each in fired.decisions
        ],
    )
    _ADMITTED.run_many(
        connection, [("admitted", fired.event.instance_id) for fired in released if fired.outcome == "admitted"]
    )
    _write_entries(connection, released, data)


def _write_entries(connection: Connection, accepted: Sequence[Fired], data: Mapping[str, str]) -> None:
    """Contacts, stays, paths, messages and counts of those who entered."""
    entries = [(fired, each) for fired in accepted for each in fired.decisions if each.stretch is not None]
    _add_contacts(connection, entries)
    _STAYS.run_many(connection, [_membership_row(fired, each, data) for fired, each in entries])
    SEGMENTS.run_many(connection, [_segment_row(each, fired) for fired, each in entries])
    SENT.run_many(connection, [row for fired, each in entries for row in _sent_rows(fired, each)])
    walked = [(fired, each, each.stretch) for fired, each in entries if each.stretch is not None]
    add_met(
        connection,
        ((each.membership_id, each.version.journey.id, fired.received_at, way) for fired, each, way in walked),
    )
    add_calls(
        connection,
        ((each.membership_id, fired.received_at, fired.event.test, way) for fired, each, way in walked),
    )
    count_entries(
        connection,
        (((each.version.journey.id, fired.event.contact_key), 1, int(_waits(each.stretch))) for fired, each in entries),
    )


def _reason(decided: Decided) -> str:
    return "" if decided.reason is None else decided.reason.value


def _of(fired: Fired, decided: Decided) -> tuple[str, str]:
    return decided.version.journey.id, fired.event.instance_id


def _stored(fired: Fired, rows: Mapping[str, StoredRow]) -> Mapping[str, Any]:
    row = rows.get(fired.event.instance_id)
    return row.values if row else stored_values(fired)


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


_ENCODER = msgspec.json.Encoder(enc_hook=bare)


def to_json(value: object) -> str:
    """JSON text of plain values and of our own value classes."""
    return _ENCODER.encode(value).decode()


def segment_row(membership_id: str, number: int, at: int, stretch: Stretch) -> Row:
    """One stretch of a contact's way. A step is `[tile, outcome, state, note]`, a wait with its end as fifth; sixth is
    what the note was made of, where a window can say it in another language."""
    return (membership_id, number, at, to_json([_step(step) for step in stretch.steps]))


def _step(step: PathStep) -> list[object]:
    known: list[object] = [step.activity_key, step.outcome, step.state, str(step.note)]
    until = to_micros(step.until) if step.until else None
    if isinstance(step.note, Said):
        return [*known, until, beside(step.note)]
    return [*known, until] if until else known


def read_step(stored: Sequence[Any], at: datetime) -> PathStep:
    """A step as `segment_row` wrote it; `at` is the moment of its stretch."""
    activity, outcome, state, note, *more = stored
    if len(more) > 1:
        note = from_parts({"text": note, **more[1]})
    return PathStep(activity, outcome, state, note, at, from_micros(more[0]) if more else None)


def sent_rows(
    stretch: Stretch,
    at: int,
    contact_key: str,
    journey_id: str,
    version_id: str,
    membership_id: str,
    *,
    test: bool,
    tiles: Mapping[str, Activity],
) -> list[Row]:
    """The messages of a stretch; `tiles` are the journey's."""
    return [
        (
            new_guid(),
            at,
            channel,
            contact_key,
            to,
            journey_id,
            version_id,
            membership_id,
            activity,
            tiles[activity].name,
            test,
            subject,
            body,
        )
        for activity, effect in stretch.effects
        for channel, to, subject, body in _said(effect)
    ]


def _said(effect: Effect) -> Iterator[tuple[str, str, str, str]]:
    """Channel, address, subject and body of what goes to the Sent list: of a call its URL, verb and body."""
    if isinstance(effect, Message):
        yield effect.channel, effect.to, effect.subject, effect.body
    elif isinstance(effect, Call):
        yield "rest", effect.request.url, effect.request.verb, effect.request.body


def state_of(stretch: Stretch) -> str:
    """The state of a stay after that stretch."""
    if stretch.fault:
        return "stopped"
    return "waiting" if _waits(stretch) else "ended"


def _waits(stretch: Stretch | None) -> bool:
    return stretch is not None and stretch.wait_until is not None


def _event_row(fired: Fired, data: Mapping[str, str], rows: Mapping[str, StoredRow]) -> Row:
    event = fired.event
    row = rows.get(event.instance_id)
    assert fired.listening is not None
    return (
        event.instance_id,
        to_micros(fired.received_at),
        event.contact_key,
        fired.listening.event.id,
        fired.listening.event.key,
        event.origin.value,
        fired.outcome,
        event.test,
        int(fired.took_ms * 1000),
        row.row_id if row else None,
        data[event.instance_id],
        problems_to_json(fired.warnings) if fired.warnings else None,
    )


def _decision_row(fired: Fired, decided: Decided) -> Row:
    return (
        decided.version.journey.id,
        fired.event.instance_id,
        decided.version.version_id,
        to_micros(fired.received_at),
        decided.reason is None,
        _reason(decided),
        decided.membership_id or None,
        to_json(_facts(fired, decided)),
    )


def _facts(fired: Fired, decided: Decided) -> dict[str, Any]:
    """What the trace is derived from, beyond the event's own values: the version's status, what the journey
    remembered, and the linked rows as the filter saw them."""
    facts: dict[str, Any] = {"status": decided.version.status.value}
    if decided.history.entered or decided.history.inside:
        facts["entered"], facts["inside"] = decided.history.entered, decided.history.inside
    own = fired.listening.event.data_extension_id if fired.listening else None
    linked: dict[str, int | str] = {}
    for home in decided.version.linked:
        # Of the event's own data extension the filter saw what came with the event.
        if home.id != own:
            linked.update(stored(decided.record, home))
    if linked:
        facts["linked"] = linked
    return facts


def _add_contacts(connection: Connection, entries: Iterable[tuple[Fired, Decided]]) -> None:
    """A contact that nobody knows is made when it enters (reference, 2.3)."""
    rows = {
        fired.event.contact_key: (fired.event.contact_key, "Active", to_micros(fired.received_at), fired.event.test)
        for fired, _ in entries
    }
    _CONTACTS.run_many(connection, [rows[key] for key in sorted(rows)])


def _contact_insert(dialect: str) -> ClauseElement:
    table = postgresql.insert(contact) if dialect == "postgresql" else sqlite.insert(contact)
    return table.values({name: bindparam(name) for name in _CONTACT}).on_conflict_do_nothing()


def _membership_row(fired: Fired, decided: Decided, data: Mapping[str, str]) -> Row:
    stretch = decided.stretch
    assert stretch is not None
    at = to_micros(fired.received_at)
    return (
        decided.membership_id,
        decided.version.journey.id,
        decided.version.version_id,
        fired.event.contact_key,
        fired.event.instance_id,
        at,
        state_of(stretch),
        stretch.activity,
        stretch.outcome,
        to_micros(stretch.wait_until),
        None if _waits(stretch) else at,
        fired.event.test,
        1,
        data[fired.event.instance_id],
    )


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
        tiles=decided.version.journey.activities,
    )
