"""What is known of contacts, for many at a time."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy import Connection, select

from app.storage.prepared import Prepared, among, listed
from app.storage.tables import contact

_STATUSES = Prepared(
    lambda dialect: select(contact.c.key, contact.c.status).where(among(dialect, contact.c.key)), ("among",)
)


def read_statuses(connection: Connection, contact_keys: Collection[str]) -> Mapping[str, str]:
    """The status of those contacts that are known."""
    if not contact_keys:
        return {}
    rows = _STATUSES.rows(connection, listed(connection, sorted(contact_keys)))
    return {row[0]: row[1] for row in rows}
