"""Leads stays on, ends them, records what contacts did, and clears what tests left."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, func, or_, select, text, update

from app.data_extensions.data_extension import DataExtension, Value
from app.engine.admit import History
from app.engine.decision import Reason
from app.engine.facts import Fired
from app.journey.journey import Status
from app.journey.step import Write
from app.services.admission import Pair
from app.services.event_log import StoredDecision, StoredEvent, StoredStay
from app.services.refused_call import RefusedCall
from app.services.stays import Advanced
from app.storage.clear_tests import clear_tests
from app.storage.contacts import read_statuses
from app.storage.engagement import add_met, mark, read_engaged, read_met
from app.storage.event_rows import LinkedWrite, RowTables
from app.storage.history_rows import SEGMENTS, SENT, decide_again, segment_row, sent_rows, state_of
from app.storage.moments import from_micros, to_micros
from app.storage.occupancies import count_entries, read_histories
from app.storage.refused_calls import add_refused
from app.storage.repositories.calls import add_calls
from app.storage.repositories.data_extensions import SqlDataExtensions
from app.storage.repositories.event_log import SqlEventLog, stored_stay
from app.storage.statements import insert_into
from app.storage.tables import contact, decision, journey_version, membership

_PAUSED = select(journey_version.c.id).where(journey_version.c.status == Status.PAUSED.value)
_QUEUED = decision.c.reason == text(f"'{Reason.QUEUED.value}'")
_WAITING = (membership.c.ended_at.is_(None), membership.c.due_at.is_not(None), membership.c.version_id.not_in(_PAUSED))


class SqlStays:
    """The tables `membership`, `segment`, `sent`, `occupancy` and `contact`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._row_tables: RowTables | None = None

    def due(self, now: datetime, limit: int) -> tuple[StoredStay, ...]:
        """Stays whose wait is over, the longest due first."""
        question = (
            select(membership)
            .where(*_WAITING, membership.c.due_at <= to_micros(now))
            .order_by(membership.c.due_at)
            .limit(limit)
        )
        return tuple(stored_stay(row) for row in self._connection.execute(question))

    def next_due(self) -> datetime | None:
        """When the next wait is over."""
        due: int | None = self._connection.scalar(select(func.min(membership.c.due_at)).where(*_WAITING))
        return from_micros(due)

    def waiting(
        self, journey_id: str, version_id: str, after: tuple[datetime, str], limit: int
    ) -> tuple[StoredStay, ...]:
        """Stays in a version whose wait is over later than that."""
        at, stay_id = to_micros(after[0]), after[1]
        question = (
            select(membership)
            .where(
                membership.c.ended_at.is_(None),
                membership.c.due_at >= at,
                membership.c.journey_id == journey_id,
                membership.c.version_id == version_id,
                or_(membership.c.due_at > at, membership.c.id > stay_id),
            )
            .order_by(membership.c.due_at, membership.c.id)
            .limit(limit)
        )
        return tuple(stored_stay(row) for row in self._connection.execute(question))

    def held(self, ids: Sequence[str]) -> tuple[StoredStay, ...]:
        """Those of these stays that still wait, locked (on SQLite a transaction that writes is alone anyway)."""
        question = select(membership).where(membership.c.id.in_(ids), *_WAITING).order_by(membership.c.id)
        locked = question.with_for_update(skip_locked=True)
        return tuple(stored_stay(row) for row in self._connection.execute(locked))

    def statuses(self, contact_keys: Collection[str]) -> Mapping[str, str]:
        """The status of those contacts that are known."""
        return read_statuses(self._connection, contact_keys)

    def linked_rows(
        self, data_extension: DataExtension, contact_keys: Collection[str]
    ) -> Mapping[str, Mapping[str, Value]]:
        """The contacts' newest rows in a linked data extension."""
        return self._tables().linked(self._connection, data_extension, contact_keys)

    def engaged(self, ids: Sequence[str]) -> Mapping[str, frozenset[tuple[str, str]]]:
        """What is recorded of the messages of those stays."""
        return read_engaged(self._connection, ids)

    def met(self, ids: Sequence[str]) -> Mapping[str, frozenset[str]]:
        """The tiles whose criteria those stays met."""
        return read_met(self._connection, ids)

    def mark_message(self, sent_id: str, metric: str, now: datetime, *, on: bool) -> frozenset[str] | None:
        """Record what a contact did with a message, or take it back."""
        return mark(self._connection, sent_id, metric, now, on=on)

    def advance(self, moved: Sequence[Advanced]) -> None:
        """Write the stretches."""
        if not moved:
            return
        self._connection.execute(_MOVE, [_moved(each) for each in moved])
        self._insert_all(moved)
        self._tables().write_linked(
            self._connection,
            [
                LinkedWrite(each.stay.contact_key, effect, each.stay.event_instance_id, each.stay.test)
                for each in moved
                for _, effect in each.stretch.effects
                if isinstance(effect, Write)
            ],
        )
        count_entries(
            self._connection,
            (
                ((each.stay.journey_id, each.stay.contact_key), 0, -1)
                for each in moved
                if each.stretch.wait_until is None
            ),
        )

    def extend(self, version_id: str, activity_keys: Sequence[str], by: timedelta) -> int:
        """Let the waits on those tiles of a version last longer."""
        mine = (
            membership.c.version_id == version_id,
            membership.c.activity_key.in_(activity_keys),
            membership.c.ended_at.is_(None),
            membership.c.due_at.is_not(None),
        )
        later = {"due_at": membership.c.due_at + by // timedelta(microseconds=1)}
        return self._connection.execute(update(membership).where(*mine).values(later)).rowcount

    def queued(self, limit: int) -> tuple[StoredEvent, ...]:
        """Arrivals that a paused journey kept and that can be decided now."""
        question = (
            select(decision.c.event_instance_id)
            .where(_QUEUED, decision.c.version_id.not_in(_PAUSED))
            .order_by(decision.c.event_instance_id)
            .limit(limit)
        )
        ids = list(dict.fromkeys(row.event_instance_id for row in self._connection.execute(question)))
        found = SqlEventLog(self._connection).events(ids)
        paused = set(self._connection.scalars(_PAUSED))
        return tuple(
            replace(event, decisions=tuple(each for each in event.decisions if _put_off(each, paused)))
            for event in sorted(found, key=lambda event: event.id)
        )

    def histories(self, pairs: Sequence[Pair]) -> Mapping[Pair, History]:
        """What journeys remember of contacts."""
        return read_histories(self._connection, pairs)

    def decide_again(self, released: Sequence[Fired]) -> None:
        """Write the decisions on kept arrivals, and who entered."""
        decide_again(self._connection, released)
        self._tables().write_linked(
            self._connection,
            [
                LinkedWrite(fired.event.contact_key, effect, fired.event.instance_id, fired.event.test)
                for fired in released
                for decided in fired.decisions
                if decided.stretch is not None
                for _, effect in decided.stretch.effects
                if isinstance(effect, Write)
            ],
        )

    def end(
        self,
        state: str,
        now: datetime,
        *,
        journey_id: str,
        contact_key: str | None = None,
        version_id: str | None = None,
    ) -> int:
        """End the stays that have not ended."""
        mine = [membership.c.ended_at.is_(None), membership.c.journey_id == journey_id]
        if contact_key is not None:
            mine.append(membership.c.contact_key == contact_key)
        if version_id is not None:
            mine.append(membership.c.version_id == version_id)
        rows = self._connection.execute(select(membership.c.contact_key).where(*mine)).all()
        if rows:
            values = {"state": state, "ended_at": to_micros(now), "due_at": None}
            self._connection.execute(update(membership).where(*mine).values(values))
            count_entries(self._connection, (((journey_id, row.contact_key), 0, -1) for row in rows))
        return len(rows)

    def add_refused(self, calls: Sequence[RefusedCall]) -> None:
        """Keep refused calls."""
        add_refused(self._connection, calls)

    def set_contact_status(self, contact_key: str, status: str, now: datetime) -> None:
        """Set a contact's status."""
        statement = insert_into(self._connection, contact)
        self._connection.execute(
            statement.on_conflict_do_update(
                index_elements=[contact.c.key], set_={"status": statement.excluded.status, "test": False}
            ),
            {"key": contact_key, "status": status, "created_at": to_micros(now), "test": False},
        )

    def clear_tests(self, journey_id: str | None) -> int:
        """Undo what tests left."""
        return clear_tests(self._connection, journey_id)

    def _insert_all(self, moved: Sequence[Advanced]) -> None:
        SEGMENTS.run_many(
            self._connection,
            [segment_row(each.stay.id, each.stay.segments, to_micros(each.at), each.stretch) for each in moved],
        )
        SENT.run_many(self._connection, [row for each in moved for row in _messages(each)])
        add_met(self._connection, ((each.stay.id, each.stay.journey_id, each.at, each.stretch) for each in moved))
        add_calls(self._connection, ((each.stay.id, each.at, each.stay.test, each.stretch) for each in moved))

    def _tables(self) -> RowTables:
        if self._row_tables is None:
            self._row_tables = RowTables(self._connection, SqlDataExtensions(self._connection).all())
        return self._row_tables


def _put_off(decision: StoredDecision, paused: Collection[str]) -> bool:
    return decision.reason == Reason.QUEUED and decision.version_id not in paused


_MOVE = (
    update(membership)
    .where(membership.c.id == bindparam("stay_id"))
    .values(
        {
            name: bindparam(f"new_{name}")
            for name in ("state", "activity_key", "outcome", "due_at", "ended_at", "segments")
        }
    )
)


def _moved(each: Advanced) -> dict[str, Any]:
    stretch = each.stretch
    return {
        "stay_id": each.stay.id,
        "new_state": state_of(stretch),
        "new_activity_key": stretch.activity or each.stay.activity_key,
        "new_outcome": stretch.outcome,
        "new_due_at": to_micros(stretch.wait_until),
        "new_ended_at": to_micros(each.at) if stretch.wait_until is None else None,
        "new_segments": each.stay.segments + 1,
    }


def _messages(each: Advanced) -> list[tuple[Any, ...]]:
    stay = each.stay
    return sent_rows(
        each.stretch,
        to_micros(each.at),
        stay.contact_key,
        stay.journey_id,
        stay.version_id,
        stay.id,
        test=stay.test,
        tiles=each.version.journey.activities,
    )
