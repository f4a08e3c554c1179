"""The pages of the workspace, in the window over a real one, by mouse and keys."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QItemSelection, QItemSelectionModel, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton

from app.bootstrap import open_workspace
from app.data_extensions.data_extension import DataExtension, Field
from app.events.event_definition import EventDefinition
from app.events.fire_event import FireEvent, Origin
from app.journey.calls import CallResult
from app.kernel.ids import new_guid
from app.services.create_journey import create_journey
from app.services.fire_event import fire_event
from app.services.list_events import list_events
from app.services.list_sent import list_sent
from app.services.page_rows import page_rows
from app.services.save_data_extension import save_data_extension
from app.services.save_event import save_event
from app.services.where_is import where_is
from app.ui.dialogs.ask import Ask
from app.ui.pages import row_grid as row_grid_module
from app.ui.pages.contacts import ContactsPage
from app.ui.pages.data_extensions import DataExtensionsPage
from app.ui.pages.entry_sources import EntrySourcesPage
from app.ui.pages.events import EventsPage
from app.ui.pages.home import HomePage
from app.ui.pages.sent import SentPage
from app.ui.widgets import Toast
from tests.ui.desk import Desk, answer


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
    qtbot.waitUntil(lambda: len(home.table.things_model.things) == 2)
    copy = next(c for c in home.table.things_model.things if c.name != "Abandoned cart")
    home.table.select_where(lambda card: card.id == copy.id)
    answer(qtbot, Ask, lambda dialog: dialog.action_button.click())
    home.table.setFocus()
    qtbot.keyClick(home.table, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: len(home.table.things_model.things) == 1)
    qtbot.keyClicks(home.search, "zzz")
    qtbot.keyClick(home.search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: home.stack.currentWidget() is home.nothing_found)
    home.nothing_found.button.click()
    qtbot.waitUntil(lambda: len(home.table.things_model.things) == 2)
    assert window.isVisible()


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
    qtbot.waitUntil(lambda: page.stack.currentWidget() is page.empty)


def test_a_low_window_has_its_room_for_the_journeys(desk: Desk, qtbot) -> None:
    desk.seeded()
    window = desk.start()
    home = desk.page(HomePage)
    assert home.examples.isVisible()
    window.resize(790, 440)
    qtbot.waitUntil(lambda: not home.examples.isVisible())
    assert (window.width(), window.height()) == (790, 440)
    window.resize(1400, 900)
    qtbot.waitUntil(home.examples.isVisible)


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
    qtbot.waitUntil(lambda: page.grid.stack.currentWidget() is page.grid.none)
    assert page.grid.about.text() == "0 of 1 row · 6 fields"


def test_a_large_table_is_never_read_whole(desk: Desk, qtbot, monkeypatch: pytest.MonkeyPatch) -> None:
    from app.ui.pages.row_model import PAGE

    monkeypatch.setattr(row_grid_module, "MOST_SELECTED", PAGE + 1)

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
    qtbot.waitUntil(lambda: model.index(rows - 1, 1).data() == f"name {rows - 1}")
    assert 1 not in model._pages
    # A whole column: as much of it as may be selected, and copied whole though most of it was never in sight.
    window.activateWindow()
    page.grid.table.setFocus()
    qtbot.waitUntil(page.grid.table.hasFocus)
    qtbot.waitUntil(lambda: window.work.idle)
    head = page.grid.table.horizontalHeader()
    at = QPoint(head.sectionViewportPosition(1) + 20, head.height() // 2)
    qtbot.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert len(page.grid.table.selectedIndexes()) == PAGE + 1
    qtbot.keyClick(page.grid.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    wanted = "\n".join(f"name {n}" for n in range(PAGE + 1))
    qtbot.waitUntil(lambda: QGuiApplication.clipboard().text() == wanted)
    assert 1 not in model._pages
    # Upwards from a cell: that one stays selected.
    page.grid.table.setCurrentIndex(model.index(rows - 20, 0))
    selection = page.grid.table.selectionModel()
    upwards = QItemSelection(model.index(0, 0), model.index(rows - 20, 0))
    selection.select(upwards, QItemSelectionModel.SelectionFlag.ClearAndSelect)
    assert selection.isSelected(model.index(rows - 20, 0))
    assert not selection.isSelected(model.index(0, 0))
    page.grid.search.setText("name 60")
    qtbot.keyClick(page.grid.search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: model.rowCount() == 8)  # 60 and 600 to 606
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
    qtbot.waitUntil(lambda: len(home.table.things_model.things) == 61)
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
    qtbot.waitUntil(lambda: page.contact_card.name.text() == "NTO-1001")
    assert page.contact_card.about.text() == "Inside 1 journey now"
    page.contact_card.status.setCurrentText("Unsubscribed")
    page.contact_card.status.activated.emit(page.contact_card.status.currentIndex())
    desk.settle()
    workspace = window.desk.workspace
    assert where_is(workspace, "NTO-1001").status == "Unsubscribed"
    stay = where_is(workspace, "NTO-1001").stays[0]
    answer(qtbot, Ask, lambda dialog: dialog.action_button.click())
    page.contact_card._remove(stay)
    qtbot.waitUntil(lambda: where_is(workspace, "NTO-1001").stays[0].state == "removed")


def test_a_contact_with_a_very_long_key_leaves_room_for_the_list(desk: Desk, qtbot) -> None:
    from app.services.set_contact_status import set_contact_status

    workspace = open_workspace(str(desk.file))
    set_contact_status(workspace, "q" * 254, "Active")
    workspace.close()
    window = desk.start()
    window.do("contacts")
    page = desk.page(ContactsPage)
    qtbot.waitUntil(lambda: page.contact_card.name.toolTip() == "q" * 254)
    assert page.contact_card.minimumSizeHint().width() < 900
    assert page.table.width() > 300


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
    qtbot.waitUntil(lambda: boxes["open"].isChecked())
    assert list_sent(window.desk.workspace)[0].marks == {"open", "click"}
    qtbot.waitUntil(lambda: page.table.current().marks == {"open", "click"})
    assert "Opened · Clicked" in page.table.things_model.columns[0].second(page.table.current())
    qtbot.mouseClick(boxes["open"], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not boxes["click"].isChecked())
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
    qtbot.waitUntil(lambda: any("cleared" in t.text.text() for t in window.findChildren(Toast)))
    workspace = window.desk.workspace
    table = next(e for e in list_events(workspace) if e.definition.name == "Cart abandoned").data_extension
    assert page_rows(workspace, table.id, 0, 10).total == 0


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
    qtbot.waitUntil(lambda: "NTO-1001: admitted" in page.answer.as_text())
    assert page.journey_button.isVisible()
    page.search.setText("nobody of that name")
    qtbot.waitUntil(lambda: page.nothing_found.isVisible())


def test_a_new_workspace_teaches_the_first_step(desk: Desk) -> None:
    window = desk.start()
    home = desk.page(HomePage)
    assert home.stack.currentWidget() is home.empty
    assert home.empty.button.text() == "New journey"
    assert len(home.examples.cards) == 3
    assert window.status.workspace.text() == "Workspace: northern-trails"
    assert window.status.backend.text() == "SQLite"
    assert window.status.events.text() == "No events yet"
