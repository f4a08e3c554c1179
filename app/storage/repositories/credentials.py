"""Client pairs."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from app.services.ports import Credential
from app.storage.moments import from_micros, to_micros
from app.storage.tables import credential


class SqlCredentials:
    """The table `credential`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self) -> tuple[Credential, ...]:
        """All, oldest first, revoked ones too."""
        rows = self._connection.execute(select(credential).order_by(credential.c.created_at, credential.c.client_id))
        return tuple(_credential(row) for row in rows)

    def get(self, client_id: str) -> Credential | None:
        """That one, or None."""
        row = self._connection.execute(select(credential).where(credential.c.client_id == client_id)).first()
        return _credential(row) if row else None

    def save(self, pair: Credential) -> None:
        """Keep a new or a changed one."""
        values = {
            "name": pair.name,
            "secret_hash": pair.secret_hash,
            "created_at": to_micros(pair.created_at),
            "rotated_at": to_micros(pair.rotated_at),
            "revoked_at": to_micros(pair.revoked_at),
        }
        mine = credential.c.client_id == pair.client_id
        if self._connection.execute(update(credential).where(mine).values(values)).rowcount == 0:
            self._connection.execute(insert(credential).values(client_id=pair.client_id, **values))


def _credential(row: Row[Any]) -> Credential:
    return Credential(
        client_id=row.client_id,
        name=row.name,
        secret_hash=row.secret_hash,
        created_at=from_micros(row.created_at),
        rotated_at=from_micros(row.rotated_at),
        revoked_at=from_micros(row.revoked_at),
    )
