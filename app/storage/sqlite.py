"""What is particular to SQLite: how a connection is set up, begins, and is cancelled."""

from __future__ import annotations

import sqlite3
import time
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

LOOK_SECONDS = 0.0005
"""Between two looks whether the lock is free."""

# FULL: with WAL, a commit is on the disk before it returns, which is what an acknowledged event is promised.
_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "temp_store=MEMORY",
    # 64 MiB at most a connection, taken as needed: the inner pages of all indexes at ten million events fit in it.
    # With 16 MiB they push each other out, and an event costs a third more than with a small past.
    "cache_size=-65536",
    "journal_size_limit=67108864",  # after a flood of events the log gives its place on the disk back
)


def url(location: Location) -> URL:
    """The engine's address."""
    return URL.create("sqlite+pysqlite", database=str(location.path))


def connect_args() -> dict[str, Any]:
    """What a connection is made with."""
    # The pool lends a connection to one thread at a time, so the module's own check would only be in the way. No
    # isolation level: the module must not begin transactions by itself, `begin` below does.
    # `prepared` has six forms of each INSERT; the module's usual 128 kept statements would just do.
    return {
        "timeout": BUSY_SECONDS,
        "check_same_thread": False,
        "isolation_level": None,
        "cached_statements": 512,
    }


def prepare(engine: Engine, location: Location) -> None:
    """Have every connection set up, and every transaction begun, as it should be."""

    def set_up(connection: sqlite3.Connection, _record: object) -> None:
        try:
            for pragma in _PRAGMAS:
                connection.execute(f"PRAGMA {pragma}").close()
        except sqlite3.Error as error:  # SQLAlchemy does not guard this moment as it guards statements
            raise translate(error, location) or error from error

    def begin(connection: Connection) -> None:
        # A transaction that reads first and writes later could find the file changed in between and fail: who may
        # write takes the lock at once.
        if not connection.get_execution_options().get("writes", False):
            connection.exec_driver_sql("BEGIN")
            return
        try:
            _begin_to_write(driver_of(connection))
        except sqlite3.Error as error:  # nor this one, which goes around it
            raise translate(error, location) or error from error

    event.listen(engine, "connect", set_up)
    event.listen(engine, "begin", begin)


def _begin_to_write(driver: sqlite3.Connection) -> None:
    """Take the write lock, waiting for it up to BUSY_SECONDS.

    SQLite's own waiting sleeps longer and longer, up to a tenth of a second, and so misses the gap of a millisecond
    that a writer of events leaves between two batches: another process then waited 0.7 s (p95) to save a draft.
    """
    end = time.monotonic() + BUSY_SECONDS
    driver.execute("PRAGMA busy_timeout=0").close()
    try:
        while True:
            try:
                driver.execute("BEGIN IMMEDIATE").close()
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() >= end:
                    raise
                time.sleep(LOOK_SECONDS)
            else:
                return
    finally:
        driver.execute(f"PRAGMA busy_timeout={int(BUSY_SECONDS * 1000)}").close()


def driver_of(connection: Connection) -> sqlite3.Connection:
    """The sqlite3 connection underneath."""
    driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)
    return driver


@contextmanager
def cancellable(connection: Connection, cancelled: Callable[[], bool]) -> Iterator[None]:
    """While inside, a statement of `connection` ends with Cancelled soon after `cancelled()` turns true."""
    driver = driver_of(connection)
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
    driver_of(connection).execute("PRAGMA wal_checkpoint(TRUNCATE)").close()
