"""What is known of contacts, for many at a time."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy import Connection, select

from app.storage.statements import chunks
from app.storage.tables import contact


def read_statuses(connection: Connection, contact_keys: Collection[str]) -> Mapping[str, str]:
    """The status of those contacts that are known."""
    found: dict[str, str] = {}
    for some in chunks(sorted(contact_keys)):
        rows = connection.execute(select(contact.c.key, contact.c.status).where(contact.c.key.in_(some)))
        found.update((row.key, row.status) for row in rows)
    return found
