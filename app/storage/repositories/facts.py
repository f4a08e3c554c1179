"""Facts about the workspace."""

from __future__ import annotations

from sqlalchemy import Connection, insert, select, update

from app.storage.tables import meta


class SqlFacts:
    """The table `meta`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, key: str) -> str | None:
        """The fact, or None."""
        return self._connection.execute(select(meta.c.value).where(meta.c.key == key)).scalar()

    def set(self, key: str, value: str) -> None:
        """Keep it."""
        changed = self._connection.execute(update(meta).where(meta.c.key == key).values(value=value))
        if changed.rowcount == 0:
            self._connection.execute(insert(meta).values(key=key, value=value))
