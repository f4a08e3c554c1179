"""The window's own commands: one table that makes the menus, the shortcuts and the palette's lines."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from app.ui.keymap import keymap, written
from app.ui.theme import theme
from app.ui.translation import mark, tr

MENUS: Final = {
    "File": mark("&File"),
    "Edit": mark("&Edit"),
    "View": mark("&View"),
    "Journey": mark("&Journey"),
    "Test": mark("&Test"),
    "Data": mark("&Data"),
    "Window": mark("&Window"),
    "Help": mark("&Help"),
}


@dataclass(frozen=True, slots=True)
class Command:
    """`name` is what the handlers are found by; `needs_workspace` keeps it grey until one is open."""

    name: str
    menu: str
    text: str
    keys: str | QKeySequence.StandardKey | tuple[str, ...] = ""
    icon: str = ""
    needs_workspace: bool = True

    @property
    def default_keys(self) -> tuple[str, ...]:
        """The keys that it has while nobody chose others."""
        if isinstance(self.keys, tuple):
            return self.keys
        keys = written(self.keys)
        return (keys,) if keys else ()


_BEHIND_THE_FIRST: Final = {"File", "Edit", "View"}
_LINE: Final = None
Standard = QKeySequence.StandardKey

COMMANDS: Final[tuple[Command | tuple[str, None], ...]] = (
    Command("new_journey", "File", mark("&New journey"), Standard.New, "plus"),
    Command("import", "File", mark("&Import journey…"), Standard.Open, "import"),
    Command("export", "File", mark("&Export journey…"), "Ctrl+E", "export"),
    ("File", _LINE),
    Command("switch_workspace", "File", mark("&Switch workspace…"), "Ctrl+Shift+O", "database", needs_workspace=False),
    Command("back_up", "File", mark("&Back up workspace…"), "Ctrl+Shift+S", "save"),
    Command("workspace_settings", "File", mark("&Workspace settings…"), "Ctrl+F2", "settings"),
    ("File", _LINE),
    Command("preferences", "File", mark("&Preferences…"), "Ctrl+,", "settings", needs_workspace=False),
    ("File", _LINE),
    Command("close_tab", "File", mark("&Close tab"), Standard.Close, "close"),
    Command("quit", "File", mark("&Quit"), "Ctrl+Q", "exit", needs_workspace=False),
    Command("undo", "Edit", mark("&Undo"), ("Ctrl+Z",), "undo"),
    Command("redo", "Edit", mark("&Redo"), ("Ctrl+Y", "Ctrl+Shift+Z"), "redo"),
    ("Edit", _LINE),
    Command("palette", "Edit", mark("Find &anything…"), "Ctrl+Shift+P", "command", needs_workspace=False),
    Command("journeys", "View", mark("&Journeys"), "Alt+1", "home"),
    Command("entry_sources", "View", mark("&Entry sources"), "Alt+2", "api-event"),
    Command("data_extensions", "View", mark("&Data extensions"), "Alt+3", "table"),
    Command("contacts", "View", mark("&Contacts"), "Alt+4", "contacts"),
    Command("sent", "View", mark("&Sent messages"), "Alt+5", "mail"),
    Command("events", "View", mark("E&vents"), "Alt+6", "list"),
    ("View", _LINE),
    Command("theme", "View", mark("Switch between &light and dark"), "Ctrl+Shift+L", "moon", needs_workspace=False),
    Command("full_screen", "View", mark("&Full screen"), "F11", "fit", needs_workspace=False),
    Command("start_stop_api", "Test", mark("&Start the API"), "Ctrl+F5", "server"),
    Command("copy_address", "Test", mark("Copy the API's &address"), "Ctrl+Shift+F5", "copy"),
    Command("credentials", "Test", mark("Show API &credentials…"), "Ctrl+F7", "key"),
    Command("server_log", "Test", mark("API &log…"), "Ctrl+F8", "list", needs_workspace=False),
    ("Test", _LINE),
    Command("where_is", "Test", mark("&Where is this contact?"), "Ctrl+Shift+F", "search"),
    Command("clear_test", "Test", mark("&Clear test contacts…"), "Shift+F5", "trash"),
    Command("new_event", "Data", mark("New &event…"), "Ctrl+F3", "api-event"),
    Command("new_data_extension", "Data", mark("New &data extension…"), "Ctrl+Shift+F3", "table"),
    Command("import_csv", "Data", mark("&Import a CSV file…"), "Ctrl+Shift+I", "import"),
    Command("next_tab", "Window", mark("&Next tab"), "Ctrl+Tab", "chevron-right"),
    Command("previous_tab", "Window", mark("&Previous tab"), "Ctrl+Shift+Tab", "chevron-left"),
    Command("close_others", "Window", mark("Close &other tabs"), "Ctrl+Shift+W", "close"),
    Command("help", "Help", mark("&Help"), Standard.HelpContents, "help", needs_workspace=False),
    Command("shortcuts", "Help", mark("&Keyboard shortcuts"), "Ctrl+?", "keyboard", needs_workspace=False),
    Command("changelog", "Help", mark("What is &new"), "Ctrl+F1", "history", needs_workspace=False),
    Command("log_folder", "Help", mark("Open &log folder"), "Ctrl+F12", "folder", needs_workspace=False),
    ("Help", _LINE),
    Command("about", "Help", mark("&About Switchback"), "Ctrl+Shift+F1", "info", needs_workspace=False),
)


class Commands:
    """The actions of the window in its menus: the titles at once, the entries with `fill`.

    `show_page_actions` puts a page's own actions into the same menus.
    """

    def __init__(self, window: QMainWindow) -> None:
        self._window = window
        self.menus: dict[str, QMenu] = {}
        self.actions: dict[str, QAction] = {}
        self._with_workspace: list[QAction] = []
        self._of_page: list[tuple[QMenu, QAction]] = []
        bar = window.menuBar()
        for key, title in MENUS.items():
            self.menus[key] = QMenu(tr(title), bar)
            bar.addMenu(self.menus[key])

    def fill(self, do: Callable[[str], None]) -> None:
        """Put the commands into the menus; each calls `do` with its name."""
        for entry in COMMANDS:
            if isinstance(entry, Command):
                self._add(entry, do)
            else:
                self.menus[entry[0]].addSeparator()

    def menu_keys(self) -> dict[str, str]:
        """The keys that open the menus, with the menus' titles: no command can have them."""
        found = {written(QKeySequence.mnemonic(menu.title())): menu.title() for menu in self.menus.values()}
        return {keys: title.replace("&", "") for keys, title in found.items() if keys}

    def set_workspace_open(self, is_open: bool) -> None:
        """Grey what needs a workspace, or not."""
        for action in self._with_workspace:
            action.setEnabled(is_open)

    def show_page_actions(self, of_menu: Sequence[tuple[str, Sequence[QAction]]]) -> None:
        """Replace the actions that the page before had put into the menus; they stand first in their menu, but behind
        what every program has first: New, Undo, the places to go."""
        for menu, action in self._of_page:
            menu.removeAction(action)
        self._of_page.clear()
        for name, actions in of_menu:
            menu = self.menus[name]
            own = menu.actions()
            sections = [at + 1 for at, action in enumerate(own) if action.isSeparator()]
            before = own[sections[0] if name in _BEHIND_THE_FIRST else 0] if own else None
            separator = QAction(menu)
            separator.setSeparator(True)
            for action in (*actions, separator) if before is not None else tuple(actions):
                menu.insertAction(before, action) if before is not None else menu.addAction(action)
                self._of_page.append((menu, action))

    def _add(self, command: Command, do: Callable[[str], None]) -> None:
        action = QAction(tr(command.text), self._window)
        keymap().bind(action, f"window.{command.name}", command.default_keys)
        if command.icon:
            action.setIcon(theme().icon(command.icon))
        action.triggered.connect(lambda _checked=False: do(command.name))
        self.menus[command.menu].addAction(action)
        # A shortcut must work while the menu bar is hidden in full screen, too.
        self._window.addAction(action)
        self.actions[command.name] = action
        if command.needs_workspace:
            self._with_workspace.append(action)


def all_actions(window: QMainWindow) -> list[tuple[str, QAction]]:
    """Every action that can be done now, with the menu that it is in, in the menus' order."""
    found: list[tuple[str, QAction]] = []

    def walk(menu: QMenu, path: str) -> None:
        for action in menu.actions():
            below = action.menu()
            if isinstance(below, QMenu):
                walk(below, f"{path} › {action.text().replace('&', '')}")
            elif action.text() and action.isEnabled() and action.isVisible():
                found.append((path, action))

    for entry in window.menuBar().actions():
        below = entry.menu()
        if isinstance(below, QMenu):
            below.aboutToShow.emit()
            walk(below, entry.text().replace("&", ""))
    return found
