"""The window over a real workspace, by mouse and keys: pages, journeys, files, what is in the way."""

from __future__ import annotations

import socket
import sqlite3
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QPushButton, QWidget

from app.bootstrap import open_workspace
from app.data_extensions.data_extension import DataExtension, Field
from app.events.event_definition import EventDefinition
from app.events.fire_event import FireEvent, Origin
from app.journey.calls import CallResult
from app.journey.edits import SetJourney
from app.kernel.ids import new_guid
from app.kernel.resources import resource
from app.services.activate_journey import activate_journey
from app.services.create_journey import create_journey
from app.services.fire_event import fire_event
from app.services.import_journey import import_journey
from app.services.list_events import list_events
from app.services.list_journeys import list_journeys
from app.services.list_sent import list_sent
from app.services.open_journey import open_journey
from app.services.page_rows import page_rows
from app.services.preview_import import preview_import
from app.services.save_data_extension import save_data_extension
from app.services.save_event import save_event
from app.services.where_is import where_is
from app.storage import sqlite as sqlite_module
from app.ui import window as window_module
from app.ui.crash import CrashGuard
from app.ui.dialogs.ask import Ask
from app.ui.journey_page import JourneyPage
from app.ui.pages.contacts import ContactsPage
from app.ui.pages.data_extensions import DataExtensionsPage
from app.ui.pages.entry_sources import EntrySourcesPage
from app.ui.pages.events import EventsPage
from app.ui.pages.home import HomePage
from app.ui.pages.sent import SentPage
from app.ui.panels.test_panel import TestPanel
from app.ui.preferences import Preferences
from app.ui.server import ServerState
from app.ui.widgets import FormField, Toast
from app.ui.window import MainWindow

WAIT = 30_000
PAYLOAD = {"Cart total": "59.90", "Country": "NO", "Loyalty": "Gold", "Email": "kari@example.com", "First name": "Kari"}


class Desk:
    """A window, its workspace's file, and the few steps that every test takes."""

    def __init__(self, qtbot, tmp_path: Path) -> None:
        self.qtbot = qtbot
        self.file = tmp_path / "northern-trails.switchback"
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
        self.window.start(str(self.file))
        self.settle()
        return self.window

    def settle(self) -> None:
        self.qtbot.waitUntil(
            lambda: self.window.desk is not None and self.window.work.idle and self.window.tabs.current() is not None,
            timeout=WAIT,
        )

    def page(self, kind: type[QWidget]) -> QWidget:
        found = self.window.tabs.current()
        assert isinstance(found, kind)
        self.settle()
        return found

    def seeded(self) -> None:
        """The example, activated, with one contact that entered."""
        workspace = open_workspace(str(self.file))
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


@pytest.fixture
def desk(qtbot, tmp_path: Path) -> Iterator[Desk]:
    made = Desk(qtbot, tmp_path)
    yield made
    made.window.close()
    made.window.deleteLater()
    QApplication.processEvents()


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


def test_a_new_workspace_teaches_the_first_step(desk: Desk) -> None:
    window = desk.start()
    home = desk.page(HomePage)
    assert home.stack.currentWidget() is home.empty
    assert home.empty.button.text() == "New journey"
    assert len(home.examples.cards) == 3
    assert window.status.workspace.text() == "Workspace: northern-trails"
    assert window.status.backend.text() == "SQLite"
    assert window.status.events.text() == "No events yet"


def test_a_new_journey_is_named_and_opened(desk: Desk, qtbot) -> None:
    from app.ui.dialogs.new_journey import NewJourneyDialog

    window = desk.start()
    window.do("new_journey")
    dialog = window.findChild(NewJourneyDialog)
    dialog.create_button.click()
    assert "needs a name" in dialog.field.message.text()
    qtbot.keyClicks(dialog.name, "R&D cart")
    qtbot.keyClick(dialog.name, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(window.tabs.keys) == 2, timeout=WAIT)
    desk.settle()
    assert window.tabs.bar.tabText(1) == "R&&D cart"
    assert window.tabs.current().document.journey.name == "R&D cart"


