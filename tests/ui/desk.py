"""A window with its workspace, for tests that work in it as a person does."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QApplication, QDialog, QWidget

from app.bootstrap import open_workspace
from app.events.fire_event import FireEvent, Origin
from app.kernel.ids import new_guid
from app.kernel.resources import resource
from app.services.activate_journey import activate_journey
from app.services.fire_event import fire_event
from app.services.import_journey import import_journey
from app.services.list_events import list_events
from app.services.preview_import import preview_import
from app.ui.crash import CrashGuard
from app.ui.preferences import Preferences
from app.ui.window import MainWindow

PAYLOAD = {"Cart total": "59.90", "Country": "NO", "Loyalty": "Gold", "Email": "kari@example.com", "First name": "Kari"}


class Desk:
    """A window, its workspace's file, and the few steps that every test takes."""

    def __init__(self, qtbot, tmp_path: Path) -> None:
        self.qtbot = qtbot
        self.file = tmp_path / "northern-trails.switchback"
        self.place = str(self.file)
        """Where the window opens its workspace: a path, or a URL."""
        self.preferences = Preferences(tmp_path / "window.ini")
        self.preferences.api_at_start = False
        self.guard = CrashGuard(tmp_path / "log")
        self.serve = [sys.executable, "-m", "app", "serve", "--until-stdin-ends"]
        self.window = self.make()

    def make(self) -> MainWindow:
        window = MainWindow(open_workspace, self.serve, self.preferences, self.guard)
        window.resize(1400, 900)
        window.show()
        return window

    def start(self) -> MainWindow:
        self.window.start(self.place)
        self.settle()
        return self.window

    def settle(self) -> None:
        self.qtbot.waitUntil(
            lambda: self.window.desk is not None and self.window.work.idle and self.window.tabs.current() is not None,
        )

    def page(self, kind: type[QWidget]) -> QWidget:
        found = self.window.tabs.current()
        assert isinstance(found, kind)
        self.settle()
        return found

    def seeded(self) -> None:
        """The example, activated, with one contact that entered."""
        workspace = open_workspace(self.place)
        content = resource("examples", "abandoned-cart.journey").read_bytes()
        card = import_journey(workspace, preview_import(workspace, content, "abandoned-cart.journey"))
        activate_journey(workspace, card.id)
        event = next(e for e in list_events(workspace) if e.definition.name == "Cart abandoned")
        data = {**PAYLOAD, "Abandoned at": workspace.clock.now().isoformat()}
        done = fire_event(
            workspace, FireEvent(new_guid(), "NTO-1001", event.definition.key, data, Origin.WINDOW, test=True)
        )
        assert done.outcome == "admitted", done
        workspace.close()


def answer(qtbot, kind: type[QDialog], act: Callable[[QDialog], object]) -> None:
    """When a dialog of that kind is up, act on it (also from inside its own event loop)."""
    from PySide6.QtCore import QTimer

    def look() -> None:
        found = next((w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible()), None)
        if found is None:
            QTimer.singleShot(20, look)
        else:
            act(found)

    QTimer.singleShot(20, look)
