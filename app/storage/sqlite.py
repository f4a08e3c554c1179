"""What is particular to SQLite: how a connection is set up, begins, and is cancelled."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine import URL

from app.storage.errors import translate
from app.storage.location import Location

APPLICATION_ID = 0x53774274
"""Marks the file as ours (bytes 68-71 of its header): "SwBt"."""

BUSY_SECONDS = 5.0
"""How long a writer waits for another's lock before it says that the workspace is busy."""

# FULL: with WAL, a commit is on the disk before it returns, which is what an acknowledged event is promised.
_PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "temp_store=MEMORY", "cache_size=-32768")


def url(location: Location) -> URL:
    """The engine's address."""
    return URL.create("sqlite+pysqlite", database=str(location.path))


def connect_args() -> dict[str, Any]:
    """What a connection is made with."""
    # The pool lends a connection to one thread at a time, so the module's own check would only be in the way. No
    # isolation level: the module must not begin transactions by itself, `begin` below does.
    return {"timeout": BUSY_SECONDS, "check_same_thread": False, "isolation_level": None}


def prepare(engine: Engine, location: Location) -> None:
    """Have every connection set up, and every transaction begun, as it should be."""

    def set_up(connection: sqlite3.Connection, _record: object) -> None:
        try:
            for pragma in _PRAGMAS:
                connection.execute(f"PRAGMA {pragma}").close()
        except sqlite3.Error as error:  # SQLAlchemy does not guard this moment as it guards statements
            raise translate(error, location) or error from error

    event.listen(engine, "connect", set_up)
    event.listen(engine, "begin", _begin)


def _begin(connection: Connection) -> None:
    # A transaction that reads first and writes later could find the file changed in between and fail: who may write
    # takes the lock at once.
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def cancellable(connection: Connection, cancelled: Callable[[], bool]) -> Iterator[None]:
    """While inside, a statement of `connection` ends with Cancelled soon after `cancelled()` turns true."""
    driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)
    # Asked every 20,000 steps of SQLite's machine: about a millisecond.
    driver.set_progress_handler(lambda: 1 if cancelled() else 0, 20_000)
    try:
        yield
    finally:
        driver.set_progress_handler(None, 0)


def stamp(connection: Connection, number: int) -> None:
    """Mark the file as ours and as of format `number`, in its own first page and not only in the log beside it."""
    connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
    connection.exec_driver_sql(f"PRAGMA user_version={number}")
    connection.commit()
    connection.connection.driver_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").close()  # type: ignore[union-attr]  # SQLAlchemy types it as any driver's
