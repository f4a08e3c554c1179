"""The counters by which processes learn of each other's writes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, literal_column, select, update

from app.storage.postgresql import CHANNEL
from app.storage.prepared import Prepared
from app.storage.tables import epoch

RUNNING = "running"
"""Bumped by everything that admission is compiled from: versions, event definitions, schemas, settings."""

NOT_NEWS = frozenset((RUNNING, "contacts"))
"""Counters that `news.WorkspaceChanged` has no word for."""

_READ = select(epoch.c.what, epoch.c.number)
_READ_RUNNING = Prepared(lambda _dialect: select(epoch.c.number).where(epoch.c.what == literal_column(f"'{RUNNING}'")))


def read_epochs(connection: Connection) -> Mapping[str, int]:
    """All counters."""
    return {row.what: row.number for row in connection.execute(_READ)}


def read_running(connection: Connection) -> int:
    """The counter `running`: while it stands, what was compiled for admission is good."""
    return int(_READ_RUNNING.rows(connection)[0][0])


def bump(connection: Connection, what: Sequence[str]) -> dict[str, int]:
    """Count on, in this transaction; the new numbers. On PostgreSQL the others are woken at its commit."""
    # In sorted order, so that two processes never wait for each other in a ring.
    connection.execute(update(epoch).where(epoch.c.what.in_(sorted(what))).values(number=epoch.c.number + 1))
    numbers = {name: number for name, number in read_epochs(connection).items() if name in what}
    wake_others(connection)
    return numbers


def wake_others(connection: Connection) -> None:
    """Have the other processes look for what is new, after the commit of this transaction. On SQLite they look by
    themselves."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"NOTIFY {CHANNEL}")
