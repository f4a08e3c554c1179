"""The canvas's commands as actions: one table for menus, shortcuts, the context menu and the palette of commands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence

from app.ui.canvas import walk
from app.ui.canvas.camera import STEP
from app.ui.keymap import keymap
from app.ui.theme import theme
from app.ui.translation import mark, tr

if TYPE_CHECKING:
    from app.ui.canvas.commands import Commands
    from app.ui.canvas.view import CanvasView

EDIT, VIEW, JOURNEY = "Edit", "View", "Journey"
"""Keys of the window's menus."""


@dataclass(frozen=True, slots=True)
class CanvasCommand:
    """`edits` keeps it grey while the version cannot be changed; `on_selection` while nothing is selected; `shares`
    names the command of the window whose keys it has."""

    name: str
    menu: str
    text: str
    keys: tuple[str, ...] = ()
    icon: str = ""
    edits: bool = False
    on_selection: bool = False
    shares: str = ""


COMMANDS: tuple[CanvasCommand, ...] = (
    CanvasCommand(
        "open", JOURNEY, mark("Open settings of the tile"), ("Return", "Enter"), "settings", on_selection=True
    ),
    CanvasCommand("add", JOURNEY, mark("Add an activity here…"), ("Tab", "Insert"), "plus", edits=True),
    CanvasCommand("rename", JOURNEY, mark("Rename tile"), ("F2",), "edit", edits=True, on_selection=True),
    CanvasCommand(
        "disable", JOURNEY, mark("Disable or enable tile"), ("Ctrl+/",), "pause", edits=True, on_selection=True
    ),
    CanvasCommand("replace", JOURNEY, mark("Replace tile by…"), ("Ctrl+R",), "refresh", edits=True, on_selection=True),
    CanvasCommand(
        "group", JOURNEY, mark("Group tiles, fold or unfold"), ("Ctrl+G",), "group", edits=True, on_selection=True
    ),
    CanvasCommand("ungroup", JOURNEY, mark("Take the group apart"), ("Ctrl+Shift+G",), edits=True, on_selection=True),
    CanvasCommand("swap_paths", JOURNEY, mark("Swap the first two paths"), ("Alt+S",), edits=True, on_selection=True),
    CanvasCommand("note", JOURNEY, mark("Add a note"), ("Ctrl+Shift+N",), "note", edits=True),
    CanvasCommand("path_up", JOURNEY, mark("Move path up"), ("Alt+Up",), "arrow-up", edits=True, on_selection=True),
    CanvasCommand(
        "path_down", JOURNEY, mark("Move path down"), ("Alt+Down",), "arrow-down", edits=True, on_selection=True
    ),
    CanvasCommand(
        "move_later", JOURNEY, mark("Move tile later"), ("Ctrl+Right",), "chevron-right", edits=True, on_selection=True
    ),
    CanvasCommand(
        "move_earlier",
        JOURNEY,
        mark("Move tile earlier"),
        ("Ctrl+Left",),
        "chevron-left",
        edits=True,
        on_selection=True,
    ),
    CanvasCommand(
        "connect", JOURNEY, mark("Lead the open end to a tile…"), ("Ctrl+K",), "join", edits=True, on_selection=True
    ),
    CanvasCommand(
        "disconnect", JOURNEY, mark("Cut the connector behind"), ("Ctrl+Shift+K",), "cut", edits=True, on_selection=True
    ),
    CanvasCommand("cut", EDIT, mark("Cut tiles"), ("Ctrl+X",), "cut", edits=True, on_selection=True),
    CanvasCommand("copy", EDIT, mark("Copy tiles"), ("Ctrl+C",), "copy", on_selection=True),
    CanvasCommand("paste", EDIT, mark("Paste after the selection"), ("Ctrl+V",), "paste", edits=True),
    CanvasCommand("duplicate", EDIT, mark("Duplicate tiles"), ("Ctrl+D",), "duplicate", edits=True, on_selection=True),
    CanvasCommand(
        "delete", EDIT, mark("Delete and close the gap"), ("Del", "Backspace"), "trash", edits=True, on_selection=True
    ),
    CanvasCommand(
        "delete_branch",
        EDIT,
        mark("Delete with everything after it"),
        ("Shift+Del",),
        "trash",
        edits=True,
        on_selection=True,
    ),
    CanvasCommand("select_all", EDIT, mark("Select all tiles"), ("Ctrl+A",)),
    CanvasCommand("select_after", EDIT, mark("Select everything after"), ("Ctrl+Shift+Right",), on_selection=True),
    CanvasCommand("select_before", EDIT, mark("Select everything before"), ("Ctrl+Shift+Left",), on_selection=True),
    CanvasCommand("find", EDIT, mark("Find on the canvas…"), ("Ctrl+F",), "search"),
    CanvasCommand("fit", VIEW, mark("Show the whole journey"), ("Ctrl+0", "0"), "fit"),
    CanvasCommand("natural", VIEW, mark("Zoom to 100 %"), ("Ctrl+1", "1")),
    CanvasCommand("zoom_selection", VIEW, mark("Zoom to the selection"), ("Ctrl+2", "2"), "search", on_selection=True),
    CanvasCommand("zoom_in", VIEW, mark("Zoom in"), ("Ctrl++", "Ctrl+=", "+"), "zoom-in"),
    CanvasCommand("zoom_out", VIEW, mark("Zoom out"), ("Ctrl+-", "-"), "minus"),
    CanvasCommand("undo", "", mark("Undo"), ("Ctrl+Z",), shares="window.undo"),
    CanvasCommand("redo", "", mark("Redo"), ("Ctrl+Y", "Ctrl+Shift+Z"), shares="window.redo"),
    CanvasCommand("right", "", mark("Go to the next tile"), ("Right",)),
    CanvasCommand("left", "", mark("Go to the tile before"), ("Left",)),
    CanvasCommand("up", "", mark("Go up"), ("Up",)),
    CanvasCommand("down", "", mark("Go down"), ("Down",)),
    CanvasCommand("add_right", "", mark("Select the next tile too"), ("Shift+Right",)),
    CanvasCommand("add_left", "", mark("Select the tile before too"), ("Shift+Left",)),
    CanvasCommand("first", "", mark("Go to the start"), ("Home",)),
    CanvasCommand("menu", "", mark("Menu of the selection"), ("Menu", "Shift+F10")),
)