def test_the_list_searches_duplicates_and_deletes(desk: Desk, qtbot) -> None:
    workspace = open_workspace(str(desk.file))
    for name in ("Abandoned cart", "Welcome series"):
        create_journey(workspace, name)
    workspace.close()
    window = desk.start()
    home = desk.page(HomePage)
    assert {c.name for c in home.table.things_model.things} == {"Abandoned cart", "Welcome series"}
    qtbot.keyClicks(home.search, "CART")
    qtbot.keyClick(home.search, Qt.Key.Key_Return)
    desk.settle()
    assert [c.name for c in home.table.things_model.things] == ["Abandoned cart"]
    home.table.setFocus()
    home.table.selectRow(0)
    qtbot.keyClick(home.table, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: len(home.table.things_model.things) == 2, timeout=WAIT)
    copy = next(c for c in home.table.things_model.things if c.name != "Abandoned cart")
    home.table.select_where(lambda card: card.id == copy.id)
    answer(qtbot, Ask, lambda dialog: dialog.action_button.click())
    home.table.setFocus()
    qtbot.keyClick(home.table, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: len(home.table.things_model.things) == 1, timeout=WAIT)
    qtbot.keyClicks(home.search, "zzz")
    qtbot.keyClick(home.search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: home.stack.currentWidget() is home.nothing_found, timeout=WAIT)
    home.nothing_found.button.click()
    qtbot.waitUntil(lambda: len(home.table.things_model.things) == 2, timeout=WAIT)
    assert window.isVisible()


def test_enter_opens_a_journey_and_ctrl_w_closes_it(desk: Desk, qtbot) -> None:
    desk.seeded()
    window = desk.start()
    home = desk.page(HomePage)
    card = home.table.things_model.things[0]
    assert (card.inside, card.version) == (1, 1)
    home.table.selectRow(0)
    qtbot.keyClick(home.table, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(window.tabs.keys) == 2, timeout=WAIT)
    desk.settle()
    journey = [a.text() for a in window.commands.menus["Journey"].actions()]
    assert "Validate" in journey
    window.do("close_tab")
    assert window.tabs.keys == ("journeys",)
    assert "Validate" not in [a.text() for a in window.commands.menus["Journey"].actions()]


def test_a_running_journeys_event_cannot_be_deleted_and_says_why(desk: Desk, qtbot) -> None:
    desk.seeded()
    window = desk.start()
    window.do("entry_sources")
    page = desk.page(EntrySourcesPage)
    page.table.selectRow(0)
    assert not page.delete_button.isEnabled()
    assert "Abandoned cart" in page.delete_button.toolTip()
    page.copy_button.click()
    assert QGuiApplication.clipboard().text() == page.table.current().definition.key


def test_an_unused_event_is_deleted_after_a_question(desk: Desk, qtbot) -> None:
    workspace = open_workspace(str(desk.file))
    table = save_data_extension(workspace, DataExtension("", "", "Carts", fields=(Field("", "Email", "email"),)))
    save_event(workspace, EventDefinition("", "cart-left", "Cart left", table.id))
    workspace.close()
    window = desk.start()
    window.do("entry_sources")
    page = desk.page(EntrySourcesPage)
    page.table.selectRow(0)
    answer(qtbot, Ask, lambda dialog: dialog.cancel_button.click())
    page.delete_button.click()
    assert len(page.table.things_model.things) == 1
    answer(qtbot, Ask, lambda dialog: dialog.action_button.click())
    page.delete_button.click()
    qtbot.waitUntil(lambda: page.stack.currentWidget() is page.empty, timeout=WAIT)


def test_rows_are_read_page_by_page(desk: Desk, qtbot) -> None:
    desk.seeded()
    window = desk.start()
    window.do("data_extensions")
    page = desk.page(DataExtensionsPage)
    page.table.select_where(lambda card: card.data_extension.name == "Abandoned carts")
    desk.settle()
    model = page.grid.model
    assert page.grid.about.text() == "1 row · 6 fields"
    names = [model.headerData(i, Qt.Orientation.Horizontal) for i in range(model.columnCount())]
    shown = {n: model.index(0, i).data() for i, n in enumerate(names)}
    assert shown["Cart total"] == "59.90"
    page.grid.search.setText("nobody")
    qtbot.keyClick(page.grid.search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.grid.stack.currentWidget() is page.grid.none, timeout=WAIT)
    assert page.grid.about.text() == "0 of 1 row · 6 fields"


