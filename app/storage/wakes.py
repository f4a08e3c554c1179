"""Ends the waits of contacts for whom the event came that they wait for."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, bindparam, update

from app.engine.facts import Fired
from app.storage.moments import to_micros
from app.storage.tables import membership

_WAKE = (
    update(membership)
    .where(
        membership.c.contact_key == bindparam("contact"),
        membership.c.version_id == bindparam("version"),
        membership.c.activity_key == bindparam("tile"),
        membership.c.ended_at.is_(None),
        membership.c.outcome != bindparam("way"),
        membership.c.due_at > bindparam("at"),
    )
    .values(outcome=bindparam("way"), due_at=bindparam("at"))
)


def wake(connection: Connection, accepted: Sequence[Fired]) -> None:
    """Make those stays due now, by the outcome of the event; whoever takes up due waits leads them on.

    Called before the batch's own entries are written: an event never ends a wait that began after it.
    """
    wanted = [
        {
            "contact": fired.event.contact_key,
            "version": tile.version_id,
            "tile": tile.activity_key,
            "way": tile.outcome,
            "at": to_micros(fired.received_at),
        }
        for fired in accepted
        if fired.listening is not None
        for tile in fired.listening.waiting
    ]
    if wanted:
        connection.execute(_WAKE, wanted)
