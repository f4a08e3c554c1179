"""One open workspace on the desk: its pages and journeys in tabs, and the line about what happened last."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QMainWindow, QWidget

from app.kernel.errors import Conflict, SwitchbackError
from app.services.views import EventLine, JourneyCard, OpenJourney
from app.services.workspace import Workspace
from app.ui.command_palette import Found
from app.ui.dialogs.ask import ask
from app.ui.document_tabs import DocumentTabs
from app.ui.errors import in_words
from app.ui.file_choice import WORKSPACES, file_to_save
from app.ui.journey_files import JourneyFiles
from app.ui.session import Session
from app.ui.status_bar import StatusBar
from app.ui.theme import theme
from app.ui.translation import tr, trn
from app.ui.widgets import toast
from app.ui.work import Work

if TYPE_CHECKING:
    from app.journey.context import JourneyContext

    _Read = tuple[OpenJourney, JourneyContext]

_TODAY_AT_MOST = 500
_TICK_MS = 15_000
"""How often "12 s ago" is said anew while nothing happens."""
_COALESCE_MS = 250


class Desk(QObject):
    """Opens pages and journeys in the window's tabs; `close` closes them and the workspace."""

    def __init__(
        self,
        workspace: Workspace,
        work: Work,
        tabs: DocumentTabs,
        status: StatusBar,
        location: str,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self.work = work
        self.tabs = tabs
        self.location = location
        self.window_widget = parent
        self._status = status
        self._lines: tuple[EventLine, ...] = ()
        self._cards: tuple[JourneyCard, ...] = ()
        self._to_come: list[str] = []
        self._front = ""
        self.session = Session(workspace, work, self)
        self.files = JourneyFiles(self.session, parent)
        self.session.journey_wanted.connect(self.open_journey)
        self.session.page_wanted.connect(self.open_page)
        self._reading = self._again = False
        self._soon = QTimer(self, singleShot=True, interval=_COALESCE_MS)
        self._soon.timeout.connect(self._read_events)
        self._tick = QTimer(self, interval=_TICK_MS)
        self._tick.timeout.connect(self._show_events)
        self._tick.start()
        self.session.bridge.events_arrived.connect(self._read_soon)
        self.session.bridge.workspace_changed.connect(self._workspace_changed)
        tabs.closing.connect(_keep_draft)
        tabs.may_close = self.may_close
        self._read_events()

    def open_first(self, keys: tuple[str, ...], front: str = "") -> None:
        """The home page, then the tabs of last time in their order, and in front the one that was."""
        self.open_page("journeys")
        self._to_come = [key for key in keys if key.startswith("journey:") or key in self._pages()]
        self._front = front if front in self._to_come else "journeys"
        self._open_next()

    def kept_tabs(self) -> tuple[str, ...]:
        """The keys of the tabs, for the next time; those that are still being opened are among them."""
        return (*self.tabs.keys[1:], *(key for key in self._to_come if key not in self.tabs.keys))

    def kept_front(self) -> str:
        """The key of the tab in front, or of the one that will be."""
        return self._front if self._to_come else self.tabs.current_key()

    def _open_next(self) -> None:
        """One after the other, so that they stand as they stood; the person may work in another meanwhile."""
        if self._to_come:
            key = self._to_come[0]
            if key.startswith("journey:") and key not in self.tabs.keys:
                self._read_journey(key, partial(self._came, key), lambda _error: self._came(key, None))
            else:
                self._came(key, None)
        elif self.tabs.current_key() == "journeys" and self._front in self.tabs.keys:
            self.tabs.bring(self._front)

    def _came(self, key: str, found: _Read | None) -> None:
        """One of last time's tabs; a journey may be gone by now (None), and that is no error worth a word."""
        self._to_come.remove(key)
        if found is not None:
            self._add_journey(key, *found)
        elif key in self._pages():
            self._add_page(key)
        # Each page takes a moment to make: what the person does comes between them.
        QTimer.singleShot(0, self, self._open_next)

    @staticmethod
    def _pages() -> Collection[str]:
        from app.ui.desk_pages import PAGES

        return PAGES

    def open_page(self, key: str, detail: str = "") -> None:
        """Bring a page to the front and one thing of it in sight."""
        from app.ui.pages.list_page import ListPage

        page = self._add_page(key)
        self.tabs.bring(key)
        if detail and isinstance(page, ListPage):
            page.reveal(detail)

    def _add_page(self, key: str) -> QWidget:
        from app.ui.desk_pages import PAGES

        title, icon, make = PAGES[key]
        return self.tabs.add(key, lambda: make(self.session), tr(title), icon)

    def open_journey(self, journey_id: str) -> None:
        """Bring a journey to the front; it is read off the GUI thread when it is not open."""
        key = f"journey:{journey_id}"
        if key in self.tabs.keys:
            self.tabs.bring(key)
        else:
            self._read_journey(key, lambda found: self._show_journey(key, *found), self.session.failed.emit)

    def _read_journey(self, key: str, then: Callable[[_Read], None], failed: Callable[[Exception], None]) -> None:
        workspace, journey_id = self.workspace, key.removeprefix("journey:")

        def job() -> _Read:
            from app.services.journey_context import journey_context
            from app.services.open_journey import open_journey

            opened = open_journey(workspace, journey_id)
            return opened, journey_context(workspace, opened.journey)

        self.work.run(self, job, then, failed, label=tr("Opening the journey"))

    def close_journey(self, journey_id: str) -> None:
        """Close its tab, if it is open: the journey was deleted."""
        self.tabs.close_key(f"journey:{journey_id}")

    def export_journey(self, journey_id: str) -> None:
        """Export a journey under its name."""
        names = {card.id: card.name for card in self._cards}
        self.files.export(journey_id, names.get(journey_id, "journey"))

    def show_last_event(self) -> None:
        """The newest event or refused call, on the Events page."""
        self.open_page("events", self._lines[0].id if self._lines else "")

    def journey_lines(self) -> list[Found]:
        """The journeys, for *Find anything*."""
        icon = theme().icon("journey", "accent")
        return [Found(c.name, tr("Open journey"), "", icon, partial(self.open_journey, c.id)) for c in self._cards]

    def back_up(self) -> None:
        """Copy the workspace to a file of the person's choice."""
        today = self.session.now().astimezone(self.session.zone)
        proposed = f"{self.workspace.info.name}-{today:%Y-%m-%d}"
        chosen = file_to_save(self.window_widget, tr("Back up workspace"), proposed, "switchback", tr(WORKSPACES))
        if chosen is None:
            return
        workspace = self.workspace

        def job() -> Path:
            from app.services.backup_workspace import backup_workspace

            return backup_workspace(workspace, str(chosen))

        def then(path: Path) -> None:
            toast(self.window_widget, tr("Backed up to {path}.", path=path))

        self.work.run(self, job, then, self.session.failed.emit, label=tr("Backing up"))

    def may_leave(self) -> bool:
        """Whether every tab may close: drafts are kept, or the person lets go of what cannot be."""
        return all(self.may_close(page) for page in map(self.tabs.widget, self.tabs.keys) if page is not None)

    def may_close(self, page: QWidget) -> bool:
        """Write the draft of a page; where it cannot be written, the person says whether its last edits may go."""
        document = getattr(page, "document", None)
        if document is None or not (document.unsaved or document.overtaken.waits):
            return True
        try:
            document.flush()
            document.overtaken.settle()
        except SwitchbackError as error:
            name = document.journey.name
            why = tr("The last edits of {name} could not be saved.", name=name)
            if not ask(
                self.window_widget,
                tr("Close {name} without its last edits?", name=name),
                f"{why} {in_words(error)}",
                tr("Close and lose them"),
                danger=True,
            ):
                if isinstance(error, Conflict):
                    document.overtaken.take_theirs()
                return False
            document.let_go()
        return True

    def close(self) -> None:
        """Close every tab, hear no more, and let the workspace go."""
        self._tick.stop()
        self._soon.stop()
        self.tabs.close_all()
        self.tabs.closing.disconnect(_keep_draft)
        self.session.close()
        # It waits for what other threads have in hand, and they for who holds the database.
        self.work.wait_for(self.workspace.close, tr("Closing the workspace"))
        self.deleteLater()

    def _show_journey(self, key: str, opened: OpenJourney, context: JourneyContext) -> None:
        self._add_journey(key, opened, context)
        self.tabs.bring(key)

    def _add_journey(self, key: str, opened: OpenJourney, context: JourneyContext) -> None:
        from app.ui.desk_pages import JourneyPage, equip
        from app.ui.document import JourneyDocument

        def make() -> QWidget:
            document = JourneyDocument(self.workspace, self.work, opened, context)
            page = JourneyPage(document)
            document.setParent(page)
            equip(page, self.session.bridge)
            page.presenting.connect(self._show_alone)
            page.find_anything.connect(lambda: self.session.command_wanted.emit("palette"))
            page.files_dropped.connect(lambda paths: self.files.import_files([Path(path) for path in paths], document))
            document.changed.connect(lambda _keys: self.tabs.rename(key, document.journey.name))
            return page

        self.tabs.add(key, make, opened.journey.name, "journey")

    def _show_alone(self, alone: bool) -> None:
        """A presentation begins or ends: the page in front alone, without what stands round it."""
        window = self.window_widget.window()
        if isinstance(window, QMainWindow):
            window.menuBar().setVisible(not alone)
        self.tabs.row.setVisible(not alone)
        self._status.setVisible(not alone)

    def _workspace_changed(self, what: str) -> None:
        self._read_soon()
        if what == "settings":
            info = self.workspace.info
            self._status.show_workspace(info.name, info.backend, info.location)

    def _read_soon(self) -> None:
        # News that never end must not put it off for ever, nor pile up questions.
        self._again = self._reading
        if not self._reading and not self._soon.isActive():
            self._soon.start()

    def _read_events(self) -> None:
        workspace = self.workspace
        self._reading, self._again = True, False

        def job() -> tuple[tuple[EventLine, ...], tuple[JourneyCard, ...]]:
            from app.services.list_journeys import list_journeys
            from app.services.recent_events import recent_events

            return recent_events(workspace, limit=_TODAY_AT_MOST, reasons=False), list_journeys(workspace)

        self.work.run(self, job, self._heard, self._heard_nothing)

    def _heard(self, found: tuple[tuple[EventLine, ...], tuple[JourneyCard, ...]]) -> None:
        self._lines, self._cards = found
        self._show_events()
        self._reading = False
        if self._again:
            self._read_soon()

    def _heard_nothing(self, _error: Exception) -> None:
        self._status.show_events("")
        self._reading = False

    def _show_events(self) -> None:
        now = self.session.now()
        today = now.astimezone(self.session.zone).date()
        count = sum(_day(line.at, self.session) == today for line in self._lines)
        if not self._lines:
            self._status.show_events(tr("No events yet"))
            return
        many = f"{count}+" if count >= _TODAY_AT_MOST else str(count)
        last = self._lines[0]
        who, ago = last.contact_key or tr("a call"), self.session.ago(last.at)
        words = {
            "admitted": tr("{who} admitted {ago}", who=who, ago=ago),
            "refused": tr("{who} not admitted {ago}", who=who, ago=ago),
            "none": tr("{who} nobody listened {ago}", who=who, ago=ago),
            "error": tr("{who} refused {ago}", who=who, ago=ago),
        }
        said = words.get(last.outcome, last.outcome)
        self._status.show_events(
            trn("{many} event today · last: {last}", "{many} events today · last: {last}", count, many=many, last=said)
        )


def _day(moment: datetime, session: Session) -> object:
    return moment.astimezone(session.zone).date()


def _keep_draft(page: QWidget) -> None:
    """What a journey's page still holds back is written before the page goes."""
    document = getattr(page, "document", None)
    if document is not None:
        document.close()
