"""Event definitions."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, Select, delete, insert, select, update

from app.data_extensions.fold import fold
from app.events.event_definition import EventDefinition
from app.kernel.errors import NotFound
from app.kernel.said import said
from app.storage.moments import from_micros, to_micros
from app.storage.tables import event_definition, event_extra


class SqlEvents:
    """The table `event_definition`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self) -> tuple[EventDefinition, ...]:
        """All, by name."""
        rows = self._connection.execute(_EVENTS)
        return tuple(sorted((_event(row) for row in rows), key=lambda event: (fold(event.name), event.id)))

    def dated(self) -> tuple[tuple[EventDefinition, datetime, datetime], ...]:
        """All, by name, each with when it was made and changed last."""
        rows = self._connection.execute(_EVENTS)
        found = [(_event(row), from_micros(row.created_at), from_micros(row.modified_at)) for row in rows]
        return tuple(sorted(found, key=lambda each: (fold(each[0].name), each[0].id)))

    def get(self, event_id: str) -> EventDefinition:
        """The one with that id. Raises NotFound."""
        row = self._connection.execute(_EVENTS.where(event_definition.c.id == event_id)).first()
        if row is None:
            raise NotFound(said("There is no such event; it may have been deleted."), where=event_id)
        return _event(row)

    def find(self, key: str) -> EventDefinition | None:
        """The one with that key, whatever its case, or None."""
        same = event_definition.c.key_ci == fold(key)
        row = self._connection.execute(_EVENTS.where(same)).first()
        return _event(row) if row else None

    def save(self, event: EventDefinition, now: datetime) -> None:
        """Keep a new or a changed one."""
        values = {
            "key": event.key,
            "key_ci": fold(event.key),
            "name": event.name,
            "data_extension_id": event.data_extension_id,
            "activated": event.activated,
            "modified_at": to_micros(now),
            "description": event.description,
            "criteria": event.criteria,
        }
        mine = event_definition.c.id == event.id
        if self._connection.execute(update(event_definition).where(mine).values(values)).rowcount == 0:
            self._connection.execute(insert(event_definition).values(id=event.id, created_at=to_micros(now), **values))
        self._forget_extra(event.id)
        if event.extra:
            document = msgspec.json.encode(event.extra).decode()
            self._connection.execute(insert(event_extra).values(event_definition_id=event.id, document=document))

    def delete(self, event_id: str) -> None:
        """Forget it."""
        self._forget_extra(event_id)
        self._connection.execute(delete(event_definition).where(event_definition.c.id == event_id))

    def _forget_extra(self, event_id: str) -> None:
        self._connection.execute(delete(event_extra).where(event_extra.c.event_definition_id == event_id))


_EVENTS: Select[Any] = select(event_definition, event_extra.c.document).outerjoin_from(
    event_definition, event_extra, event_extra.c.event_definition_id == event_definition.c.id
)


def _event(row: Row[Any]) -> EventDefinition:
    return EventDefinition(
        id=row.id,
        key=row.key,
        name=row.name,
        data_extension_id=row.data_extension_id,
        description=row.description,
        activated=row.activated,
        criteria=row.criteria,
        extra=msgspec.json.decode(row.document) if row.document else {},
    )
