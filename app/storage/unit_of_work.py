"""One transaction, and the repositories that work in it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import cached_property
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, Engine

from app.storage.epochs import bump
from app.storage.repositories.calls import SqlCalls
from app.storage.repositories.credentials import SqlCredentials
from app.storage.repositories.data_extensions import SqlDataExtensions
from app.storage.repositories.event_log import SqlEventLog
from app.storage.repositories.events import SqlEvents
from app.storage.repositories.facts import SqlFacts
from app.storage.repositories.journeys import SqlJourneys
from app.storage.repositories.stays import SqlStays


class SqlUnitOfWork:
    """A transaction of one connection, in the thread that entered it. Its connection goes back to the pool at the end,
    so that no transaction stays open."""

    def __init__(
        self, engine: Engine, writes: bool, committing: Callable[[dict[str, int]], AbstractContextManager[None]]
    ) -> None:
        """`committing` is entered with the new numbers of the bumped epochs just before a commit, and left after it."""
        self._engine = engine
        self._writes = writes
        self._committing = committing
        self._changed: dict[str, None] = {}
        self._connection: Connection | None = None

    def __enter__(self) -> Self:
        """Begin."""
        connection = self._engine.connect().execution_options(writes=self._writes)
        try:
            connection.begin()
        except BaseException:
            connection.close()
            raise
        self._connection = connection
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Roll back what was not committed."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    @property
    def connection(self) -> Connection:
        """The open connection, for repositories."""
        if self._connection is None:
            raise RuntimeError("the unit of work is not open")
        return self._connection

    @cached_property
    def journeys(self) -> SqlJourneys:
        """Journeys and their versions."""
        return SqlJourneys(self.connection)

    @cached_property
    def events(self) -> SqlEvents:
        """Event definitions."""
        return SqlEvents(self.connection)

    @cached_property
    def data_extensions(self) -> SqlDataExtensions:
        """Data extensions and their rows."""
        return SqlDataExtensions(self.connection)

    @cached_property
    def facts(self) -> SqlFacts:
        """Facts about the workspace."""
        return SqlFacts(self.connection)

    @cached_property
    def credentials(self) -> SqlCredentials:
        """Client pairs."""
        return SqlCredentials(self.connection)

    @cached_property
    def calls(self) -> SqlCalls:
        """Calls of REST activities."""
        return SqlCalls(self.connection)

    @cached_property
    def log(self) -> SqlEventLog:
        """What happened, for reading."""
        return SqlEventLog(self.connection)

    @cached_property
    def stays(self) -> SqlStays:
        """Contacts and their stays, for writing."""
        return SqlStays(self.connection)

    def changed(self, *what: str) -> None:
        """Say what this transaction changes."""
        self._changed.update(dict.fromkeys(what))

    def commit(self) -> None:
        """Write it all, then tell who listens. The unit of work is over."""
        connection = self.connection
        numbers = bump(connection, tuple(self._changed)) if self._changed else {}
        with self._committing(numbers):
            connection.commit()
            self._connection = None
            connection.close()
