"""Reads back what happened: events with their decisions, stays with their paths, messages, contacts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, Row, func, or_, select

from app.engine.decision import PathStep
from app.kernel.said import sentences
from app.services.admission import Pair
from app.services.event_log import Contact, DecidedPage, DecidedSearch, StoredDecision, StoredEvent, StoredStay
from app.services.refused_call import RefusedCall
from app.services.views import SentMessage
from app.storage.decided import search_decided
from app.storage.engagement import count_met, count_met_at, read_marks
from app.storage.history_rows import read_step
from app.storage.moments import from_micros, to_micros
from app.storage.problems import problems_from_json
from app.storage.refused_calls import newest_refused
from app.storage.repositories.calls import read_results
from app.storage.statements import chunks
from app.storage.tables import (
    contact,
    decision,
    event_instance,
    journey,
    journey_version,
    membership,
    occupancy,
    segment,
    sent,
)

SEARCHED = 20_000
"""How many of the newest events and messages a search looks through, so that it stays quick beside millions."""


class SqlEventLog:
    """The tables of the engine, for reading."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def newest(self, limit: int, search: str, journey_id: str | None) -> tuple[StoredEvent, ...]:
        """The newest events with their decisions, newest first."""
        events = event_instance.c
        recent = select(event_instance).order_by(events.id.desc())
        if journey_id is not None:
            ids = (
                select(decision.c.event_instance_id)
                .where(decision.c.journey_id == journey_id)
                .order_by(decision.c.event_instance_id.desc())
                .limit(SEARCHED if search else limit)
            )
            recent = recent.where(events.id.in_(ids))
        if search:
            some = recent.limit(SEARCHED).subquery()
            recent = (
                select(some)
                .where(_has(search, some.c.contact_key, some.c.event_definition_key))
                .order_by(some.c.id.desc())
            )
        return self._events(self._connection.execute(recent.limit(limit)).all())

    def event(self, instance_id: str) -> StoredEvent | None:
        """That event with its decisions."""
        rows = self._connection.execute(select(event_instance).where(event_instance.c.id == instance_id)).all()
        found = self._events(rows)
        return found[0] if found else None

    def events(self, ids: Sequence[str]) -> tuple[StoredEvent, ...]:
        """Those events with their decisions, in no particular order."""
        rows: list[Row[Any]] = []
        for some in chunks(ids):
            rows.extend(self._connection.execute(select(event_instance).where(event_instance.c.id.in_(some))))
        return self._events(rows)

    def refused(self, limit: int) -> tuple[RefusedCall, ...]:
        """The newest refused calls, newest first."""
        return newest_refused(self._connection, limit)

    def stays_of(self, contact_key: str) -> tuple[StoredStay, ...]:
        """All stays of a contact, newest first, each with its path."""
        mine = select(membership).where(membership.c.contact_key == contact_key).order_by(membership.c.id.desc())
        return self._stays(self._connection.execute(mine).all())

    def stays(self, ids: Collection[str]) -> Mapping[str, StoredStay]:
        """Those stays, each with its path, by id."""
        rows: list[Row[Any]] = []
        for some in chunks(sorted(ids)):
            rows.extend(self._connection.execute(select(membership).where(membership.c.id.in_(some))))
        return {stay.id: stay for stay in self._stays(rows)}

    def last_entries(self, pairs: Sequence[Pair], before: datetime) -> Mapping[Pair, tuple[datetime, int]]:
        """When a contact last entered a journey before that moment, and the number of the version."""
        found: dict[Pair, tuple[datetime, int]] = {}
        for pair in pairs:
            question = (
                select(membership.c.entered_at, journey_version.c.number)
                .join(journey_version, journey_version.c.id == membership.c.version_id)
                .where(
                    membership.c.journey_id == pair[0],
                    membership.c.contact_key == pair[1],
                    membership.c.entered_at <= to_micros(before),
                )
                .order_by(membership.c.entered_at.desc())
                .limit(1)
            )
            row = self._connection.execute(question).first()
            if row is not None:
                found[pair] = (from_micros(row.entered_at), row.number)
        return found

    def population(self, journey_id: str) -> tuple[int, int]:
        """How many contacts are inside a journey, and how many stays there were."""
        sums = select(
            func.coalesce(func.sum(occupancy.c.inside), 0), func.coalesce(func.sum(occupancy.c.entered), 0)
        ).where(occupancy.c.journey_id == journey_id)
        inside, entered = self._connection.execute(sums).one()
        return int(inside), int(entered)

    def populations(self, journey_ids: Collection[str]) -> Mapping[str, tuple[int, int]]:
        """The same for those of many journeys that had a contact."""
        found: dict[str, tuple[int, int]] = {}
        sums = (func.sum(occupancy.c.inside).label("inside"), func.sum(occupancy.c.entered).label("entered"))
        question = select(occupancy.c.journey_id, *sums).group_by(occupancy.c.journey_id)
        for some in chunks(sorted(journey_ids)):
            for row in self._connection.execute(question.where(occupancy.c.journey_id.in_(some))):
                found[row.journey_id] = (int(row.inside), int(row.entered))
        return found

    def met_counts(self, journey_id: str) -> Mapping[str, int]:
        """How many stays of a journey met its goal and its exit criteria."""
        return count_met(self._connection, journey_id)

    def met_at(self, journey_id: str) -> Mapping[str, int]:
        """How many stays of a journey met the criteria of each tile."""
        return count_met_at(self._connection, journey_id)

    def counts(self, journey_id: str, since: datetime) -> Mapping[str, int]:
        """How many decisions a journey made since then, by reason."""
        question = (
            select(decision.c.reason, func.count().label("number"))
            .where(decision.c.journey_id == journey_id, decision.c.at >= to_micros(since))
            .group_by(decision.c.reason)
        )
        return {row.reason: row.number for row in self._connection.execute(question)}

    def decided(self, wanted: DecidedSearch, offset: int, limit: int, most: int) -> DecidedPage:
        """The decisions that fit."""
        return search_decided(self._connection, wanted, offset, limit, most)

    def sent(self, limit: int, search: str) -> tuple[SentMessage, ...]:
        """The newest messages, newest first."""
        recent = select(sent).order_by(sent.c.id.desc())
        if search:
            some = recent.limit(SEARCHED).subquery()
            recent = (
                select(some)
                .where(_has(search, some.c.contact_key, some.c.address, some.c.subject))
                .order_by(some.c.id.desc())
            )
        rows = self._connection.execute(recent.limit(limit)).all()
        names = self.journey_names({row.journey_id for row in rows})
        marks = read_marks(self._connection, rows)
        called = read_results(self._connection, sorted({row.membership_id for row in rows if row.channel == "rest"}))
        return tuple(
            SentMessage(
                id=row.id,
                at=from_micros(row.at),
                channel=row.channel,
                contact_key=row.contact_key,
                to=row.address,
                subject=row.subject,
                body=row.body,
                journey_id=row.journey_id,
                journey_name=names.get(row.journey_id, ""),
                activity_name=row.activity_name,
                test=row.test,
                marks=marks.get((row.membership_id, row.activity_key), frozenset()),
                call=called.get(row.membership_id, {}).get(row.activity_key),
            )
            for row in rows
        )

    def contacts(self, search: str, limit: int) -> tuple[Contact, ...]:
        """Contacts whose key begins with `search`, by key."""
        some = select(contact).order_by(contact.c.key).limit(limit)
        if search:
            some = some.where(contact.c.key.startswith(search, autoescape=True))
        return tuple(_contact(row) for row in self._connection.execute(some))

    def contact(self, contact_key: str) -> Contact | None:
        """That contact, if it is known."""
        row = self._connection.execute(select(contact).where(contact.c.key == contact_key)).first()
        return _contact(row) if row else None

    def journey_names(self, ids: Collection[str]) -> Mapping[str, str]:
        """Names of journeys, deleted ones too."""
        rows = self._connection.execute(select(journey.c.id, journey.c.name).where(journey.c.id.in_(sorted(ids))))
        return {row.id: row.name for row in rows}

    def _events(self, rows: Sequence[Row[Any]]) -> tuple[StoredEvent, ...]:
        decisions = self._decisions([row.id for row in rows])
        return tuple(
            StoredEvent(
                id=row.id,
                received_at=from_micros(row.received_at),
                contact_key=row.contact_key,
                event_definition_id=row.event_definition_id,
                event_definition_key=row.event_definition_key,
                origin=row.origin,
                outcome=row.outcome,
                test=row.test,
                took_ms=row.took_us / 1000,
                data=msgspec.json.decode(row.data),
                warnings=problems_from_json(row.warnings),
                decisions=tuple(decisions.get(row.id, ())),
            )
            for row in rows
        )

    def _decisions(self, ids: Sequence[str]) -> dict[str, list[StoredDecision]]:
        found: dict[str, list[StoredDecision]] = defaultdict(list)
        if not ids:
            return found
        # The journey leads the key of the table, so each journey's stretch is looked up by itself.
        journeys = select(journey.c.id).scalar_subquery()
        for some in chunks(ids):
            question = select(decision).where(
                decision.c.journey_id.in_(journeys), decision.c.event_instance_id.in_(some)
            )
            for row in self._connection.execute(question.order_by(decision.c.journey_id)):
                found[row.event_instance_id].append(
                    StoredDecision(
                        journey_id=row.journey_id,
                        version_id=row.version_id,
                        event_instance_id=row.event_instance_id,
                        at=from_micros(row.at),
                        admitted=row.admitted,
                        reason=row.reason,
                        membership_id=row.membership_id,
                        facts=msgspec.json.decode(row.facts),
                    )
                )
        return found

    def _stays(self, rows: Sequence[Row[Any]]) -> tuple[StoredStay, ...]:
        paths = self._paths([row.id for row in rows])
        return tuple(replace(stored_stay(row), path=_path(paths.get(row.id, ()), row.state)) for row in rows)

    def _paths(self, ids: Sequence[str]) -> dict[str, list[Row[Any]]]:
        found: dict[str, list[Row[Any]]] = defaultdict(list)
        for some in chunks(ids):
            question = select(segment).where(segment.c.membership_id.in_(some))
            for row in self._connection.execute(question.order_by(segment.c.membership_id, segment.c.number)):
                found[row.membership_id].append(row)
        return found