def test_a_large_table_is_never_read_whole(desk: Desk, qtbot) -> None:
    from app.ui.pages.row_model import PAGE

    workspace = open_workspace(str(desk.file))
    fields = (Field("", "Number", "number", primary_key=True, required=True), Field("", "Name", "text", length=50))
    table = save_data_extension(workspace, DataExtension("", "", "Many", fields=fields))
    save_event(workspace, EventDefinition("", "many", "Many came", table.id))
    rows = PAGE * 3 + 7
    sent = [
        workspace.submit(FireEvent(new_guid(), f"C-{n}", "many", {"Number": n, "Name": f"name {n}"}, Origin.API))
        for n in range(rows)
    ]
    assert all(future.result(30).error is None for future in sent)
    workspace.close()
    window = desk.start()
    window.do("data_extensions")
    page = desk.page(DataExtensionsPage)
    model = page.grid.model
    assert (model.rowCount(), set(model._pages)) == (rows, {0})
    page.grid.table.scrollToBottom()
    assert model.index(rows - 1, 1).data() == "…"
    qtbot.waitUntil(lambda: model.index(rows - 1, 1).data() == f"name {rows - 1}", timeout=WAIT)
    assert 1 not in model._pages
    page.grid.search.setText("name 60")
    qtbot.keyClick(page.grid.search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: model.rowCount() == 8, timeout=WAIT)  # 60 and 600 to 606
    assert page.grid.about.text() == f"8 of {rows:,} rows · 2 fields"


def test_news_keep_the_place_of_reading(desk: Desk, qtbot) -> None:
    workspace = open_workspace(str(desk.file))
    for n in range(60):
        create_journey(workspace, f"Journey {n:02}")
    workspace.close()
    window = desk.start()
    home = desk.page(HomePage)
    home.table.selectRow(50)
    chosen, place = home.table.current().id, home.table.verticalScrollBar().value()
    assert place > 0
    create_journey(window.desk.workspace, "One more")
    qtbot.waitUntil(lambda: len(home.table.things_model.things) == 61, timeout=WAIT)
    assert home.table.current().id == chosen
    assert home.table.verticalScrollBar().value() == place


def test_where_is_this_contact_and_out_of_the_journey(desk: Desk, qtbot) -> None:
    desk.seeded()
    window = desk.start()
    window.do("where_is")
    page = desk.page(ContactsPage)
    assert page.search.hasFocus() or not window.isActiveWindow()
    qtbot.keyClicks(page.search, "NTO")
    qtbot.keyClick(page.search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.contact_card.name.text() == "NTO-1001", timeout=WAIT)
    assert page.contact_card.about.text() == "Inside 1 journey now"
    page.contact_card.status.setCurrentText("Unsubscribed")
    page.contact_card.status.activated.emit(page.contact_card.status.currentIndex())
    desk.settle()
    workspace = window.desk.workspace
    assert where_is(workspace, "NTO-1001").status == "Unsubscribed"
    stay = where_is(workspace, "NTO-1001").stays[0]
    answer(qtbot, Ask, lambda dialog: dialog.action_button.click())
    page.contact_card._remove(stay)
    qtbot.waitUntil(lambda: where_is(workspace, "NTO-1001").stays[0].state == "removed", timeout=WAIT)


def test_a_message_is_shown_as_its_receiver_sees_it(desk: Desk) -> None:
    desk.seeded()
    window = desk.start()
    window.do("sent")
    page = desk.page(SentPage)
    assert page.stack.currentWidget() is page.body
    message = page.table.current()
    assert message.to == "kari@example.com"
    assert page.view.subject.text() == message.subject
    assert "Kari" in page.view.email.toPlainText()


def test_a_message_is_marked_as_opened_and_back(desk: Desk, qtbot) -> None:
    desk.seeded()
    window = desk.start()
    window.do("sent")
    page = desk.page(SentPage)
    boxes = page.view.marks.boxes
    qtbot.keyClick(boxes["click"], Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: boxes["open"].isChecked(), timeout=WAIT)
    assert list_sent(window.desk.workspace)[0].marks == {"open", "click"}
    qtbot.waitUntil(lambda: page.table.current().marks == {"open", "click"}, timeout=WAIT)
    assert "Opened · Clicked" in page.table.things_model.columns[0].second(page.table.current())
    qtbot.mouseClick(boxes["open"], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not boxes["click"].isChecked(), timeout=WAIT)
    assert list_sent(window.desk.workspace)[0].marks == frozenset()


