"""One open workspace in the window, and what its pages ask of the window."""

from __future__ import annotations

from datetime import datetime, tzinfo
from functools import cached_property

from PySide6.QtCore import QObject, Signal

from app.services.workspace import Workspace
from app.ui.bridge import Bridge
from app.ui.moments import ago, at, zone_of
from app.ui.work import Work


class Session(QObject):
    """Handed to every page. A page asks for what is not its own by a signal, and the window answers.

    `journey_wanted` (id), `page_wanted` (page's key, id of what to show there or ""), `command_wanted` (name of one
    of the window's commands: "new_journey", "import", ...), `failed` (an exception to be shown).
    """

    journey_wanted = Signal(str)
    page_wanted = Signal(str, str)
    command_wanted = Signal(str)
    failed = Signal(object)

    def __init__(self, workspace: Workspace, work: Work, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self.work = work
        self.bridge = Bridge(workspace.bus, self)

    def close(self) -> None:
        """Hear no more of the workspace."""
        self.bridge.close()

    def settings_saved(self) -> None:
        """The workspace's name or time zone may be another now."""
        self.__dict__.pop("zone", None)
        self.bridge.workspace_changed.emit("settings")

    @cached_property
    def zone(self) -> tzinfo:
        """The workspace's time zone."""
        return zone_of(self.workspace.info)

    def now(self) -> datetime:
        """The workspace's present moment."""
        return self.workspace.clock.now()

    def ago(self, moment: datetime | None) -> str:
        """How long ago, "–" for never."""
        return ago(moment, self.now()) if moment is not None else "–"

    def at(self, moment: datetime | None, *, seconds: bool = False) -> str:
        """When, in the workspace's time zone."""
        return at(moment, self.now(), self.zone, seconds=seconds) if moment is not None else "–"
