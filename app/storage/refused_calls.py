"""The bounded log of calls that the contract refused."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, delete, insert, select

from app.services.refused_call import RefusedCall
from app.storage.moments import from_micros, to_micros
from app.storage.problems import problems_from_json, problems_to_json
from app.storage.tables import refused_call

KEPT = 1000
"""How many of the newest are kept."""

_columns = refused_call.c


def add_refused(connection: Connection, calls: Sequence[RefusedCall]) -> None:
    """Keep them, and only the newest of all."""
    if not calls:
        return
    connection.execute(
        insert(refused_call),
        [
            {
                "id": call.id,
                "at": to_micros(call.at),
                "origin": call.origin,
                "contact_key": call.contact_key,
                "event_definition_key": call.event_definition_key,
                "status": call.status,
                "errorcode": call.errorcode,
                "message": str(call.message),
                "problems": problems_to_json(call.problems) if call.problems else None,
            }
            for call in calls
        ],
    )
    oldest = connection.scalar(select(_columns.id).order_by(_columns.id.desc()).offset(KEPT).limit(1))
    if oldest is not None:
        connection.execute(delete(refused_call).where(_columns.id <= oldest))


def newest_refused(connection: Connection, limit: int) -> tuple[RefusedCall, ...]:
    """The newest refused calls, newest first."""
    rows = connection.execute(select(refused_call).order_by(_columns.id.desc()).limit(limit))
    return tuple(
        RefusedCall(
            row.id,
            from_micros(row.at),
            row.origin,
            row.contact_key,
            row.event_definition_key,
            row.status,
            row.errorcode,
            row.message,
            problems_from_json(row.problems),
        )
        for row in rows
    )
