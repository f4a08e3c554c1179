"""A walk through the whole window: each page, panel and dialog, one after another, over a workspace with something in
it. For tests that hold for all of them, and for whoever wants to look."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QWidget

from app.bootstrap import open_workspace
from app.events.fire_event import FireEvent, Origin
from app.journey.activities import ACTIVITIES
from app.journey.edits import AddActivity, AddNote, SetGroup
from app.journey.journey import ENTRY, Note, Place, TileGroup
from app.journey.keys import new_activity
from app.kernel.ids import new_guid
from app.kernel.resources import resource
from app.services.activate_journey import activate_journey
from app.services.fire_event import fire_event
from app.services.import_journey import import_journey
from app.services.list_events import list_events
from app.services.list_journeys import list_journeys
from app.services.preview_import import preview_import
from app.ui.crash import CrashGuard
from app.ui.dialogs import open_journey_settings, open_settings
from app.ui.dialogs.api_event import ApiEventDialog
from app.ui.dialogs.ask import Ask
from app.ui.dialogs.crash import CrashDialog
from app.ui.dialogs.csv_import import open_csv
from app.ui.dialogs.import_preview import ImportPreviewDialog
from app.ui.dialogs.pause import PauseDialog
from app.ui.journey_page import JourneyPage
from app.ui.pages.contacts import ContactsPage
from app.ui.panels.test_panel import TestPanel
from app.ui.preferences import Preferences
from app.ui.translation import tr
from app.ui.window import MainWindow

PAGES = ("journeys", "entry_sources", "data_extensions", "contacts", "sent", "events")
COMMANDS = (
    "workspace_settings",
    "preferences",
    "credentials",
    "server_log",
    "help",
    "shortcuts",
    "about",
    "new_journey",
)
PAYLOAD = {"Cart total": "59.90", "Country": "NO", "Loyalty": "Gold", "Email": "kari@example.com", "First name": "Kari"}
_PATIENCE = 3_000


class Tour:
    """Opens the window; `stops` goes through everything that can be seen. Close it at the end."""

    def __init__(self, folder: Path, width: int = 1400, height: int = 900) -> None:
        self._folder = folder
        file = str(folder / "northern-trails.switchback")
        self._fill(file)
        preferences = Preferences(folder / "window.ini")
        preferences.api_at_start = False
        self.window = MainWindow(
            open_workspace, [sys.executable, "-m", "app", "serve"], preferences, CrashGuard(folder)
        )
        self.window.resize(width, height)
        self.window.show()
        self.window.start(file)
        self.until(lambda: self.window.desk is not None and bool(self.window.tabs.keys))
        self.settle()

    def close(self) -> None:
        """Close the window and what belongs to it."""
        self.window.close()
        self.window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def stops(self) -> Iterator[tuple[str, QWidget]]:
        """Name and top-level widget of each stop; it is shown until the next is asked for."""
        yield from self._pages()
        yield from self._journey()
        yield from self._dialogs()
        yield from self._settings()

    def settle(self) -> None:
        """Until nothing is under way and everything is laid out."""
        self.until(lambda: self.window.work.idle)
        QTest.qWait(60)

    def until(self, asked: Callable[[], bool]) -> None:
        """Let the window work until something is so."""
        for _ in range(_PATIENCE):
            if asked():
                return
            QTest.qWait(10)
        raise AssertionError("what the tour waited for did not come")

    def page(self) -> JourneyPage:
        """The journey in front."""
        found = self.window.tabs.current()
        assert isinstance(found, JourneyPage)
        return found

    @staticmethod
    def _fill(file: str) -> None:
        workspace = open_workspace(file)
        try:
            for name in ("abandoned-cart.journey", "welcome-series.journey"):
                card = import_journey(
                    workspace, preview_import(workspace, resource("examples", name).read_bytes(), name)
                )
                if name.startswith("abandoned"):
                    activate_journey(workspace, card.id)
            cards = list_events(workspace)
            key = next(card.definition.key for card in cards if "cart" in card.definition.name.lower())
            for number, total in enumerate(("59.90", "12.00", "80.00")):
                values = {**PAYLOAD, "Cart total": total, "Abandoned at": workspace.clock.now().isoformat()}
                fire_event(
                    workspace, FireEvent(new_guid(), f"NTO-{1001 + number}", key, values, Origin.WINDOW, test=True)
                )
        finally:
            workspace.close()

    def _pages(self) -> Iterator[tuple[str, QWidget]]:
        desk = self.window.desk
        assert desk is not None
        for key in PAGES:
            desk.open_page(key)
            self.settle()
            if key == "contacts":
                page = self.window.tabs.current()
                assert isinstance(page, ContactsPage)
                page.table.selectRow(0)
                self.settle()
            yield key, self.window

    def _journey(self) -> Iterator[tuple[str, QWidget]]:
        desk = self.window.desk
        assert desk is not None
        draft, running = sorted(list_journeys(desk.workspace), key=lambda card: card.name, reverse=True)
        desk.open_journey(running.id)
        self.until(lambda: isinstance(self.window.tabs.current(), JourneyPage))
        self.settle()
        page = self.page()
        page.toggle_drawer()
        self.settle()
        yield "running", self.window
        desk.open_journey(draft.id)
        self.until(lambda: isinstance(self.window.tabs.current(), JourneyPage) and self.page() is not page)
        self.settle()
        page = self.page()
        for panel in ("tile", "test", "problems", "history", "outline"):
            page.show_panel(panel)
            self.settle()
            yield panel, self.window
        page.show_panel("test")
        page.findChildren(TestPanel)[0].dry_button.click()
        self.settle()
        yield "answer", self.window
        page.document.select([ENTRY])
        page.show_panel("tile")
        self.settle()
        yield "entry", self.window
        first = next(iter(page.document.journey.activities))
        page.document.apply(SetGroup(TileGroup("g", "Astrid", (first,), folded=True)))
        page.document.apply(AddNote(Note("n", "Astrid", None)))
        for key in ("group:g", "note:n"):
            page.document.select([key])
            self.settle()
            yield key, self.window
        page.document.undo_stack.undo()
        page.document.undo_stack.undo()
        page.canvas.find_wanted.emit()
        self.settle()
        yield "find", self.window

    def _dialogs(self) -> Iterator[tuple[str, QWidget]]:
        window, desk = self.window, self.window.desk
        assert desk is not None
        for command in COMMANDS:
            window.do(command)
            yield from self._shown(command)
        for name, page in (("new_event", "entry_sources"), ("new_data_extension", "data_extensions")):
            desk.open_page(page)
            self.settle()
            window.do(name)
            yield from self._shown(name)
        Ask(window, "Title", "A text of the caller's.", "Act", danger=True).open()
        yield from self._shown("ask")
        CrashDialog("Traceback", Path("some.log"), window).show()
        yield from self._shown("crash")
        content = resource("examples", "order-confirmation.journey").read_bytes()
        ImportPreviewDialog(
            desk.workspace, window.work, window, preview_import(desk.workspace, content, "order.journey")
        ).open()
        yield from self._shown("import")

    def _settings(self) -> Iterator[tuple[str, QWidget]]:
        self.window.tabs.bring(next(key for key in reversed(self.window.tabs.keys) if key.startswith("journey:")))
        self.settle()
        page = self.page()
        open_journey_settings(page.document, self.window)
        yield from self._shown("journey_settings")
        PauseDialog("Cart", 2, lambda _choices, _everywhere: None, self.window, finishing=True).open()
        yield from self._shown("pause")
        for name in ("export_picture", "print"):
            page.actions_of.by_name[name].trigger()
            yield from self._shown(name)
        yield from self._csv(page)
        dialog = open_settings(page.document, ENTRY, self.window.work, self.window)
        assert isinstance(dialog, ApiEventDialog)
        self.settle()
        for step in range(len(dialog.steps)):
            dialog.go_to(step)
            self.settle()
            yield f"api_event_{step}", dialog
        self._away(dialog)
        for kind in ACTIVITIES:
            activity = new_activity(page.document.journey, kind.key, tr(kind.label))
            if not page.document.apply(AddActivity(activity, Place(ENTRY))):
                continue
            open_settings(page.document, activity.key, self.window.work, self.window)
            yield from self._shown(f"activity_{kind.key}")
        page.canvas.commands.quick_add()
        yield from self._shown("quick_add")

    def _csv(self, page: JourneyPage) -> Iterator[tuple[str, QWidget]]:
        file = self._folder / "sign-ups.csv"
        file.write_text("SubscriberKey,Email,Consent\nNTO-1,a@example.com,true\nNTO-2,nobody,perhaps\n")
        open_csv(file, page.document.workspace, self.window.work, page.document, self.window)
        yield from self._shown("csv")

    def _shown(self, name: str) -> Iterator[tuple[str, QWidget]]:
        """The top-level widget that stands in front now; it is taken away afterwards."""
        self.settle()
        found = [
            widget
            for widget in QApplication.topLevelWidgets()
            if widget.isVisible() and widget is not self.window and not isinstance(widget, QMenu)
        ]
        assert found, f"{name} shows nothing"
        yield name, found[-1]
        for widget in found:
            self._away(widget)

    def _away(self, widget: QWidget) -> None:
        close = getattr(widget, "close_unasked", widget.close)
        close()
        if isinstance(widget, QDialog):
            widget.deleteLater()
        self.settle()
