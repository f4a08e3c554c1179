"""What each command of the window does."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtGui import QAction, QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QPlainTextEdit, QTextEdit, QWidget

from app.kernel.resources import resource
from app.services.views import JourneyCard
from app.ui.command_palette import CommandPalette, Found
from app.ui.commands import all_actions
from app.ui.dialogs.ask import ask
from app.ui.keymap import shown_of
from app.ui.theme import theme
from app.ui.translation import tr, trn
from app.ui.widgets import toast

if TYPE_CHECKING:
    from app.ui.desk import Desk
    from app.ui.window import MainWindow


class Handlers:
    """`do(name)` does a command; "name:detail" hands the detail on. Unknown names are a mistake: KeyError."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        page = self._page
        self._plain: dict[str, Callable[[], object]] = {
            "new_journey": self._new_journey,
            "import": lambda: self._desk().files.ask_import(),
            "export": self._export_current,
            "switch_workspace": self._switch_workspace,
            "back_up": self._back_up,
            "workspace_settings": self._workspace_settings,
            "preferences": self._preferences,
            "close_tab": lambda: window.tabs.close_at(window.tabs.bar.currentIndex()),
            "quit": window.close,
            "undo": lambda: self._text("undo"),
            "redo": lambda: self._text("redo"),
            "palette": self._palette,
            "journeys": lambda: page("journeys"),
            "entry_sources": lambda: page("entry_sources"),
            "data_extensions": lambda: page("data_extensions"),
            "contacts": lambda: page("contacts"),
            "sent": lambda: page("sent"),
            "events": lambda: page("events"),
            "theme": self._flip_theme,
            "full_screen": self._full_screen,
            "start_stop_api": self._start_stop_api,
            "copy_address": self._copy_address,
            "credentials": self._credentials,
            "server_log": self._server_log,
            "api_menu": self._api_menu,
            "where_is": lambda: page("contacts", "?"),
            "last_event": lambda: self._desk().show_last_event(),
            "clear_test": self._clear_test,
            "new_event": lambda: self._on_page("entry_sources"),
            "new_data_extension": lambda: self._on_page("data_extensions"),
            "import_csv": self._import_csv,
            "next_tab": lambda: window.tabs.step(1),
            "previous_tab": lambda: window.tabs.step(-1),
            "close_others": window.tabs.close_others,
            "help": lambda: self._read(tr("Help"), "help.md"),
            "changelog": lambda: self._read(tr("What is new"), "CHANGELOG.md"),
            "shortcuts": self._shortcuts,
            "log_folder": self._log_folder,
            "about": self._about,
            "more": self._more_menu,
        }
        self._with_detail: dict[str, Callable[[str], object]] = {
            "example": self._take_example,
            "export": self._export,
            "journey_deleted": lambda ident: self._desk().close_journey(ident),
        }

    def do(self, command: str) -> None:
        """Do it."""
        name, colon, detail = command.partition(":")
        if colon:
            self._with_detail[name](detail)
        else:
            self._plain[name]()

    def _desk(self) -> Desk:
        desk = self._window.desk
        if desk is None:
            raise RuntimeError("the command needs an open workspace, and its action should be grey without one")
        return desk

    def _page(self, key: str, detail: str = "") -> None:
        self._desk().open_page(key, detail)

    def _on_page(self, key: str) -> None:
        """The page's own way to make a new thing."""
        self._page(key)
        page = self._window.tabs.widget(key)
        create = getattr(page, "create_thing", None)
        if callable(create):
            create()

    def _text(self, what: str) -> None:
        """Undo or redo in the field that has the focus, else in the page that is in front."""
        field = QApplication.focusWidget()
        of_text = isinstance(field, QLineEdit | QPlainTextEdit | QTextEdit)
        act = getattr(field if of_text else self._window.tabs.current(), what, None)
        if callable(act):
            act()

    def _new_journey(self) -> None:
        from app.ui.dialogs.new_journey import NewJourneyDialog

        desk = self._desk()

        def then(card: JourneyCard) -> None:
            desk.open_journey(card.id)

        dialog = NewJourneyDialog(desk.session, then, self._window)
        dialog.open()

    def _import_csv(self) -> None:
        page = self._window.tabs.current()
        self._desk().files.ask_csv(getattr(page, "document", None))

    def _export_current(self) -> None:
        key = self._window.tabs.current_key()
        desk = self._desk()
        if key.startswith("journey:"):
            self._export(key.removeprefix("journey:"))
            return
        page = desk.tabs.current()
        current = getattr(getattr(page, "table", None), "current", lambda: None)()
        if isinstance(current, JourneyCard):
            desk.files.export(current.id, current.name)
        else:
            toast(self._window, tr("Open a journey or choose one in the list, then export it."))

    def _export(self, journey_id: str) -> None:
        self._desk().export_journey(journey_id)

    def _take_example(self, name: str) -> None:
        content = resource("examples", name)
        self._desk().files.import_content(content.read_bytes, name)

    def _switch_workspace(self) -> None:
        from app.ui.dialogs.switch_workspace import SwitchWorkspaceDialog

        window = self._window
        dialog = SwitchWorkspaceDialog(window.preferences.recent, window.location, window)
        if dialog.exec() and dialog.chosen != "":
            window.open_at(dialog.chosen, makes=dialog.makes)
        dialog.deleteLater()

    def _back_up(self) -> None:
        self._desk().back_up()

    def _workspace_settings(self) -> None:
        from app.ui.dialogs.workspace_settings import WorkspaceSettingsDialog

        WorkspaceSettingsDialog(self._desk().session, self._window).open()

    def _preferences(self) -> None:
        from app.ui.dialogs.preferences import PreferencesDialog

        PreferencesDialog(self._window.preferences, self._window, self._shortcuts).open()

    def _palette(self) -> None:
        window = self._window
        lines = [
            Found(a.text().replace("&", "").removesuffix("…"), place, shown_of(a), a.icon(), a.trigger)
            for place, a in all_actions(window)
        ]
        actions_of = getattr(getattr(window.tabs.current(), "canvas", None), "actions_of", None)
        for action in actions_of.unlisted if actions_of is not None else ():
            if action.isEnabled():
                lines.append(Found(action.text(), tr("Canvas"), shown_of(action), action.icon(), action.trigger))
        if window.desk is not None:
            lines += window.desk.journey_lines()
        palette = CommandPalette(lines, window)
        palette.exec()
        palette.deleteLater()

    def _flip_theme(self) -> None:
        mode = "light" if theme().dark else "dark"
        self._window.preferences.theme = mode
        theme().set_mode(mode)

    def _full_screen(self) -> None:
        window = self._window
        window.showNormal() if window.isFullScreen() else window.showFullScreen()

    def _start_stop_api(self) -> None:
        server = self._window.server
        if server.is_up:
            server.stop()
        else:
            server.start(*self._api_wishes())

    def _api_wishes(self) -> tuple[str, int, int]:
        """The workspace, port and limit with which the API starts."""
        wishes = self._window.preferences
        return self._desk().location, wishes.api_port, wishes.api_rate_limit

    def _copy_address(self) -> None:
        address = self._window.server.address
        if address:
            QGuiApplication.clipboard().setText(address)
            toast(self._window, tr("Copied {address}.", address=address))
        else:
            toast(self._window, tr("The API is off."), tr("Start the API"), self._start_stop_api)

    def _credentials(self) -> None:
        from app.ui.dialogs.credentials import CredentialsDialog

        CredentialsDialog(self._desk().session, self._window.server.address, self._window).open()

    def _server_log(self) -> None:
        from app.ui.dialogs.server_log import ServerLogDialog

        ServerLogDialog(self._window.server, self._window).show()

    def _api_menu(self) -> None:
        names = ("start_stop_api", "copy_address", "credentials", "server_log")
        self._menu(self._window.status.api, *names, upwards=True, more=self._ports())

    def _ports(self) -> list[QAction]:
        """What can be done where the API listens elsewhere than on the port that was wished for."""
        server, port = self._window.server, self._window.preferences.api_port
        if not server.address or server.address.endswith(f":{port}"):
            return []
        again = QAction(theme().icon("refresh"), tr("Start the API again on port {port}", port=port), self._window)
        again.triggered.connect(lambda: server.restart(*self._api_wishes()))
        other = QAction(theme().icon("settings"), tr("Choose another port…"), self._window)
        other.triggered.connect(self._preferences)
        return [again, other]

    def _more_menu(self) -> None:
        pages = ("journeys", "entry_sources", "data_extensions", "contacts", "sent", "events")
        self._menu(self._window.tabs.add_button, "new_journey", "import", "", *pages)

    def _menu(self, anchor: QWidget, *names: str, upwards: bool = False, more: Sequence[QAction] = ()) -> None:
        """Some of the window's actions as a menu at a button, `more` of this moment above them."""
        menu = QMenu(self._window)
        for action in more:
            action.setParent(menu)
            menu.addAction(action)
        if more:
            menu.addSeparator()
        for name in names:
            if name:
                menu.addAction(self._window.commands.actions[name])
            else:
                menu.addSeparator()
        above = QPoint(0, -menu.sizeHint().height())
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(anchor.mapToGlobal(above if upwards else QPoint(0, anchor.height())))

    def _clear_test(self) -> None:
        desk = self._desk()
        text = tr(
            "Contacts, stays and messages that tests left behind are taken away, and the rows that tests wrote. "
            "What real calls brought stays."
        )
        if not ask(self._window, tr("Clear test contacts?"), text, tr("Clear test contacts"), danger=True):
            return
        workspace = desk.workspace

        def job() -> int:
            from app.services.clear_test_contacts import clear_test_contacts

            return clear_test_contacts(workspace)

        def then(count: int) -> None:
            toast(
                self._window,
                trn("{n} test contact cleared.", "{n} test contacts cleared.", count)
                if count
                else tr("There were no test contacts."),
            )

        self._window.work.run(self._window, job, then, label=tr("Clearing test contacts"))

    def _read(self, title: str, file: str) -> None:
        from app.ui.dialogs.reader import ReaderDialog

        ReaderDialog(title, resource("help", file).read_text("utf-8"), self._window).show()

    def _shortcuts(self) -> None:
        from app.ui.dialogs.shortcuts import open_shortcuts

        open_shortcuts(self._window.commands.menu_keys(), self._window)

    def _log_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._window.guard.log_file.parent)))

    def _about(self) -> None:
        from app.ui.dialogs.about import AboutDialog

        desk = self._window.desk
        AboutDialog(desk.workspace.info if desk else None, self._window.guard.log_file, self._window).open()
