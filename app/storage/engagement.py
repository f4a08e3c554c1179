"""What is recorded beside stays: what contacts did with messages, and whose criteria they met."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.elements import ClauseElement

from app.engine.walk import Stretch
from app.journey.engagement import with_mark
from app.journey.step import Met
from app.storage.moments import to_micros
from app.storage.prepared import Prepared
from app.storage.statements import chunks
from app.storage.tables import criteria_met, engagement, rest_call, sent

_MET = ("membership_id", "activity_key", "journey_id", "what", "at")


def read_engaged(connection: Connection, ids: Sequence[str]) -> Mapping[str, frozenset[tuple[str, str]]]:
    """Pairs of tile and metric, by stay."""
    found: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for some in chunks(ids):
        for row in connection.execute(select(engagement).where(engagement.c.membership_id.in_(some))):
            found[row.membership_id].add((row.activity_key, row.metric))
    return {stay: frozenset(pairs) for stay, pairs in found.items()}


def read_met(connection: Connection, ids: Sequence[str]) -> Mapping[str, frozenset[str]]:
    """The tiles whose criteria were met, by stay."""
    found: dict[str, set[str]] = defaultdict(set)
    question = select(criteria_met.c.membership_id, criteria_met.c.activity_key)
    for some in chunks(ids):
        for row in connection.execute(question.where(criteria_met.c.membership_id.in_(some))):
            found[row.membership_id].add(row.activity_key)
    return {stay: frozenset(tiles) for stay, tiles in found.items()}


def count_met(connection: Connection, journey_id: str) -> Mapping[str, int]:
    """How many stays of a journey met its goal and its exit criteria."""
    stays = func.count(func.distinct(criteria_met.c.membership_id)).label("stays")
    question = select(criteria_met.c.what, stays).where(criteria_met.c.journey_id == journey_id)
    return {row.what: row.stays for row in connection.execute(question.group_by(criteria_met.c.what))}


def count_met_at(connection: Connection, journey_id: str) -> Mapping[str, int]:
    """How many stays of a journey met the criteria of each tile."""
    question = select(criteria_met.c.activity_key, func.count().label("stays"))
    mine = question.where(criteria_met.c.journey_id == journey_id).group_by(criteria_met.c.activity_key)
    return {row.activity_key: row.stays for row in connection.execute(mine)}


def add_met(connection: Connection, stretches: Iterable[tuple[str, str, datetime, Stretch]]) -> None:
    """Write whose criteria were met: stay, journey, moment and the stretch in which it happened."""
    rows = [
        (stay, tile, journey_id, effect.what, to_micros(at))
        for stay, journey_id, at, stretch in stretches
        for tile, effect in stretch.effects
        if isinstance(effect, Met)
    ]
    _ADD_MET.run_many(connection, rows)


def mark(connection: Connection, sent_id: str, metric: str, now: datetime, *, on: bool) -> frozenset[str] | None:
    """Set a mark of a message or take it back; its marks then, None where there is no such message."""
    message = connection.execute(select(sent.c.membership_id, sent.c.activity_key).where(sent.c.id == sent_id)).first()
    if message is None:
        return None
    mine = (
        engagement.c.membership_id == message.membership_id,
        engagement.c.activity_key == message.activity_key,
    )
    before = frozenset(connection.scalars(select(engagement.c.metric).where(*mine)))
    after = with_mark(before, metric, on=on)
    if before - after:
        connection.execute(delete(engagement).where(*mine, engagement.c.metric.in_(sorted(before - after))))
    rows = [
        {
            "membership_id": message.membership_id,
            "activity_key": message.activity_key,
            "metric": each,
            "at": to_micros(now),
        }
        for each in sorted(after - before)
    ]
    if rows:
        connection.execute(engagement.insert(), rows)
    return after


def read_marks(connection: Connection, messages: Iterable[Any]) -> Mapping[tuple[str, str], frozenset[str]]:
    """The marks of messages, given as rows of `sent`, by stay and tile."""
    engaged = read_engaged(connection, sorted({row.membership_id for row in messages}))
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for stay, pairs in engaged.items():
        for tile, metric in pairs:
            found[stay, tile].add(metric)
    return {key: frozenset(metrics) for key, metrics in found.items()}


def forget(connection: Connection, ids: Sequence[str]) -> None:
    """Take away what is recorded of these stays."""
    for table in (engagement, criteria_met, rest_call):
        connection.execute(delete(table).where(table.c.membership_id.in_(ids)))


def _add_met(dialect: str) -> ClauseElement:
    insert = postgresql.insert(criteria_met) if dialect == "postgresql" else sqlite.insert(criteria_met)
    return insert.values({name: bindparam(name) for name in _MET}).on_conflict_do_nothing()


_ADD_MET = Prepared(_add_met, _MET)
