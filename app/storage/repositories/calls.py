"""The calls of REST activities: put down with the step that makes them, claimed, and finished."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import msgspec
from sqlalchemy import Connection, and_, func, select, update

from app.engine.walk import Stretch
from app.journey.calls import CallRequest, CallResult
from app.journey.step import Call
from app.kernel.said import bare
from app.services.calls import PendingCall
from app.storage.moments import from_micros, to_micros
from app.storage.prepared import prepared_insert
from app.storage.statements import chunks
from app.storage.tables import membership, rest_call

_LEASE = timedelta(seconds=30)
"""Beyond a call's time-out: after that the process that made it must have died."""

_ADD = prepared_insert(rest_call, ("membership_id", "activity_key", "state", "due_at", "attempts", "test", "request"))


class SqlCalls:
    """The table `rest_call`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def next_due(self) -> datetime | None:
        """When the next call is to be made."""
        question = select(func.min(rest_call.c.due_at)).where(rest_call.c.due_at.is_not(None))
        due: int | None = self._connection.scalar(question)
        return from_micros(due)

    def claim(self, now: datetime, limit: int) -> tuple[PendingCall, ...]:
        """Take calls that are due, the longest due first."""
        question = (
            select(rest_call)
            .where(rest_call.c.due_at <= to_micros(now))
            .order_by(rest_call.c.due_at)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        rows = self._connection.execute(question).all()
        stays = select(membership.c.id).where(
            membership.c.id.in_([row.membership_id for row in rows]), membership.c.ended_at.is_(None)
        )
        inside = set(self._connection.scalars(stays)) if rows else set()
        found = []
        for row in rows:
            request = msgspec.json.decode(row.request, type=CallRequest)
            call = PendingCall(
                row.membership_id,
                row.activity_key,
                request,
                row.attempts + 1,
                row.test,
                row.membership_id not in inside,
            )
            lease = now + timedelta(milliseconds=request.timeout) + _LEASE
            values = {"due_at": to_micros(lease), "attempts": call.attempts}
            self._connection.execute(update(rest_call).where(_is(call.stay_id, call.activity_key)).values(values))
            found.append(call)
        return tuple(found)

    def again(self, call: PendingCall, at: datetime) -> None:
        """Put a claimed call off to that moment."""
        self._connection.execute(update(rest_call).where(_mine(call)).values(due_at=to_micros(at)))

    def finish(self, call: PendingCall, result: CallResult, now: datetime) -> None:
        """Keep what came of a claimed call, and let its contact go on."""
        values = {
            "state": "done" if result.ok else "failed",
            "due_at": None,
            "result": msgspec.json.encode(result, enc_hook=bare).decode(),
        }
        done = self._connection.execute(update(rest_call).where(_mine(call)).values(values))
        if done.rowcount:
            waits = (
                membership.c.id == call.stay_id,
                membership.c.activity_key == call.activity_key,
                membership.c.ended_at.is_(None),
            )
            self._connection.execute(update(membership).where(*waits).values(due_at=to_micros(now)))

    def results(self, ids: Sequence[str]) -> Mapping[str, Mapping[str, CallResult]]:
        """What came of the calls of those stays."""
        return read_results(self._connection, ids)


def add_calls(connection: Connection, stretches: Iterable[tuple[str, datetime, bool, Stretch]]) -> None:
    """Put down the calls that are to be made: stay, moment, whether a test, and the stretch that asks for them."""
    rows = [
        (stay, tile, "waiting", to_micros(at), 0, test, msgspec.json.encode(effect.request, enc_hook=bare).decode())
        for stay, at, test, stretch in stretches
        for tile, effect in stretch.effects
        if isinstance(effect, Call) and effect.made
    ]
    _ADD.run_many(connection, rows)


def read_results(connection: Connection, ids: Sequence[str]) -> Mapping[str, Mapping[str, CallResult]]:
    """What came of the calls of those stays, by stay and tile."""
    found: dict[str, dict[str, CallResult]] = defaultdict(dict)
    question = select(rest_call.c.membership_id, rest_call.c.activity_key, rest_call.c.result)
    for some in chunks(ids):
        done = question.where(rest_call.c.membership_id.in_(some), rest_call.c.result.is_not(None))
        for row in connection.execute(done):
            found[row.membership_id][row.activity_key] = msgspec.json.decode(row.result, type=CallResult)
    return found


def _is(stay_id: str, activity_key: str) -> Any:
    return and_(rest_call.c.membership_id == stay_id, rest_call.c.activity_key == activity_key)


def _mine(call: PendingCall) -> Any:
    """The call while it is ours: another process that took it over has counted on."""
    mine = and_(rest_call.c.state == "waiting", rest_call.c.attempts == call.attempts)
    return and_(_is(call.stay_id, call.activity_key), mine)
