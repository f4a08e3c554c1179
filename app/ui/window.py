"""The main window: menus, documents, status; it opens a workspace off the GUI thread and lets it go at the end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMimeData, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QLabel, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from app.kernel.errors import (
    Cancelled,
    SwitchbackError,
    WorkspaceBusy,
    WorkspaceError,
    WorkspaceFull,
    WorkspaceReadOnly,
    WorkspaceUnreachable,
)
from app.ui.commands import Commands
from app.ui.crash import CrashGuard
from app.ui.local_api import local_api
from app.ui.preferences import Preferences
from app.ui.secret_location import without_password
from app.ui.server import ServerControl
from app.ui.start_page import StartPage
from app.ui.status_bar import StatusBar
from app.ui.translation import tr
from app.ui.widgets.drop_hint import DropHint
from app.ui.widgets.tab_order import follow_layouts
from app.ui.work import Work

if TYPE_CHECKING:
    from app.services.workspace import Workspace
    from app.ui.desk import Desk
    from app.ui.document_tabs import DocumentTabs
    from app.ui.handlers import Handlers

_TOAST_LENGTH = 220
"""A longer message wants a dialog: nobody reads four lines against the clock."""

_PAINTED_AT_LATEST_MS = 1000
"""A window that starts minimised is never painted, and opens its workspace all the same."""

_PASSING = (WorkspaceBusy, WorkspaceFull, WorkspaceReadOnly, WorkspaceUnreachable)
"""What may pass while the window stands: it then opens the workspace without being asked again."""

_AFTER_A_TAB_MS = 50
_AGAIN_MS = (2000, 2000, 5000, 10_000, 30_000)
"""Waits between the tries; longer and longer ones, as a server may count wrong passwords."""


class MainWindow(QMainWindow):
    """One window, one workspace at a time. `start` opens it; closing the window ends everything it started.

    It is made in two goes: what is seen at once, and after the first paint what is needed only then (the menus'
    entries, `tabs`).
    """

    tabs: DocumentTabs

    def __init__(
        self,
        open_workspace: Callable[[str | None], Workspace],
        serve_command: Sequence[str],
        preferences: Preferences,
        guard: CrashGuard,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Switchback")
        self.setMinimumSize(524, 304)
        self.resize(1600, 1000)
        self.setAcceptDrops(True)
        DropHint(self, self._drop_words)
        self.preferences = preferences
        self.guard = guard
        self.work = Work(self)
        self.server = ServerControl(serve_command, self)
        self.desk: Desk | None = None
        self.location: str | None = None
        self._open_workspace = open_workspace
        self._files: list[Path] = []
        self._asked = self._tries = 0
        self._makes = True
        self._leaving = False
        self._again = QTimer(self, singleShot=True)
        self._again.timeout.connect(self._open)
        self._waits_for_paint = False
        self._crash: QWidget | None = None
        self.start_page = StartPage(self)
        self.status = StatusBar(self.server, self)
        self.pages = QStackedWidget(self)
        self.pages.addWidget(self.start_page)
        middle = QWidget(self)
        box = QVBoxLayout(middle)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.pages, 1)
        box.addWidget(self.status)
        self.setCentralWidget(middle)
        mark = QLabel("Switchback", self)
        mark.setObjectName("mark")
        self.menuBar().setNativeMenuBar(True)
        self.commands = Commands(self)
        if not self.menuBar().isNativeMenuBar():
            self.menuBar().setCornerWidget(mark, Qt.Corner.TopLeftCorner)
        self._handlers: Handlers | None = None
        self._connect()
        self._restore_geometry()

    def do(self, command: str) -> None:
        """Do one of the window's commands, by its name."""
        if self._handlers is None:
            from app.ui.handlers import Handlers  # dear to import: after the first paint

            self._handlers = Handlers(self)
        self._handlers.do(command)

    def start(self, location: str | None, files: Sequence[Path] = ()) -> None:
        """Open the workspace after the window was painted, then preview the files for import."""
        self._files = list(files)
        if location is None and self.preferences.recent:
            location = self.preferences.recent[0]
            self._makes = False
        self.location = location
        self.start_page.show_opening(_short(location))
        self._waits_for_paint = True
        QTimer.singleShot(_PAINTED_AT_LATEST_MS, self, self._open_first)

    def event(self, event: QEvent) -> bool:
        """The first paint comes before everything that is dear."""
        done = super().event(event)
        if event.type() == QEvent.Type.Paint and self._waits_for_paint:
            QTimer.singleShot(0, self, self._open_first)
        return done

    def focusNextPrevChild(self, onward: bool) -> bool:
        """Tab follows what is seen: forms and lists are made anew while the window stands."""
        middle = self.centralWidget()
        if middle is not None:
            follow_layouts(middle)
        return super().focusNextPrevChild(onward)

    def open_at(self, location: str | None, *, makes: bool = True) -> None:
        """Let go of the workspace that is open, and open the one at `location` (None: the default one). `makes`: where
        there is none, one is made; else its absence is said, as a disk may not be connected."""
        if self.desk is not None and not self.desk.may_leave():
            return
        self.leave_workspace()
        self.location, self._makes = location, makes
        self.pages.setCurrentWidget(self.start_page)
        self.start_page.show_opening(_short(location))
        self._tries = 0
        self._open()

    def _open(self) -> None:
        self._again.stop()
        self._asked += 1
        asked, location, open_workspace = self._asked, self.location, self._open_workspace
        wanted = location if not self._makes else None

        def job() -> Workspace:
            # Dear to import, and here it does not hold up the window.
            import app.ui.desk_pages
            import app.ui.handlers  # noqa: F401

            if _is_gone(wanted):
                raise WorkspaceUnreachable(tr("The workspace {path} is not there any more.", path=wanted), hint=_gone())
            opened = open_workspace(location)
            if asked != self._asked:  # another one was asked for meanwhile, or the window closes
                opened.close()
                raise Cancelled(tr("The workspace is not wanted any more."))
            return opened

        def then(workspace: Workspace) -> None:
            if asked == self._asked:
                self._opened(workspace)
            else:
                self.work.run(self, workspace.close, lambda _none: None)

        def failed(error: Exception) -> None:
            if asked == self._asked:
                self._not_opened(error)

        self.work.run(self, job, then, failed)

    def leave_workspace(self) -> None:
        """Close tabs (drafts are kept), the API, and the workspace."""
        from app.ui.widgets.toast import put_away

        if self.desk is None:
            return
        desk, self.desk = self.desk, None
        put_away(self)
        self._keep_tabs(desk)
        self._leaving = True
        try:
            self.server.close()
            desk.close()
        finally:
            self._leaving = False
        self.commands.show_page_actions([])
        self.commands.set_workspace_open(False)
        self.status.show_workspace("", "", "")
        self.status.show_events("")

    def show_error(self, error: object) -> None:
        """A SwitchbackError as words; anything else is for the crash dialog."""
        from app.ui.dialogs.ask import tell
        from app.ui.errors import in_words
        from app.ui.widgets import toast

        if not isinstance(error, SwitchbackError):
            if isinstance(error, BaseException):
                self.guard.report(error)
            return
        words = in_words(error)
        if len(words) <= _TOAST_LENGTH and not isinstance(error, WorkspaceError):
            toast(self, words)
        else:
            tell(self, tr("That did not work"), words)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep what must be kept, end what was started. What cannot be kept is asked about, and may keep it open."""
        if self.work.waited_for or self._leaving:  # a tab's draft is being written: the window closes after the tab
            QTimer.singleShot(_AFTER_A_TAB_MS, self, self.close)
            event.ignore()
            return
        if self.desk is not None and not self.desk.may_leave():
            event.ignore()
            return
        self._again.stop()
        self._asked += 1
        self.preferences.geometry = self.saveGeometry()
        self.hide()  # what has to be waited for now concerns nobody
        self.leave_workspace()
        self.server.close()
        self.work.close()
        self.preferences.flush()
        super().closeEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A journey's file may be dropped anywhere, and a CSV file."""
        from app.ui.journey_files import takes

        if self.desk is not None and takes(event.mimeData()):
            event.acceptProposedAction()

    def _drop_words(self, data: QMimeData) -> str:
        from app.ui.journey_files import drop_words

        return drop_words(data) if self.desk is not None else ""

    def dropEvent(self, event: QDropEvent) -> None:
        """Preview what was dropped."""
        if self.desk is not None:
            self.desk.files.import_files([Path(u.toLocalFile()) for u in event.mimeData().urls()])
            event.acceptProposedAction()

    def _open_first(self) -> None:
        if self._waits_for_paint:
            self._waits_for_paint = False
            self._complete()
            self.open_at(self.location, makes=self._makes)

    def _complete(self) -> None:
        """What the first paint does without."""
        from app.ui.document_tabs import DocumentTabs
        from app.ui.widgets.scrim import Scrim

        self.commands.fill(self.do)
        self.commands.set_workspace_open(False)
        self.tabs = DocumentTabs(self)
        self.pages.addWidget(self.tabs)
        Scrim(self)
        self.tabs.more_wanted.connect(lambda: self.do("more"))
        self.tabs.current_changed.connect(self._show_actions_of)
        self.tabs.current_changed.connect(lambda _page: self._remember_tabs())

    def _opened(self, workspace: Workspace) -> None:
        from app.ui.desk import Desk

        info = workspace.info
        self.location = self.location or info.location
        self.desk = Desk(workspace, self.work, self.tabs, self.status, self.location, self)
        self.desk.session.failed.connect(self.show_error)
        self.desk.session.command_wanted.connect(self.do)
        # A URL is kept without its password.
        self.preferences.remember_workspace(info.location if "://" in self.location else self.location)
        self.status.show_workspace(info.name, info.backend, info.location)
        self.commands.set_workspace_open(True)
        self.pages.setCurrentWidget(self.tabs)
        self.desk.open_first(self.preferences.tabs(self.location), self.preferences.front(self.location))
        self.setWindowTitle(tr("{name} – Switchback", name=info.name) if info.name else "Switchback")
        if self.preferences.api_at_start:
            self.server.start(self.location, self.preferences.api_port, self.preferences.api_rate_limit)
        files, self._files = self._files, []
        self.desk.files.import_files(files)

    def _not_opened(self, error: Exception) -> None:
        if isinstance(error, WorkspaceError):
            passes = isinstance(error, _PASSING)
            gone = not self._makes and _is_gone(self.location)
            self.start_page.show_error(error, self.location or "", tries_again=passes, gone=gone)
            if passes:
                self._again.start(_AGAIN_MS[min(self._tries, len(_AGAIN_MS) - 1)])
                self._tries += 1
        else:
            cause = WorkspaceError(tr("The workspace did not open."), hint=str(error))
            self.start_page.show_error(cause, self.location or "")
            if not isinstance(error, SwitchbackError):
                self.guard.report(error)

    def _connect(self) -> None:
        self.start_page.again.connect(lambda: self.open_at(self.location, makes=self._makes))
        self.start_page.anew.connect(lambda: self.open_at(self.location))
        self.start_page.other.connect(lambda: self.do("switch_workspace"))
        self.start_page.leave.connect(self.close)
        self.status.switch_wanted.connect(lambda: self.do("start_stop_api"))
        self.status.api_clicked.connect(lambda: self.do("api_menu"))
        self.status.workspace_clicked.connect(lambda: self.do("workspace_settings"))
        self.status.events_clicked.connect(lambda: self.do("last_event"))
        self.server.changed.connect(lambda: local_api().set_address(self.server.address))
        self.server.changed.connect(self._name_switch)
        self.work.busy.connect(self.status.show_busy)
        self.work.unhandled.connect(self.show_error)
        self.guard.trouble.connect(self.show_error)
        self.guard.crashed.connect(self._show_crash)

    def _name_switch(self) -> None:
        """The menus say what the switch would do now."""
        switch = self.commands.actions.get("start_stop_api")
        if switch is not None:
            switch.setText(tr("&Stop the API") if self.server.is_up else tr("&Start the API"))

    def _remember_tabs(self) -> None:
        """Kept as they change: they are there again even after the program was killed."""
        if self.desk is not None:
            self._keep_tabs(self.desk)

    def _keep_tabs(self, desk: Desk) -> None:
        self.preferences.remember_tabs(desk.location, desk.kept_tabs())
        self.preferences.remember_front(desk.location, desk.kept_front())

    def _show_actions_of(self, page: QWidget) -> None:
        made = getattr(page, "menu_actions", None)
        self.commands.show_page_actions(made() if callable(made) else [])

    def _show_crash(self, report: str) -> None:
        from app.ui.dialogs.crash import CrashDialog

        if isinstance(self._crash, CrashDialog):
            self._crash.add(report)
            return
        dialog = CrashDialog(report, self.guard.log_file, self)
        self._crash = dialog
        dialog.exec()
        self._crash = None

    def _restore_geometry(self) -> None:
        geometry = self.preferences.geometry
        if geometry is not None:
            self.restoreGeometry(geometry)


def _short(location: str | None) -> str:
    """The last part of a path or URL."""
    return "" if location is None else without_password(location)[0].replace("\\", "/").rstrip("/").rsplit("/", 1)[-1]


def _is_gone(location: str | None) -> bool:
    """Whether there is no file at a path; a URL may always be asked."""
    return location is not None and "://" not in location and not Path(location).exists()


def _gone() -> str:
    return tr("It was open before. Connect the disk or bring back the folder that it was in, or open another one.")
