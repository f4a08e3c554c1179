"""The commands of a journey's page as actions: one table for menus, shortcuts and the palette of commands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction

from app.journey.journey import Status
from app.ui.keymap import keymap
from app.ui.theme import theme
from app.ui.translation import mark, tr

if TYPE_CHECKING:
    from app.ui.journey_page import JourneyPage


@dataclass(frozen=True, slots=True)
class PageCommand:
    """`edits` keeps it grey while the version cannot be changed, `states` while it is in none of those."""

    name: str
    menu: str
    text: str
    keys: tuple[str, ...] = ()
    icon: str = ""
    edits: bool = False
    states: tuple[Status, ...] = ()


_ACTIVATED = (Status.RUNNING, Status.PAUSED, Status.FINISHING, Status.STOPPED)

COMMANDS: tuple[PageCommand, ...] = (
    PageCommand("export_picture", "File", mark("Export picture…"), ("Ctrl+Shift+E",), "picture"),
    PageCommand("copy_picture", "File", mark("Copy as a picture"), ("Ctrl+Shift+C",), "copy"),
    PageCommand("print", "File", mark("Print…"), ("Ctrl+P",), "file"),
    PageCommand("present", "View", mark("Presentation: the canvas alone"), ("Shift+F11",), "eye"),
    PageCommand("outline", "View", mark("Outline"), ("Ctrl+Shift+T",), "list"),
    PageCommand("problems", "View", mark("Problems"), ("Ctrl+Shift+M",), "warning"),
    PageCommand("history", "View", mark("History of edits"), ("Ctrl+Shift+H",), "history"),
    PageCommand("log", "View", mark("Event log"), ("Ctrl+J",), "list"),
    PageCommand("next_area", "View", mark("Go to the next area"), ("F6",)),
    PageCommand("previous_area", "View", mark("Go to the area before"), ("Shift+F6",)),
    PageCommand("settings", "Journey", mark("Journey settings…"), ("Alt+Return",), "settings"),
    PageCommand("validate", "Journey", mark("Validate"), ("F8",), "check", edits=True),
    PageCommand("activate", "Journey", mark("Activate…"), ("Ctrl+Shift+A",), "play", edits=True),
    PageCommand("new_version", "Journey", mark("New version, or its draft"), ("F7",), "duplicate", states=_ACTIVATED),
    PageCommand("pause", "Journey", mark("Pause…"), ("F9",), "pause", states=(Status.RUNNING,)),
    PageCommand("resume", "Journey", mark("Resume"), ("Shift+F9",), "play", states=(Status.PAUSED,)),
    PageCommand("stop", "Journey", mark("Stop…"), ("Ctrl+F9",), "stop", states=_ACTIVATED[:3]),
    PageCommand("test", "Test", mark("Test: fire an event…"), ("F5",), "play"),
)


class PageActions:
    """QActions by name; their shortcuts count while the focus is anywhere on the page."""

    def __init__(self, page: JourneyPage, handlers: dict[str, Callable[[], object]]) -> None:
        self._page = page
        self.by_name: dict[str, QAction] = {}
        for command in COMMANDS:
            action = QAction(tr(command.text), page)
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            keymap().bind(action, f"journey.{command.name}", command.keys)
            if command.icon:
                action.setIcon(theme().icon(command.icon))
            act = handlers[command.name]
            action.triggered.connect(lambda _checked=False, act=act: act())
            page.addAction(action)
            self.by_name[command.name] = action

    def of_menu(self, menu: str) -> list[QAction]:
        """The actions that belong into a menu, in their order."""
        return [self.by_name[command.name] for command in COMMANDS if command.menu == menu]

    def grey(self) -> None:
        """Grey what this version does not allow."""
        document = self._page.document
        for command in COMMANDS:
            here = not command.states or document.status in command.states
            self.by_name[command.name].setEnabled(here and not (command.edits and document.read_only))
