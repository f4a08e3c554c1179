"""The API Event dialog: bad input at every field is said at its step, beside the field."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from app.events.event_definition import EventDefinition
from app.filters.tree import Condition, Literal
from app.journey.journey import ENTRY, EntryMode
from app.services.list_data_extensions import list_data_extensions
from app.services.list_events import list_events
from app.services.save_event import save_event
from app.ui.dialogs import open_settings
from app.ui.dialogs.api_event import ApiEventDialog
from app.ui.dialogs.api_event.dialog import DATA_EXTENSION, ENTRY_MODE, EVENT, FILTER, SUMMARY
from app.ui.document import JourneyDocument
from app.ui.work import Work
from tests.support.cart_rows import Carts

LEFT = Qt.MouseButton.LeftButton


KEY = Qt.Key


Open = Callable[[], ApiEventDialog]


def _click_item(qtbot: QtBot, dialog: ApiEventDialog, row: int) -> None:
    view = dialog.event_step.list.view
    index = view.model().index(row, 0)
    qtbot.mouseClick(view.viewport(), LEFT, pos=view.visualRect(index).center())


def _new_event(qtbot: QtBot, dialog: ApiEventDialog) -> None:
    """An event of the key `order-placed`, and on to its data extension."""
    dialog.event_step.show_mode("create")
    qtbot.keyClicks(dialog.event_step.name, "Order placed")
    dialog.event_step.key.line.setText("order-placed")
    dialog.event_step.key._typed()
    dialog.go_to(DATA_EXTENSION)


def _lose_the_key(qtbot: QtBot, dialog: ApiEventDialog, carts: Carts) -> None:
    """On to the end; a colleague takes the key just before it is saved."""
    dialog.go_to(ENTRY_MODE)
    dialog.entry_step.modes.cards[EntryMode.ANY_TIME].click()
    assert dialog.go_to(SUMMARY)
    save_event(carts.workspace, EventDefinition("", "order-placed", "A colleague's", None))
    dialog.primary.click()
    qtbot.waitUntil(dialog.banner.isVisible)
    assert dialog.index == EVENT


def test_without_an_event_it_does_not_go_on_and_says_so(qtbot: QtBot, open_api_event: Open) -> None:
    dialog = open_api_event()
    qtbot.mouseClick(dialog.primary, LEFT)
    assert dialog.index == EVENT
    assert dialog.event_step.message.text() == "Choose an event, or create one."
    qtbot.mouseClick(dialog.step_buttons[SUMMARY], LEFT)
    assert dialog.index == EVENT


@pytest.mark.parametrize(
    ("typed", "reason", "proposal"),
    [
        ("cart.abandoned", "period", "cart-abandoned"),
        ("cart abandoned", "space", "cart-abandoned"),
        ("APIEvent-cart", "Another event has the key", "APIEvent-cart-2"),
        ("x" * 201, "201 characters", "x" * 200),
        ("", "is empty", "APIEvent-"),
    ],
)
def test_a_wrong_key_is_named_as_it_is_typed_and_one_click_mends_it(
    qtbot: QtBot, open_api_event: Open, typed: str, reason: str, proposal: str
) -> None:
    dialog = open_api_event()
    dialog.event_step.show_mode("create")
    qtbot.keyClicks(dialog.event_step.name, "Order placed")
    key = dialog.event_step.key
    key.line.setFocus()
    key.line.selectAll()
    qtbot.keyClick(key.line, KEY.Key_Delete)
    if typed:
        key.line.insert(typed)
        key._typed()
    assert reason.lower() in key.form.message.text().lower()
    assert key.line.property("bad") is True
    qtbot.mouseClick(dialog.primary, LEFT)
    assert dialog.index == EVENT
    assert key.key() == typed, "what was typed is not lost"
    assert (key.proposal.toolTip() or key.proposal.text()).startswith(proposal)
    qtbot.mouseClick(key.proposal, LEFT)
    assert not key.problem()
    qtbot.mouseClick(dialog.primary, LEFT)
    assert dialog.index == DATA_EXTENSION


def test_a_name_that_is_missing_is_said_beside_its_field(qtbot: QtBot, open_api_event: Open) -> None:
    dialog = open_api_event()
    dialog.event_step.show_mode("create")
    assert not dialog.event_step.name_field.message.isVisible(), "nobody is scolded before they began"
    qtbot.mouseClick(dialog.primary, LEFT)
    assert dialog.event_step.name_field.message.text().startswith("The event has no name")
    assert dialog.focusWidget() is dialog.event_step.name


@pytest.mark.parametrize(("name", "said"), [("x" * 5000, "5000 characters"), ("a\0b", "cannot be seen (U+0000)")])
def test_a_name_that_cannot_be_is_said_at_once_and_makes_nothing_wider(
    qtbot: QtBot, open_api_event: Open, name: str, said: str
) -> None:
    dialog = open_api_event()
    dialog.event_step.show_mode("create")
    width = dialog.width()
    step = dialog.event_step
    step.name.setText(name)
    step.name.textEdited.emit(name)
    assert said in step.name_field.message.text()
    qtbot.mouseClick(dialog.primary, LEFT)
    assert dialog.index == EVENT
    assert dialog.focusWidget() is step.name
    assert step.name.text() == name
    assert (dialog.width(), dialog.minimumSizeHint().width() <= width) == (width, True)


def test_a_data_extension_name_that_is_taken_is_refused(qtbot: QtBot, open_api_event: Open) -> None:
    dialog = open_api_event()
    dialog.event_step.show_mode("create")
    qtbot.keyClicks(dialog.event_step.name, "Order placed")
    qtbot.mouseClick(dialog.primary, LEFT)
    step = dialog.data_extension_step
    step.show_mode("create")
    step.form.name.clear()
    qtbot.keyClicks(step.form.name, "Loyalty")
    assert "already exists" in step.form.name_field.message.text()
    qtbot.mouseClick(dialog.primary, LEFT)
    assert dialog.index == DATA_EXTENSION
    qtbot.keyClicks(step.form.name, "_2")
    qtbot.mouseClick(dialog.primary, LEFT)
    assert dialog.index == FILTER


def test_no_entry_mode_is_said_below_the_cards(qtbot: QtBot, open_api_event: Open) -> None:
    dialog = open_api_event()
    _click_item(qtbot, dialog, 0)
    qtbot.mouseClick(dialog.step_buttons[ENTRY_MODE], LEFT)
    assert dialog.index == ENTRY_MODE
    qtbot.mouseClick(dialog.primary, LEFT)
    assert dialog.index == ENTRY_MODE
    assert "Choose who may enter again" in dialog.entry_step.message.text()


def test_a_key_that_was_taken_meanwhile_is_said_at_the_event(
    qtbot: QtBot, open_api_event: Open, document: JourneyDocument, carts: Carts
) -> None:
    dialog = open_api_event()
    _new_event(qtbot, dialog)
    dialog.data_extension_step.list.choose(carts.home.id)
    dialog.data_extension_step._chosen(carts.home.id)
    _lose_the_key(qtbot, dialog, carts)
    assert "order-placed" in dialog.banner.text.text()
    assert dialog.event_step.name.text() == "Order placed"
    assert document.journey.entry is None


def test_a_data_extension_that_was_saved_is_not_made_twice(
    qtbot: QtBot, open_api_event: Open, document: JourneyDocument, carts: Carts
) -> None:
    dialog = open_api_event()
    _new_event(qtbot, dialog)
    dialog.data_extension_step.show_mode("create")
    _lose_the_key(qtbot, dialog, carts)
    qtbot.mouseClick(dialog.event_step.key.proposal, LEFT)
    assert dialog.go_to(SUMMARY)
    with qtbot.waitSignal(document.changed):
        dialog.primary.click()
    names = [card.data_extension.name for card in list_data_extensions(carts.workspace)]
    assert names.count("Order_placed") == 1
    made = next(card for card in list_events(carts.workspace) if card.definition.key == "order-placed-2")
    assert made.data_extension is not None
    assert made.data_extension.name == "Order_placed"


def test_a_filter_that_cannot_be_asked_is_said_in_the_summary_and_edit_leads_to_it(
    qtbot: QtBot, open_api_event: Open, document: JourneyDocument, carts: Carts, work: Work, window: QMainWindow
) -> None:
    dialog = open_api_event()
    _click_item(qtbot, dialog, 0)
    dialog.go_to(FILTER)
    dialog.filter_step.builder.model.add(Condition(carts.attribute("Cart total"), "greater_than", Literal("lots")))
    dialog.go_to(ENTRY_MODE)
    dialog.entry_step.modes.cards[EntryMode.ANY_TIME].click()
    dialog.go_to(SUMMARY)
    said = dialog.summary_step.doubt_line
    qtbot.waitUntil(said.isVisible)
    assert "lots" in said.text()
    assert dialog.step_buttons[FILTER].text() == "! Filter contacts"
    with qtbot.waitSignal(document.changed):
        dialog.primary.click()
    again = open_settings(document, ENTRY, work, window, step="filter")
    assert isinstance(again, ApiEventDialog)
    qtbot.waitUntil(again.primary.isEnabled)
    assert again.index == FILTER
    again.close_unasked()


def test_a_filter_text_that_cannot_be_read_stays_as_it_was_typed(qtbot: QtBot, open_api_event: Open) -> None:
    dialog = open_api_event()
    _click_item(qtbot, dialog, 0)
    dialog.go_to(FILTER)
    builder = dialog.filter_step.builder
    builder.show_mode("text")
    qtbot.keyClicks(builder.text.edit, "Country = (((")
    for go_on in (dialog.primary, dialog.step_buttons[SUMMARY]):
        qtbot.mouseClick(go_on, LEFT)
        assert dialog.index == FILTER
        assert builder.text.edit.toPlainText() == "Country = ((("
        assert builder.text.message.text().startswith("Column ")
        assert dialog.focusWidget() is builder.text.edit
    dialog.close_unasked()
