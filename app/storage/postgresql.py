"""What is particular to PostgreSQL: how a connection is set up, begins, and is cancelled."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from app.kernel.errors import InvalidInput, WorkspaceUnreachable
from app.kernel.said import said
from app.storage.location import Location

CHANNEL = "switchback"
"""The channel on which processes tell each other of their writes."""

LOCK = 0x53774274
"""The advisory lock that writers of definitions hold; the writer of events does not take it."""


def url(location: Location) -> URL:
    """The engine's address. Raises WorkspaceUnreachable where the driver is not installed, InvalidInput for a URL that
    is none."""
    if find_spec("psycopg") is None:
        raise WorkspaceUnreachable(
            said("The workspace {shown} needs PostgreSQL's driver, which is not installed.", shown=location.shown),
            where=location.shown,
            hint=said('Install it with: pip install "switchback[postgresql]"'),
        )
    try:
        return make_url(location.url)
    except (ArgumentError, ValueError) as error:
        raise InvalidInput(
            said("{shown} is not a URL of a database.", shown=location.shown),
            where="workspace",
            hint=said("For example: postgresql://user@host:5432/switchback"),
        ) from error


def connect_args() -> dict[str, Any]:
    """What a connection is made with."""
    return {"connect_timeout": 5, "application_name": "Switchback", "options": "-c timezone=UTC"}


def prepare(engine: Engine, _location: Location) -> None:
    """Have every transaction begun as it should be."""
    event.listen(engine, "begin", _begin)


def _begin(connection: Connection) -> None:
    # One writer of definitions at a time, as on SQLite; readers see one moment of the database.
    options = connection.get_execution_options()
    if options.get("writes") is True:
        connection.exec_driver_sql("SET LOCAL lock_timeout = '5s'")
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({LOCK})")
    elif options.get("writes") is False:
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")


@contextmanager
def cancellable(connection: Connection, cancelled: Callable[[], bool]) -> Iterator[None]:
    """While inside, a statement of `connection` ends with Cancelled soon after `cancelled()` turns true."""
    driver: Any = connection.connection.driver_connection
    done = threading.Event()

    def watch() -> None:
        # Again until the statement is over: the first word may come before the server has begun with it.
        while not done.wait(0.02):
            if cancelled():
                driver.cancel_safe(timeout=2.0)

    watcher = threading.Thread(target=watch, name="cancel-query", daemon=True)
    watcher.start()
    try:
        yield
    finally:
        done.set()
        watcher.join()
