"""Idempotency keys: the first event of a key is the only one that happens."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, select

from app.engine.facts import First
from app.storage.moments import to_micros
from app.storage.statements import chunks, insert_into
from app.storage.tables import event_instance, idempotency

KEPT = timedelta(days=1)
"""How long a key is remembered: longer than a client keeps trying."""


def claim(connection: Connection, wanted: Mapping[str, str], now: datetime) -> Mapping[str, First]:
    """Take keys (key to event instance id) in this transaction; those that were taken before, with their first event.

    Two processes that claim the same key wait for each other here, in sorted order.
    """
    connection.execute(delete(idempotency).where(idempotency.c.at < to_micros(now - KEPT)))
    rows = [{"key": key, "at": to_micros(now), "event_instance_id": wanted[key]} for key in sorted(wanted)]
    connection.execute(insert_into(connection, idempotency).on_conflict_do_nothing(), rows)
    known: dict[str, First] = {}
    for some in chunks(sorted(wanted)):
        question = (
            select(
                idempotency.c.key,
                event_instance.c.id,
                event_instance.c.contact_key,
                event_instance.c.event_definition_key,
                event_instance.c.outcome,
            )
            .join(event_instance, event_instance.c.id == idempotency.c.event_instance_id)
            .where(idempotency.c.key.in_(some))
        )
        for row in connection.execute(question):
            if row.id != wanted[row.key]:
                known[row.key] = First(row.id, row.contact_key, row.event_definition_key, row.outcome)
    return known


def release(connection: Connection, keys: Collection[str]) -> None:
    """Give keys back that this transaction took: what they stood for did not happen."""
    for some in chunks(sorted(keys)):
        connection.execute(delete(idempotency).where(idempotency.c.key.in_(some)))
