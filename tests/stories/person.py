"""A person before the window: what they see, and what their hands do. Real widgets, real workspace, real socket."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.bootstrap import open_workspace
from app.services.workspace import Workspace
from app.ui.crash import CrashGuard
from app.ui.dialogs.api_event import ApiEventDialog
from app.ui.filter_builder import FilterBuilder
from app.ui.filter_builder.picker import Picker
from app.ui.journey_page import JourneyPage
from app.ui.pages.home import HomePage
from app.ui.preferences import Preferences
from app.ui.window import MainWindow
from tests.ui.canvas.stage import Stage

LEFT = Qt.MouseButton.LeftButton
SERVE = [sys.executable, "-m", "app", "serve", "--until-stdin-ends"]
WAIT = 30_000
WidgetT = TypeVar("WidgetT", bound=QWidget)


class Person:
    """Opens the window on a workspace file and works with it."""

    def __init__(self, qtbot: QtBot, folder: Path, name: str = "northern-trails", *, api: bool = False) -> None:
        self.bot = qtbot
        self.file = folder / f"{name}.switchback"
        preferences = Preferences(folder / f"{name}.ini")
        preferences.api_at_start = api
        preferences.api_port = 0
        self.window = MainWindow(self._open, SERVE, preferences, CrashGuard(folder / "log"))
        self.window.resize(1500, 950)
        self.window.show()
        self.window.start(str(self.file))
        self.until(lambda: self.window.desk is not None and self.window.work.idle and bool(self.window.tabs.keys))

    @staticmethod
    def _open(location: str | None) -> Workspace:
        return open_workspace(location, background=True)

    @property
    def workspace(self) -> Workspace:
        """The open workspace, to look at what is stored."""
        assert self.window.desk is not None
        return self.window.desk.workspace

    @property
    def stage(self) -> Stage:
        """The journey that is in front."""
        page = self.window.tabs.current()
        assert isinstance(page, JourneyPage)
        return Stage(page, self.bot)

    def until(self, asked: Callable[[], bool]) -> None:
        """Let the window work until something is so."""
        self.bot.waitUntil(asked, timeout=WAIT)

    def settled(self) -> None:
        """Until nothing is under way."""
        self.until(lambda: self.window.work.idle)

    def click(self, widget: QWidget, at: QPoint | None = None) -> None:
        """A left click on something that can be seen and used."""
        assert widget.isVisible(), f"{widget} is not to be seen"
        assert widget.isEnabled(), f"{widget} cannot be used"
        QTest.mouseClick(widget, LEFT, Qt.KeyboardModifier.NoModifier, at or widget.rect().center())

    def see(self, kind: type[WidgetT]) -> WidgetT:
        """The one widget of that kind on the screen, when it is there."""

        def found() -> list[WidgetT]:
            everywhere = [w for top in QApplication.topLevelWidgets() for w in (top, *top.findChildren(kind))]
            return list({id(w): w for w in everywhere if isinstance(w, kind) and w.isVisible()}.values())

        self.until(lambda: len(found()) == 1)
        return found()[0]

    def home(self) -> HomePage:
        """The list of journeys, in front."""
        assert self.window.desk is not None
        self.window.desk.open_page("journeys")
        self.settled()
        page = self.window.tabs.current()
        assert isinstance(page, HomePage)
        return page

    def type(self, text: str) -> None:
        """Text where the focus is."""
        widget = QApplication.focusWidget()
        assert widget is not None, "nothing has the focus"
        self.bot.keyClicks(widget, text)

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """A key where the focus is."""
        widget = QApplication.focusWidget()
        assert widget is not None, "nothing has the focus"
        self.bot.keyClick(widget, key, modifiers)

    def pick(self, text: str) -> None:
        """Search in the list that is open and take the first line."""
        picker = self.see(Picker)
        self.bot.keyClicks(picker.focusWidget() or picker, text)
        self.bot.keyClick(picker.focusWidget() or picker, Qt.Key.Key_Return)

    def condition(self, builder: FilterBuilder, field: str, operator: str, value: str, *, first: bool) -> None:
        """Add a condition by keys: field, operator, value."""
        if first:
            builder.focus_start()
            self.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        else:
            self.press(Qt.Key.Key_Return)
        self.pick(field)
        self.press(Qt.Key.Key_Backtab)
        self.press(Qt.Key.Key_Space)
        self.pick(operator)
        self.type(value)

    def next_step(self, dialog: ApiEventDialog, expected: int) -> None:
        """Press Next and see that the dialog went there."""
        self.click(dialog.primary)
        assert dialog.index == expected, dialog.steps[dialog.index].problem()

    def leave(self) -> None:
        """Close the window."""
        self.window.close()
        self.window.deleteLater()
        QApplication.processEvents()