def test_every_channel_has_its_view(desk: Desk) -> None:
    from dataclasses import replace

    desk.seeded()
    window = desk.start()
    window.do("sent")
    page = desk.page(SentPage)
    email = page.table.current()
    page.view.show_message(replace(email, id="2", body="<p>Hello <b>Kari</b></p><script>x</script>"))
    assert page.view.email.toPlainText().strip() == "Hello Kari"
    assert page.view.email.property("paper") is True
    answer = CallResult(ok=True, status=200, answer='{"points": 12}', took_ms=34)
    page.view.show_message(replace(email, id="3", channel="rest", to="http://localhost:3000/x", call=answer, body="{}"))
    assert page.view.call.text() == "localhost:3000 answered 200 in 34 ms."
    assert page.view.email.toPlainText() == '{}\n\nAnswer:\n{"points": 12}'
    assert not page.view.marks.isVisible()
    for channel, text in (("SMS", "Your cart <waits>"), ("Push", "Tap & go")):
        page.view.show_message(replace(email, id=channel, channel=channel, subject="Cart", body=text))
        assert page.view.stack.currentIndex() == 1
        assert text in page.view.phone.accessibleName()
        assert text in page.view.phone._document().toPlainText()
        assert not page.view.phone.grab().isNull()


def test_tests_are_cleared_after_a_question(desk: Desk, qtbot) -> None:
    desk.seeded()
    window = desk.start()
    answer(qtbot, Ask, lambda dialog: dialog.action_button.click())
    window.do("clear_test")
    qtbot.waitUntil(lambda: any("cleared" in t.text.text() for t in window.findChildren(Toast)), timeout=WAIT)
    workspace = window.desk.workspace
    table = next(e for e in list_events(workspace) if e.definition.name == "Cart abandoned").data_extension
    assert page_rows(workspace, table.id, 0, 10).total == 0


def test_a_file_is_previewed_then_imported_and_a_broken_one_says_why(desk: Desk, qtbot, tmp_path: Path) -> None:
    from app.ui.dialogs.import_preview import ImportPreviewDialog

    window = desk.start()
    good, bad = tmp_path / "cart.journey", tmp_path / "bad.journey"
    good.write_bytes(resource("examples", "abandoned-cart.journey").read_bytes())
    bad.write_text('{"format": 1, "journey": ')
    window.desk.files.import_files([bad])
    desk.settle()
    said = [t.text.text() for t in window.findChildren(Toast)] + [
        w.windowTitle() for w in QApplication.topLevelWidgets() if isinstance(w, Ask)
    ]
    assert said
    assert list_journeys(window.desk.workspace) == ()
    window.desk.files.import_files([good])
    qtbot.waitUntil(lambda: window.findChild(ImportPreviewDialog) is not None, timeout=WAIT)
    assert list_journeys(window.desk.workspace) == ()
    window.findChild(ImportPreviewDialog).primary.click()
    qtbot.waitUntil(lambda: len(window.tabs.keys) == 2, timeout=WAIT)
    assert [c.name for c in list_journeys(window.desk.workspace)] == ["Abandoned cart"]


def test_a_workspace_that_does_not_open_is_a_calm_page(desk: Desk, qtbot) -> None:
    desk.file.write_text("not a workspace at all" * 20)
    before = desk.file.read_bytes()
    desk.window.start(str(desk.file))
    qtbot.waitUntil(lambda: desk.window.start_page._card is not None, timeout=WAIT)
    assert desk.window.desk is None
    assert not desk.window.commands.actions["new_journey"].isEnabled()
    assert desk.file.read_bytes() == before
    desk.file.unlink()
    desk.window.start_page.again_button.click()
    desk.settle()
    assert desk.window.tabs.keys == ("journeys",)


def test_without_a_workspace_there_is_nothing_to_start(desk: Desk, qtbot) -> None:
    assert not desk.window.status.switch.isEnabled()
    assert not desk.window.status.workspace.isVisible()
    window = desk.start()
    assert window.status.switch.isEnabled()
    assert window.status.workspace.isVisible()
    desk.file.with_name("text").write_text("no database")
    window.open_at(str(desk.file.with_name("text")))
    qtbot.waitUntil(lambda: window.work.idle and window.desk is None, timeout=WAIT)
    assert not window.status.switch.isEnabled()
    assert not window.status.workspace.isVisible()