class CanvasActions:
    """QActions by name. Their shortcuts count while the canvas has the focus, so that text fields keep theirs."""

    def __init__(self, view: CanvasView, commands: Commands) -> None:
        self._view = view
        self.by_name: dict[str, QAction] = {}
        handlers = _handlers(view, commands)
        for command in COMMANDS:
            action = QAction(tr(command.text), view)
            keymap().bind(action, command.shares or f"canvas.{command.name}", command.keys)
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            if command.icon:
                action.setIcon(theme().icon(command.icon))
            act = handlers[command.name]
            action.triggered.connect(lambda _checked=False, act=act: act())
            self.by_name[command.name] = action
        for signal in (view.document.selection_changed, view.document.state_changed):
            signal.connect(self._grey)
        self._grey()

    def of_menu(self, menu: str) -> list[QAction]:
        """The actions that belong into a menu, in their order."""
        return [self.by_name[command.name] for command in COMMANDS if command.menu == menu]

    @property
    def unlisted(self) -> list[QAction]:
        """The actions that are in no menu and no one else's: walking, selecting."""
        return [self.by_name[command.name] for command in COMMANDS if not command.menu and not command.shares]

    def handles(self, keys: QKeySequence) -> bool:
        """Whether a key belongs to the canvas while it has the focus, whatever the window does with it elsewhere."""
        return any(keys in action.shortcuts() for action in self.by_name.values())

    def trigger(self, keys: QKeySequence) -> bool:
        """Do what a key means; returns whether it means anything here and now: where nothing can be added, Tab goes on
        as it does everywhere."""
        found = next((each for each in self.by_name.values() if keys in each.shortcuts() and each.isEnabled()), None)
        if found is not None:
            found.trigger()
        return found is not None

    def _grey(self) -> None:
        document = self._view.document
        for command in COMMANDS:
            able = not (command.edits and document.read_only) and not (command.on_selection and not document.selection)
            self.by_name[command.name].setEnabled(able)


def _handlers(view: CanvasView, commands: Commands) -> dict[str, Callable[[], object]]:
    document = view.document

    def selected() -> str | None:
        return document.selection[-1] if document.selection else None

    def with_selected(act: Callable[[str], object]) -> Callable[[], object]:
        def do() -> None:
            key = selected()
            if key is not None:
                act(key)

        return do

    return {
        "open": with_selected(view.open_or_edit),
        "add": commands.quick_add,
        "rename": with_selected(view.rename_tile.emit),
        "disable": commands.toggle_disabled,
        "replace": view.groups.replace_by,
        "group": view.groups.group_or_fold,
        "ungroup": view.groups.ungroup,
        "swap_paths": view.groups.swap_paths,
        "note": commands.begin_note,
        "path_up": lambda: commands.move_path(-1),
        "path_down": lambda: commands.move_path(1),
        "move_later": lambda: view.keyboard.move_along(1),
        "move_earlier": lambda: view.keyboard.move_along(-1),
        "connect": view.keyboard.connect,
        "disconnect": view.keyboard.disconnect,
        "menu": view.keyboard.open_menu,
        "cut": commands.cut,
        "copy": commands.copy,
        "paste": commands.paste,
        "duplicate": commands.duplicate,
        "delete": commands.delete,
        "delete_branch": commands.delete_branch,
        "select_all": commands.select_all,
        "select_after": commands.select_after,
        "select_before": commands.select_before,
        "find": view.find_wanted.emit,
        "fit": view.fit,
        "natural": lambda: view.zoom_to(1.0),
        "zoom_selection": lambda: view.fit(document.selection),
        "zoom_in": lambda: view.zoom_by(STEP),
        "zoom_out": lambda: view.zoom_by(1 / STEP),
        "undo": document.undo_stack.undo,
        "redo": document.undo_stack.redo,
        "right": lambda: commands.walk(walk.RIGHT),
        "left": lambda: commands.walk(walk.LEFT),
        "up": lambda: commands.walk(walk.UP),
        "down": lambda: commands.walk(walk.DOWN),
        "add_right": lambda: commands.walk(walk.RIGHT, adding=True),
        "add_left": lambda: commands.walk(walk.LEFT, adding=True),
        "first": commands.go_first,
    }
