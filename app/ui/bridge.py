"""From the workspace's bus (any thread) to Qt signals on the GUI thread."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal
from shiboken6 import isValid

from app.kernel.bus import Bus
from app.services.news import ContactsMoved, EventsArrived, WorkspaceChanged


class Bridge(QObject):
    """Hears the bus of one workspace. Its signals are emitted on the thread that made it; `close` ends it."""

    events_arrived = Signal(str)
    """The newest event's id."""
    contacts_moved = Signal(tuple)
    """Ids of journeys; empty: any of them."""
    workspace_changed = Signal(str)
    """"journeys", "events", "data_extensions" or "settings"."""

    _news = Signal(object)

    def __init__(self, bus: Bus, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._news.connect(self._tell, Qt.ConnectionType.QueuedConnection)
        kinds = (EventsArrived, ContactsMoved, WorkspaceChanged)
        self._ends: list[Callable[[], None]] = [bus.subscribe(kind, self._hear) for kind in kinds]

    def close(self) -> None:
        """Hear no more."""
        for end in self._ends:
            end()
        self._ends.clear()

    def _hear(self, news: object) -> None:
        if isValid(self):
            self._news.emit(news)

    def _tell(self, news: object) -> None:
        if isinstance(news, EventsArrived):
            self.events_arrived.emit(news.newest_id)
        elif isinstance(news, ContactsMoved):
            self.contacts_moved.emit(news.journey_ids)
        elif isinstance(news, WorkspaceChanged):
            self.workspace_changed.emit(news.what)