def test_another_workspace_keeps_its_own_tabs(desk: Desk, qtbot, tmp_path: Path) -> None:
    window = desk.start()
    window.do("sent")
    desk.settle()
    other = tmp_path / "other.switchback"
    window.open_at(str(other))
    desk.settle()
    assert window.tabs.keys == ("journeys",)
    assert window.preferences.recent == (str(other), str(desk.file))
    window.open_at(str(desk.file))
    desk.settle()
    assert window.tabs.keys == ("journeys", "sent")


def test_a_workspace_that_was_in_the_way_opens_by_itself(desk: Desk, qtbot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(window_module, "_AGAIN_MS", (50,))
    folder = desk.file.with_name("not mounted yet")
    desk.window.start(str(folder / "w.switchback"))
    page = desk.window.start_page
    qtbot.waitUntil(lambda: hasattr(page, "again_button"))
    button = page.again_button
    qtbot.waitUntil(lambda: desk.window._tries > 3)
    assert page.again_button is button  # the card stands still under the pointer
    folder.mkdir()
    desk.settle()
    assert desk.window.pages.currentWidget() is desk.window.tabs
    assert not desk.window._again.isActive()


def test_a_draft_that_cannot_be_written_is_not_closed_unasked(
    desk: Desk, qtbot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite_module, "BUSY_SECONDS", 0.05)
    workspace = open_workspace(str(desk.file))
    journey_id = create_journey(workspace, "Cart").id
    workspace.close()
    window = desk.start()
    window.desk.open_journey(journey_id)
    qtbot.waitUntil(lambda: len(window.tabs.keys) == 2)
    document = desk.page(JourneyPage).document
    other = sqlite3.connect(desk.file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    document.apply(SetJourney(description="the last edit"))
    said: list[str] = []

    def refuse(question: Ask) -> None:
        said.extend(each.text() for each in question.findChildren(QLabel))
        question.cancel_button.click()

    for close in (window.close, lambda: window.tabs.close_at(1), lambda: window.open_at(str(desk.file))):
        answer(qtbot, Ask, refuse)
        close()
        assert window.isVisible()
        assert window.tabs.widget(f"journey:{journey_id}") is not None
    assert said.count("Close Cart without its last edits?") == 3
    assert any("is locked by another program" in each for each in said)
    other.rollback()
    other.close()
    window.tabs.close_at(1)
    assert open_journey(window.desk.workspace, journey_id).journey.description == "the last edit"


def test_what_never_passes_is_not_tried_again(desk: Desk, qtbot) -> None:
    desk.file.write_text("a shopping list")
    desk.window.start(str(desk.file))
    qtbot.waitUntil(lambda: hasattr(desk.window.start_page, "again_button"))
    assert not desk.window._again.isActive()
    assert desk.file.read_text() == "a shopping list"


def test_only_the_workspace_that_was_asked_for_last_is_opened(desk: Desk, qtbot, tmp_path: Path) -> None:
    window = desk.start()
    window.open_at(str(tmp_path / "one.switchback"))
    window.open_at(str(tmp_path / "two.switchback"))
    desk.settle()
    assert window.status.workspace.text() == "Workspace: two"
    assert window.tabs.keys == ("journeys",)


def test_the_api_starts_and_stops_with_its_switch(desk: Desk, qtbot) -> None:
    with socket.socket() as probe:  # the usual one may be another program's
        probe.bind(("127.0.0.1", 0))
        desk.preferences.api_port = probe.getsockname()[1]
    window = desk.start()
    window.status.switch.click()
    qtbot.waitUntil(lambda: window.server.state is ServerState.ON, timeout=30_000)
    assert window.status.api.text() == f"API on {window.server.address.removeprefix('http://')}"
    assert window.commands.actions["start_stop_api"].text() == "&Stop the API"
    window.status.switch.click()
    qtbot.waitUntil(lambda: window.server.state is ServerState.OFF, timeout=WAIT)
    assert window.status.api.text() == "API is off"
    assert window.commands.actions["start_stop_api"].text() == "&Start the API"


def test_every_action_is_in_the_palette_and_every_control_has_a_name(desk: Desk, qtbot) -> None:
    from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit

    from app.ui.commands import all_actions

    desk.seeded()
    window = desk.start()
    for name in ("entry_sources", "data_extensions", "contacts", "sent", "journeys"):
        window.do(name)
        desk.settle()
        for control in window.findChildren(QWidget):
            if isinstance(control, QAbstractButton | QLineEdit | QComboBox) and control.isVisible():
                text = getattr(control, "text", lambda: "")()
                hint = getattr(control, "placeholderText", lambda: "")()
                named = control.accessibleName() or text or hint or control.toolTip()
                # Qt's own buttons inside a field and of a scrolling tab bar name themselves.
                own = control.objectName().startswith("qt_") or type(control).__name__ in {"QToolButton", "QLineEdit"}
                assert named or own, control
    shortcuts = [a.shortcut().toString() for _, a in all_actions(window) if a.shortcut().toString()]
    assert len(shortcuts) == len(set(shortcuts))


def test_a_journey_is_exported_and_the_workspace_backed_up(desk: Desk, qtbot, tmp_path: Path, monkeypatch) -> None:
    from PySide6.QtWidgets import QFileDialog

    desk.seeded()
    window = desk.start()
    home = desk.page(HomePage)
    home.table.selectRow(0)
    proposed: list[str] = []

    def choose(_parent, _title, name, *_rest):
        proposed.append(name)
        return str(tmp_path / name), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    window.do("export")
    qtbot.waitUntil(lambda: (tmp_path / "abandoned-cart.journey").exists(), timeout=WAIT)
    window.do("back_up")
    qtbot.waitUntil(lambda: len(proposed) == 2 and (tmp_path / proposed[1]).exists(), timeout=WAIT)
    desk.settle()
    copy = open_workspace(str(tmp_path / proposed[1]))
    assert [card.name for card in list_journeys(copy)] == ["Abandoned cart"]
    copy.close()


def test_preferences_apply_at_once_and_are_kept(desk: Desk, qtbot) -> None:
    from app.ui.dialogs.preferences import PreferencesDialog
    from app.ui.theme import theme

    window = desk.start()
    window.do("preferences")
    dialog = window.findChild(PreferencesDialog)
    qtbot.mouseClick(dialog.mode._buttons["dark"], Qt.MouseButton.LeftButton)
    assert theme().dark
    dialog.port.setValue(9100)
    assert dialog.rate.text() == "No limit"
    dialog.rate.setValue(5)
    dialog.accept()
    assert (desk.preferences.theme, desk.preferences.api_port) == ("dark", 9100)
    assert desk.preferences.api_rate_limit == 5
    window.do("theme")
    assert not theme().dark


def test_the_workspace_gets_a_name_and_a_time_zone(desk: Desk, qtbot) -> None:
    from app.services.settings import read_settings
    from app.ui.dialogs.workspace_settings import WorkspaceSettingsDialog

    window = desk.start()
    window.do("workspace_settings")
    dialog = window.findChild(WorkspaceSettingsDialog)
    qtbot.waitUntil(dialog.save_button.isEnabled, timeout=WAIT)
    dialog.name.setText("")
    dialog.zone.setCurrentText("Mars/Olympus")
    dialog.save_button.click()
    qtbot.waitUntil(lambda: "Mars/Olympus" in dialog.zone_field.message.text(), timeout=WAIT)
    assert "no name" in dialog.name_field.message.text()
    dialog.name.setText("Northern Trails & Co")
    dialog.zone.setCurrentText("Europe/Oslo")
    said = [each.message.text() for each in dialog.findChildren(FormField)]
    dialog.unknown.setCurrentIndex(1)
    dialog.primary_keys.setCurrentIndex(2)
    dialog.any_case.click()
    changed = [each.message.text() for each in dialog.findChildren(FormField) if each.message.text() not in said]
    assert changed == [
        "“Countri” in Data: the call gets 400 with the nearest field, and nothing is stored.",
        "Rows are only ever added by events: the second one with the same key gets 409.",
        "“country” is taken as the field Country.",
    ]
    dialog.any_case.click()
    dialog.admitted_only.setChecked(True)
    assert not dialog.test_calls.isEnabled()
    dialog.calls.setCurrentIndex(1)
    dialog.test_calls.click()
    dialog.save_button.click()
    assert dialog.has_changes()
    qtbot.waitUntil(lambda: window.status.workspace.text() == "Workspace: Northern Trails && Co", timeout=WAIT)
    kept = read_settings(window.desk.workspace)
    assert kept.time_zone == "Europe/Oslo"
    assert (kept.fidelity.unknown_columns.value, kept.fidelity.only_admitted_rows) == ("refuse", True)
    assert kept.fidelity.primary_keys.value == "conflict"
    assert (kept.calls.value, kept.test_calls) == ("local", True)
    assert str(window.desk.session.zone) == "Europe/Oslo"


def test_find_anything_opens_a_journey_by_its_name(desk: Desk, qtbot) -> None:
    from app.ui.command_palette import CommandPalette

    desk.seeded()
    window = desk.start()

    def choose(palette: CommandPalette) -> None:
        qtbot.keyClicks(palette.field, "abandoned open")
        qtbot.keyClick(palette.field, Qt.Key.Key_Return)

    answer(qtbot, CommandPalette, choose)
    window.do("palette")
    qtbot.waitUntil(lambda: len(window.tabs.keys) == 2, timeout=WAIT)
    desk.settle()


def test_a_fault_of_ours_is_a_dialog_and_the_window_goes_on(desk: Desk, qtbot) -> None:
    from app.ui.dialogs.crash import CrashDialog

    window = desk.start()
    reports: list[str] = []

    def read(dialog: CrashDialog) -> None:
        reports.append(dialog.report.toPlainText())
        dialog.carry_on.click()

    def fail() -> None:
        raise ZeroDivisionError("by nothing")

    answer(qtbot, CrashDialog, read)
    window.work.run(window, fail, lambda _: None)
    qtbot.waitUntil(lambda: bool(reports), timeout=WAIT)
    assert "ZeroDivisionError: by nothing" in reports[0]
    window.do("sent")
    assert window.tabs.current_key() == "sent"


def test_dialogs_of_the_window_open_and_close(desk: Desk, qtbot) -> None:
    from app.ui.dialogs.credentials import CredentialsDialog

    window = desk.start()
    window.do("credentials")
    dialog = window.findChild(CredentialsDialog)
    qtbot.waitUntil(lambda: dialog.secret.text() not in {"", "…"}, timeout=WAIT)
    assert dialog.secret.echoMode() == dialog.secret.EchoMode.Password
    dialog.show_button.click()
    assert dialog.secret.echoMode() == dialog.secret.EchoMode.Normal
    dialog.accept()
    for command in ("server_log", "shortcuts", "help", "changelog", "about", "new_event", "new_data_extension"):
        window.do(command)
        desk.settle()
        opened = [w for w in window.findChildren(QDialog) if w.isVisible()]
        assert len(opened) == 1, command
        assert opened[0].windowTitle(), command
        opened[0].close()
        QApplication.processEvents()


def test_the_keyboard_begins_on_the_canvas_and_tabs_outlive_a_kill(desk: Desk, qtbot) -> None:
    window = desk.start()
    assert window.tabs.isAncestorOf(window.focusWidget())
    made = create_journey(window.desk.workspace, "Abandoned cart")
    window.desk.open_journey(made.id)
    qtbot.waitUntil(lambda: isinstance(window.tabs.current(), JourneyPage), timeout=WAIT)
    assert window.focusWidget() is window.tabs.current().canvas
    # Nothing was closed: what a kill would leave behind is there already.
    assert desk.preferences.tabs(str(desk.file)) == (f"journey:{made.id}",)
    window.tabs.close_key(f"journey:{made.id}")
    assert desk.preferences.tabs(str(desk.file)) == ()


def walked(window: MainWindow, qtbot, start: QWidget, steps: int) -> list[QWidget]:
    """What the keyboard visits from `start` on."""
    start.setFocus()
    seen: list[QWidget] = []
    for _ in range(steps):
        focused = window.focusWidget()
        assert focused is not None
        seen.append(focused)
        qtbot.keyClick(focused, Qt.Key.Key_Tab)
    return seen


def test_tab_goes_through_the_test_form_in_reading_order(desk: Desk, qtbot) -> None:
    desk.seeded()
    window = desk.start()
    card = list_journeys(window.desk.workspace)[0]
    window.desk.open_journey(card.id)
    desk.settle()
    page = window.tabs.current()
    assert isinstance(page, JourneyPage)
    page.show_panel("test")
    test = page.side.panel("test")
    assert isinstance(test, TestPanel)
    assert window.focusWidget() is test.contact
    qtbot.waitUntil(lambda: bool(test.form.values()))
    fields = [row.editor for row in test.form._fields.values()]
    seen = walked(window, qtbot, test.contact, len(fields) + 3)
    assert seen == [test.contact, *fields, test.dry_button, test.fire_button]


def test_the_status_bar_leads_to_every_event_and_refused_call_with_its_reason(desk: Desk, qtbot) -> None:
    desk.seeded()
    workspace = open_workspace(str(desk.file))
    key = list_events(workspace)[0].definition.key
    fire_event(workspace, FireEvent(new_guid(), "NTO-2", key[:-1], {}, Origin.API))
    workspace.close()
    window = desk.start()
    window.status.events_clicked.emit()
    page = desk.page(EventsPage)
    assert [line.status for line in page.table.things_model.things] == [400, 201]
    assert page.table.current().contact_key == "NTO-2"
    assert "The nearest key of this workspace" in page.answer.as_text()
    assert not page.contact_button.isVisible()
    admitted = next(b for b in page.only.findChildren(QPushButton) if b.text() == "Admitted")
    qtbot.mouseClick(admitted, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "NTO-1001: admitted" in page.answer.as_text(), timeout=WAIT)
    assert page.journey_button.isVisible()
    page.search.setText("nobody of that name")
    qtbot.waitUntil(lambda: page.nothing_found.isVisible(), timeout=WAIT)


def test_files_are_dropped_on_the_home_page_and_on_a_journey(desk: Desk, qtbot, tmp_path: Path) -> None:
    from app.ui.dialogs.csv_import import CsvDialog
    from app.ui.dialogs.import_preview import ImportPreviewDialog
    from tests.ui.dialogs.test_csv_import import drop

    window = desk.start()
    rows = tmp_path / "people.csv"
    rows.write_text("SubscriberKey,Mail\nN-1,kari@example.com\n", "utf-8")
    journey = tmp_path / "cart.journey"
    journey.write_bytes(resource("examples", "abandoned-cart.journey").read_bytes())
    made = create_journey(window.desk.workspace, "Abandoned cart")
    for target in (window, None):
        if target is None:
            window.desk.open_journey(made.id)
            qtbot.waitUntil(lambda: isinstance(window.tabs.current(), JourneyPage), timeout=WAIT)
            target = window.tabs.current()
        for path, kind in ((rows, CsvDialog), (journey, ImportPreviewDialog)):
            assert drop(target, path)
            qtbot.waitUntil(lambda kind=kind: any(d.isVisible() for d in window.findChildren(kind)), timeout=WAIT)
            desk.settle()
            dialog = next(d for d in window.findChildren(kind) if d.isVisible())
            if kind is CsvDialog:
                assert (dialog._document is not None) == (target is not window)
            dialog.close_unasked()
            QApplication.processEvents()


def test_find_looks_into_the_filters_of_every_path(desk: Desk, qtbot) -> None:
    window = desk.start()
    workspace = window.desk.workspace
    content = resource("examples", "abandoned-cart.journey").read_bytes()
    card = import_journey(workspace, preview_import(workspace, content, "abandoned-cart.journey"))
    window.desk.open_journey(card.id)
    qtbot.waitUntil(lambda: isinstance(window.tabs.current(), JourneyPage), timeout=WAIT)
    desk.settle()
    page = window.tabs.current()
    page.find_bar.begin()
    page.find_bar.field.setText("loyalty equals platinum")
    selected = page.document.selection
    assert [page.canvas.scene.tile(key).title for key in selected] == ["Loyal customer?"]


def test_a_presentation_hides_menus_tabs_and_status_until_esc(desk: Desk, qtbot) -> None:
    window = desk.start()
    window.desk.open_journey(create_journey(window.desk.workspace, "Abandoned cart").id)
    qtbot.waitUntil(lambda: isinstance(window.tabs.current(), JourneyPage), timeout=WAIT)
    page = desk.page(JourneyPage)
    round_it = (window.menuBar(), window.tabs.row, window.status)
    page.actions_of.by_name["present"].trigger()
    assert not any(part.isVisible() for part in round_it)
    hint = next(each for each in window.findChildren(Toast) if each.isVisible())
    assert hint.text.text() == "Esc ends the presentation."
    qtbot.keyClick(page.canvas, Qt.Key.Key_Escape)
    assert all(part.isVisible() for part in round_it)
    page.actions_of.by_name["present"].trigger()
    window.tabs.bring("journeys")
    assert all(part.isVisible() for part in round_it), "another tab is not part of it"
