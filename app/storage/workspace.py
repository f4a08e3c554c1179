"""The storage side of an open workspace: its engine, its units of work, its notices."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

from app.kernel.bus import Bus
from app.services.news import ContactsMoved, WorkspaceChanged
from app.services.settings import settings_of
from app.services.views import WorkspaceInfo
from app.storage.backup import backup
from app.storage.epochs import NOT_NEWS
from app.storage.location import Location
from app.storage.notices import Notices
from app.storage.opening import open_engine
from app.storage.unit_of_work import SqlUnitOfWork


class StoredWorkspace:
    """An engine that was checked to be on a workspace, and what works on it. Safe to use from any thread."""

    def __init__(self, location: Location, bus: Bus, now: datetime) -> None:
        """Open the workspace, or make it. Raises a WorkspaceError that says what to do."""
        self.engine: Engine = open_engine(location, now)
        self._location = location
        self._bus = bus
        self._notices: Notices | None = None

    def info(self) -> WorkspaceInfo:
        """The workspace as it is now."""
        with self.unit_of_work(writes=False) as work:
            settings = settings_of(work.facts)
        return WorkspaceInfo(settings.name, self._location.shown, self._location.backend, settings.time_zone)

    def unit_of_work(self, *, writes: bool = True) -> SqlUnitOfWork:
        """A unit of work; after its commit the bus says what it changed."""
        return SqlUnitOfWork(self.engine, writes, self._committing)

    def watch(self) -> None:
        """Tell the bus what other processes write, until the workspace is closed."""
        self._notices = Notices(self.engine, self._bus)
        self._notices.start()

    def backup(self, target: Path) -> None:
        """Copy the workspace to a file while it is in use."""
        backup(self.engine, self._location, target)

    def close(self) -> None:
        """Let go of the database."""
        if self._notices is not None:
            self._notices.stop()
            self._notices = None
        # What a job that is still at work gives back later would lie open in a pool that is gone.
        event.listen(self.engine.pool, "checkin", _let_go)
        self.engine.dispose()

    @contextmanager
    def _committing(self, numbers: dict[str, int]) -> Iterator[None]:
        """Around a commit of these epochs: afterwards the bus is told once, by us and not by our notices too."""
        notices = self._notices
        if notices is not None:
            notices.own_writes(numbers)
        try:
            yield
        except BaseException:
            if notices is not None:
                notices.not_written(numbers)
            raise
        for what in numbers:
            if what not in NOT_NEWS:
                self._bus.publish(WorkspaceChanged(what))
        if "contacts" in numbers:
            self._bus.publish(ContactsMoved())


def _let_go(connection: DBAPIConnection | None, entry: ConnectionPoolEntry) -> None:
    if connection is not None:
        entry.invalidate()