def stored_stay(row: Row[Any]) -> StoredStay:
    """A stay from its row, without the tiles of its way."""
    return StoredStay(
        id=row.id,
        journey_id=row.journey_id,
        version_id=row.version_id,
        contact_key=row.contact_key,
        event_instance_id=row.event_instance_id,
        entered_at=from_micros(row.entered_at),
        state=row.state,
        activity_key=row.activity_key,
        outcome=row.outcome,
        due_at=from_micros(row.due_at),
        ended_at=from_micros(row.ended_at),
        test=row.test,
        segments=row.segments,
        data=msgspec.json.decode(row.record),
    )


def _path(segments: Iterable[Row[Any]], state: str) -> tuple[PathStep, ...]:
    """The tiles of a stay. A wait that is over is done; so is the one that a contact was taken out of."""
    steps: list[PathStep] = []
    for row in segments:
        at = from_micros(row.at)
        for step in (read_step(each, at) for each in msgspec.json.decode(row.steps)):
            if steps and steps[-1].state == "waiting" and steps[-1].activity_key == step.activity_key:
                # What the tile's wait came to: one step of the way, told in two sentences.
                step.note = sentences(steps.pop().note, step.note)
            steps.append(step)
    last = len(steps) - 1
    return tuple(
        PathStep(step.activity_key, step.outcome, _state(index == last, state), step.note, step.at, step.until)
        if step.state == "waiting"
        else step
        for index, step in enumerate(steps)
    )


def _state(is_last: bool, stay: str) -> str:
    if not is_last:
        return "done"
    return "waiting" if stay == "waiting" else "ended"


def _contact(row: Row[Any]) -> Contact:
    return Contact(row.key, row.status, from_micros(row.created_at), row.test)


def _has(search: str, *columns: ColumnElement[str]) -> ColumnElement[bool]:
    return or_(*(column.icontains(search, autoescape=True) for column in columns))
