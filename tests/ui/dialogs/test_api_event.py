"""The API Event dialog: five steps by mouse and by keyboard, one undoable edit."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMainWindow, QPushButton
from pytestqt.qtbot import QtBot

from app.events.event_definition import EventDefinition
from app.filters.tree import Attribute, Condition, Group, Literal
from app.journey.edits import SetEntry
from app.journey.journey import ENTRY, Entry, EntryMode
from app.services.journey_context import journey_context
from app.services.list_data_extensions import list_data_extensions
from app.services.list_events import list_events
from app.services.save_event import save_event
from app.ui.dialogs import open_settings
from app.ui.dialogs.api_event import ApiEventDialog
from app.ui.dialogs.api_event.dialog import DATA_EXTENSION, ENTRY_MODE, EVENT, FILTER, SUMMARY
from app.ui.dialogs.event_definition import EventDefinitionDialog
from app.ui.document import JourneyDocument
from app.ui.filter_builder.picker import Picker
from app.ui.panels.entry_facts import EntryFacts
from app.ui.work import Work
from tests.support.cart_rows import Carts
from tests.support.workspace import abandoned_cart

LEFT = Qt.MouseButton.LeftButton


KEY = Qt.Key


Open = Callable[[], ApiEventDialog]


def _press(qtbot: QtBot, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    widget = QApplication.focusWidget()
    assert widget is not None, "nothing has the focus"
    qtbot.keyClick(widget, key, modifiers)


def _type(qtbot: QtBot, text: str) -> None:
    widget = QApplication.focusWidget()
    assert widget is not None, "nothing has the focus"
    qtbot.keyClicks(widget, text)


def _click_item(qtbot: QtBot, dialog: ApiEventDialog, row: int) -> None:
    view = dialog.event_step.list.view
    index = view.model().index(row, 0)
    qtbot.mouseClick(view.viewport(), LEFT, pos=view.visualRect(index).center())


def test_the_whole_job_by_mouse(qtbot: QtBot, open_api_event: Open, document: JourneyDocument, carts: Carts) -> None:
    dialog = open_api_event()
    assert dialog.event_step.mode.current() == "choose"
    _click_item(qtbot, dialog, 0)
    assert dialog.title.text() == "Cart abandoned · API Event"
    qtbot.mouseClick(dialog.primary, LEFT)
    assert dialog.index == DATA_EXTENSION
    assert "6 fields" in dialog.data_extension_step.fields.text()
    qtbot.mouseClick(dialog.primary, LEFT)
    assert dialog.index == FILTER
    over_50 = Condition(carts.attribute("Cart total"), "greater_than", Literal("50"))
    dialog.filter_step.builder.model.add(over_50)
    qtbot.mouseClick(dialog.primary, LEFT)
    assert dialog.index == ENTRY_MODE
    qtbot.mouseClick(dialog.entry_step.modes.cards[EntryMode.AFTER_EXIT], LEFT)
    qtbot.mouseClick(dialog.primary, LEFT)
    assert dialog.index == SUMMARY
    assert dialog.summary_step.key.text() == "APIEvent-cart"
    assert dialog.primary.text() == "Done"
    with qtbot.waitSignal(document.changed):
        qtbot.mouseClick(dialog.primary, LEFT)
    entry = document.journey.entry
    assert entry is not None
    assert (entry.name, entry.event_definition_id) == ("Cart abandoned", carts.event.id)
    assert entry.filter == Group(children=(over_50,))
    assert document.journey.entry_mode is EntryMode.AFTER_EXIT
    assert document.undo_stack.count() == 1
    document.undo_stack.undo()
    assert document.journey.entry is None
    assert document.journey.entry_mode is EntryMode.NOT_SET


def test_a_new_event_and_data_extension_by_keyboard(
    qtbot: QtBot, open_api_event: Open, document: JourneyDocument, carts: Carts
) -> None:
    dialog = open_api_event()
    dialog.activateWindow()
    dialog.event_step.show_mode("create")
    _type(qtbot, "Order placed")
    assert dialog.event_step.key.key().startswith("APIEvent-")
    _press(qtbot, KEY.Key_Return)
    assert dialog.index == DATA_EXTENSION
    dialog.data_extension_step.show_mode("create")
    assert dialog.data_extension_step.form.name.text() == "Order_placed"
    dialog.data_extension_step.form.add_field()
    _type(qtbot, "Total")
    _press(qtbot, KEY.Key_Return)
    assert dialog.index == FILTER
    assert dialog.filter_step.builder.aside is not None
    assert dialog.filter_step.builder.aside.words.text().startswith("Nothing is stored yet")
    dialog.primary.setFocus()
    _press(qtbot, KEY.Key_Return)
    assert dialog.index == ENTRY_MODE
    _press(qtbot, KEY.Key_Down)
    _press(qtbot, KEY.Key_Return)
    assert dialog.index == SUMMARY
    with qtbot.waitSignal(document.changed):
        _press(qtbot, KEY.Key_Return) if QApplication.focusWidget() is dialog.primary else dialog.primary.click()
    card = next(c for c in list_events(carts.workspace) if c.definition.name == "Order placed")
    assert card.data_extension is not None
    assert [field.name for field in card.data_extension.fields] == ["SubscriberKey", "EmailAddress", "Total"]
    assert document.journey.entry is not None
    assert document.journey.entry.event_definition_id == card.definition.id
    assert document.journey.entry_mode is EntryMode.ANY_TIME


def test_esc_closes_at_once_without_changes_and_asks_with_them(qtbot: QtBot, open_api_event: Open) -> None:
    dialog = open_api_event()
    with qtbot.waitSignal(dialog.rejected):
        qtbot.keyClick(dialog, KEY.Key_Escape)
    dialog = open_api_event()
    _click_item(qtbot, dialog, 0)
    qtbot.keyClick(dialog, KEY.Key_Escape)
    assert dialog.isVisible()
    assert dialog.foot.asking
    qtbot.mouseClick(dialog.foot.keep, LEFT)
    assert not dialog.foot.asking
    dialog.reject()
    with qtbot.waitSignal(dialog.rejected):
        qtbot.mouseClick(dialog.foot.discard, LEFT)


def test_nothing_is_written_when_it_is_cancelled(qtbot: QtBot, open_api_event: Open, carts: Carts) -> None:
    before = (list_events(carts.workspace), list_data_extensions(carts.workspace))
    dialog = open_api_event()
    dialog.event_step.show_mode("create")
    qtbot.keyClicks(dialog.event_step.name, "Order placed")
    qtbot.mouseClick(dialog.primary, LEFT)
    dialog.data_extension_step.show_mode("create")
    dialog.close_unasked()
    assert (list_events(carts.workspace), list_data_extensions(carts.workspace)) == before


def test_the_key_is_copied(qtbot: QtBot, open_api_event: Open, carts: Carts) -> None:
    dialog = open_api_event()
    _click_item(qtbot, dialog, 0)
    dialog.go_to(ENTRY_MODE)
    dialog.entry_step.modes.cards[EntryMode.ANY_TIME].click()
    dialog.go_to(SUMMARY)
    qtbot.mouseClick(dialog.summary_step.copy_key, LEFT)
    assert QGuiApplication.clipboard().text() == carts.event.key
    qtbot.waitUntil(lambda: "CLIENT_SECRET" not in dialog.summary_step.code.toPlainText())
    qtbot.mouseClick(dialog.summary_step.copy_code, LEFT)
    assert carts.event.key in QGuiApplication.clipboard().text()


def test_another_data_extension_takes_the_filter_along_by_name(
    qtbot: QtBot, open_api_event: Open, carts: Carts
) -> None:
    dialog = open_api_event()
    _click_item(qtbot, dialog, 0)
    dialog.draft.filter = Group(children=(Condition(carts.attribute("Country"), "equal", Literal("NO")),))
    dialog.go_to(DATA_EXTENSION)
    step = dialog.data_extension_step
    step.show_mode("create")
    step.form.add_field()
    step.form.rows[-1].name.setText("Country")
    step.form._edited()
    step.form.name.setText("Carts of 2027")
    step.form._edited()
    dialog.go_to(FILTER)
    attribute = dialog.draft.filter.children[0]
    assert isinstance(attribute, Condition)
    assert attribute.attribute == Attribute(step.form.rows[-1].field().id)


def test_it_opens_at_the_summary_once_everything_is_set(
    qtbot: QtBot, open_api_event: Open, document: JourneyDocument
) -> None:
    dialog = open_api_event()
    _click_item(qtbot, dialog, 0)
    dialog.go_to(ENTRY_MODE)
    dialog.entry_step.modes.cards[EntryMode.ANY_TIME].click()
    dialog.go_to(SUMMARY)
    with qtbot.waitSignal(document.changed):
        dialog.primary.click()
    again = open_api_event()
    assert again.index == SUMMARY
    assert not again.has_changes()
    again.close_unasked()


def test_it_is_no_larger_than_the_screen_and_remembers_its_size(qtbot: QtBot, open_api_event: Open) -> None:
    dialog = open_api_event()
    assert dialog.height() <= dialog.screen().availableGeometry().height()
    dialog.resize(dialog.width(), 580)
    dialog.close_unasked()
    again = open_api_event()
    assert again.height() == 580
    again.close_unasked()


def test_enter_in_ask_about_one_contact_stays_in_the_step(qtbot: QtBot, open_api_event: Open) -> None:
    dialog = open_api_event()
    _click_item(qtbot, dialog, 0)
    dialog.go_to(FILTER)
    aside = dialog.filter_step.builder.aside
    assert aside is not None
    qtbot.keyClicks(aside.why.key, "NTO-1001")
    qtbot.keyClick(aside.why.key, KEY.Key_Return)
    assert dialog.index == FILTER
    qtbot.waitUntil(lambda: "would enter" in aside.why.answer.toPlainText())
    dialog.close_unasked()


def test_enter_in_a_value_adds_a_condition_and_does_not_go_on(qtbot: QtBot, open_api_event: Open, carts: Carts) -> None:
    dialog = open_api_event()
    _click_item(qtbot, dialog, 0)
    dialog.draft.filter = Group(children=(Condition(carts.attribute("Country"), "equal", Literal("NO")),))
    dialog.go_to(FILTER)
    builder = dialog.filter_step.builder
    builder.canvas.focus((0,), "value")
    _press(qtbot, KEY.Key_Return)
    assert dialog.index == FILTER
    assert len(builder.model.group.children) == 2
    for popup in [w for w in QApplication.topLevelWidgets() if isinstance(w, Picker) and w.isVisible()]:
        popup.close()
    _press(qtbot, KEY.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert len(builder.model.group.children) == 1
    dialog.close_unasked()


def test_a_running_journey_is_shown_and_cannot_be_changed(
    qtbot: QtBot, carts: Carts, work: Work, window: QMainWindow
) -> None:
    cart = abandoned_cart(carts.workspace, name="Running cart")
    running = JourneyDocument(
        carts.workspace, work, cart.open, journey_context(carts.workspace, cart.open.journey), window
    )
    dialog = open_settings(running, ENTRY, work, window)
    assert isinstance(dialog, ApiEventDialog)
    qtbot.waitUntil(dialog.primary.isEnabled)
    assert dialog.index == SUMMARY
    assert dialog.primary.text() == "Close"
    dialog.go_to(FILTER)
    assert not dialog.filter_step.builder.canvas.row((0,)).field_chip.isEnabled()
    dialog.go_to(EVENT)
    assert not dialog.event_step.isEnabled()
    qtbot.keyClick(dialog, KEY.Key_Escape)
    qtbot.waitUntil(lambda: work.idle)
    running.close()


def test_an_event_is_found_chosen_and_taken_by_keys(qtbot: QtBot, open_api_event: Open, carts: Carts) -> None:
    save_event(carts.workspace, EventDefinition("", "order-placed", "Order placed", None))
    dialog = open_api_event()
    assert len(dialog.event_step.list.idents()) == 2
    _type(qtbot, "cart")
    qtbot.waitUntil(lambda: dialog.event_step.list.idents() == [carts.event.id])
    _press(qtbot, KEY.Key_Down)
    _press(qtbot, KEY.Key_Return)
    assert dialog.index == DATA_EXTENSION
    assert dialog.draft.event == carts.event
    dialog.close_unasked()


def test_a_double_click_takes_an_event(qtbot: QtBot, open_api_event: Open) -> None:
    dialog = open_api_event()
    view = dialog.event_step.list.view
    place = view.visualRect(view.model().index(0, 0)).center()
    qtbot.mouseClick(view.viewport(), LEFT, pos=place)
    qtbot.mouseDClick(view.viewport(), LEFT, pos=place)
    assert dialog.index == DATA_EXTENSION
    dialog.close_unasked()


def test_the_chosen_event_is_edited_in_its_own_dialog(qtbot: QtBot, open_api_event: Open, carts: Carts) -> None:
    dialog = open_api_event()
    assert not dialog.event_step.edit.isVisible()
    _click_item(qtbot, dialog, 0)
    qtbot.mouseClick(dialog.event_step.edit, LEFT)
    editor = dialog.findChild(EventDefinitionDialog)
    assert editor is not None
    qtbot.waitUntil(lambda: editor.home.count() > 1)
    editor.name.setText("Cart left behind")
    qtbot.mouseClick(editor.primary, LEFT)
    qtbot.waitUntil(lambda: dialog.title.text() == "Cart left behind · API Event")
    dialog.close_unasked()


def test_links_of_the_tile_panel_name_their_step(qtbot: QtBot, document: JourneyDocument, work: Work) -> None:
    document.apply(SetEntry(Entry(name="Cart")))
    facts = EntryFacts(document, work)
    qtbot.addWidget(facts)
    steps: list[str] = []
    facts.open_requested.connect(steps.append)
    for button in facts.findChildren(QPushButton):
        if button.text() in ("Change", "Edit", "Choose an event"):
            button.click()
    assert sorted(steps) == ["", "data_extension", "entry", "filter"]
