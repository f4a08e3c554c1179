"""Designers: data extensions and events, with bad input at every field."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from app.data_extensions.data_extension import DataExtension
from app.journey.journey import EntryMode
from app.services.list_data_extensions import list_data_extensions
from app.services.list_events import list_events
from app.ui.dialogs import open_journey_settings
from app.ui.dialogs.data_extension import DataExtensionDialog, open_data_extension
from app.ui.dialogs.event_definition import EventDefinitionDialog, open_event_definition
from app.ui.dialogs.field_row import FieldRow
from app.ui.dialogs.journey_settings import JourneySettingsDialog
from app.ui.document import JourneyDocument
from app.ui.work import Work
from tests.support.cart_rows import ROWS, Carts

LEFT = Qt.MouseButton.LeftButton
KEY = Qt.Key


@pytest.fixture
def designer(qtbot: QtBot, carts: Carts, work: Work, window: QMainWindow) -> Callable[..., DataExtensionDialog]:
    """Opens the designer of data extensions."""

    def make(existing: DataExtension | None = None, rows: int = 0) -> DataExtensionDialog:
        dialog = open_data_extension(carts.workspace, work, window, existing, rows)
        qtbot.waitExposed(dialog)
        return dialog

    return make


def _names(carts: Carts) -> list[str]:
    return [card.data_extension.name for card in list_data_extensions(carts.workspace)]


def _kind(row: FieldRow, key: str) -> None:
    row.kind.setCurrentIndex(row.kind.findData(key))
    row.kind.activated.emit(row.kind.currentIndex())


def test_a_data_extension_is_designed_and_saved(
    qtbot: QtBot, designer: Callable[..., DataExtensionDialog], carts: Carts
) -> None:
    dialog = designer()
    qtbot.keyClicks(dialog.form.name, "Orders")
    dialog.form.description.setText("Of the\0 shop")
    qtbot.mouseClick(dialog.form.add_button, LEFT)
    qtbot.keyClicks(dialog.form.rows[-1].name, "Total")
    _kind(dialog.form.rows[-1], "decimal")
    assert (dialog.form.rows[-1].length.text(), dialog.form.rows[-1].scale.text()) == ("18", "2")
    with qtbot.waitSignal(dialog.accepted):
        qtbot.mouseClick(dialog.primary, LEFT)
    made = next(c.data_extension for c in list_data_extensions(carts.workspace) if c.data_extension.name == "Orders")
    total = made.named("Total")
    assert total is not None
    assert (total.kind, total.length, total.scale) == ("decimal", 18, 2)
    assert made.link == made.fields[0].id
    assert made.description == "Of the shop"


def test_what_is_missing_is_said_only_when_one_goes_on(
    qtbot: QtBot, designer: Callable[..., DataExtensionDialog]
) -> None:
    dialog = designer()
    assert not dialog.form.name_field.message.isVisible()
    qtbot.mouseClick(dialog.primary, LEFT)
    assert "has no name" in dialog.form.name_field.message.text()
    assert dialog.focusWidget() is dialog.form.name


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda row: row.name.setText("emailaddress"), "two fields with the name"),
        (lambda row: row.length.setText("5000"), "1 to 4000 characters"),
        (lambda row: row.length.setText("9" * 5000), "1 to 4000 characters"),
        (lambda row: row.length.setText("-5"), 'Only digits can stand here, not "-5".'),
        (lambda row: (_kind(row, "decimal"), row.scale.setText("1.5")), 'Only digits can stand here, not "1.5".'),
        (lambda row: (_kind(row, "decimal"), row.scale.setText("40")), "do not fit"),
        (lambda row: (_kind(row, "number"), row.default.setText("many")), "default does not fit"),
    ],
)
def test_a_field_that_breaks_a_rule_is_said_below_it(
    designer: Callable[..., DataExtensionDialog], spoil: Callable[[FieldRow], object], said: str
) -> None:
    dialog = designer()
    dialog.form.name.setText("Orders")
    dialog.form.add_field()
    row = dialog.form.rows[-1]
    row.name.setText("Total")
    spoil(row)
    row.changed.emit()
    assert said in row.message.text()
    assert dialog.form.problems()
    dialog.accept()
    assert dialog.isVisible()
    dialog.close_unasked()


def test_the_part_of_a_field_that_is_wrong_is_marked(
    qtbot: QtBot, designer: Callable[..., DataExtensionDialog]
) -> None:
    dialog = designer()
    qtbot.keyClicks(dialog.form.name, "Orders")
    dialog.form.add_field()
    row = dialog.form.rows[-1]
    qtbot.waitUntil(row.isVisible)
    _kind(row, "date")
    qtbot.keyClicks(row.default, "tomorrow")
    assert "default" in row.message.text()
    qtbot.keyClicks(row.name, "Ordered")
    assert "default" in row.message.text()
    assert (row.name.property("bad"), row.default.property("bad")) == (False, True)
    assert "default" in row.default.accessibleDescription()
    row.name.clear()
    dialog.form.insist()
    assert "has no name" in row.message.text()
    assert not dialog.form.fields_message.text()
    qtbot.keyClicks(row.name, "Ordered")
    dialog.form.insist()
    assert dialog.focusWidget() is row.default


def test_fields_move_by_keyboard(qtbot: QtBot, designer: Callable[..., DataExtensionDialog]) -> None:
    dialog = designer()
    row = dialog.form.rows[1]
    row.name.setFocus()
    qtbot.keyClick(row.name, KEY.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert [each.field().name for each in dialog.form.rows] == ["EmailAddress", "SubscriberKey"]
    assert dialog.focusWidget() is row.name
    dialog.close_unasked()


def test_a_name_that_is_taken_is_said_beside_it(
    qtbot: QtBot, designer: Callable[..., DataExtensionDialog], carts: Carts
) -> None:
    dialog = designer()
    qtbot.keyClicks(dialog.form.name, "Loyalty")
    qtbot.mouseClick(dialog.primary, LEFT)
    qtbot.waitUntil(lambda: "already exists" in dialog.form.name_field.message.text())
    assert _names(carts).count("Loyalty") == 1
    assert dialog.primary.isEnabled()
    dialog.close_unasked()


def test_one_with_rows_keeps_kinds_and_key(
    qtbot: QtBot, designer: Callable[..., DataExtensionDialog], carts: Carts
) -> None:
    dialog = designer(carts.home, ROWS)
    assert not dialog.has_changes()
    assert not any(row.kind.isEnabled() for row in dialog.form.rows)
    assert not dialog.form.rows[0].remove.isEnabled()
    dialog.form.rows[0].length.setText("10")
    dialog.form.rows[0].changed.emit()
    assert "cannot shrink" in dialog.form.rows[0].message.text()
    dialog.form.rows[0].length.setText("60")
    dialog.form.rows[0].changed.emit()
    with qtbot.waitSignal(dialog.accepted):
        qtbot.mouseClick(dialog.primary, LEFT)


@pytest.fixture
def event_dialog(qtbot: QtBot, carts: Carts, work: Work, window: QMainWindow) -> Callable[..., EventDefinitionDialog]:
    """Opens the dialog of an event and waits for its lists."""

    def make(existing: bool) -> EventDefinitionDialog:
        dialog = open_event_definition(carts.workspace, work, window, carts.event if existing else None)
        qtbot.waitUntil(lambda: dialog.home.count() > 1)
        return dialog

    return make


def test_an_event_is_created(qtbot: QtBot, event_dialog: Callable[..., EventDefinitionDialog], carts: Carts) -> None:
    dialog = event_dialog(False)
    qtbot.mouseClick(dialog.primary, LEFT)
    assert "has no name" in dialog.name_field.message.text()
    qtbot.keyClicks(dialog.name, "Order placed")
    dialog.key.line.setText("order placed")
    dialog.key._typed()
    qtbot.mouseClick(dialog.primary, LEFT)
    assert dialog.isVisible()
    qtbot.mouseClick(dialog.key.proposal, LEFT)
    dialog.home.setCurrentIndex(dialog.home.findData(carts.home.id))
    with qtbot.waitSignal(dialog.accepted):
        qtbot.mouseClick(dialog.primary, LEFT)
    made = next(c for c in list_events(carts.workspace) if c.definition.name == "Order placed")
    assert made.definition.key == "order-placed"
    assert made.data_extension is not None
    assert made.data_extension.id == carts.home.id


def test_an_event_keeps_what_was_not_touched(
    qtbot: QtBot, event_dialog: Callable[..., EventDefinitionDialog], carts: Carts
) -> None:
    dialog = event_dialog(True)
    assert not dialog.has_changes()
    qtbot.keyClicks(dialog.description, "Left in the shop")
    dialog.description.insert("\0")  # it comes with what is pasted, and no database keeps it
    assert dialog.has_changes()
    with qtbot.waitSignal(dialog.accepted):
        qtbot.mouseClick(dialog.primary, LEFT)
    kept = next(c.definition for c in list_events(carts.workspace) if c.definition.id == carts.event.id)
    assert (kept.key, kept.description) == (carts.event.key, "Left in the shop")


def test_the_journey_is_set_up_as_one_edit(qtbot: QtBot, document: JourneyDocument, window: QMainWindow) -> None:
    dialog = open_journey_settings(document, window)
    assert isinstance(dialog, JourneySettingsDialog)
    dialog.name.clear()
    qtbot.mouseClick(dialog.primary, LEFT)
    assert "has no name" in dialog.name_field.message.text()
    dialog.name.setText("x" * 201)
    qtbot.mouseClick(dialog.primary, LEFT)
    assert "201 characters. Take at most 200." in dialog.name_field.message.text()
    dialog.name.setText("Abandoned\0carts")
    qtbot.mouseClick(dialog.primary, LEFT)
    assert "cannot be seen (U+0000)" in dialog.name_field.message.text()
    dialog.name.setText("Abandoned\ncarts")
    qtbot.mouseClick(dialog.modes.cards[EntryMode.NO_REENTRY], LEFT)
    qtbot.mouseClick(dialog.primary, LEFT)
    assert (document.journey.name, document.journey.entry_mode) == ("Abandoned carts", EntryMode.NO_REENTRY)
    document.undo_stack.undo()
    assert (document.journey.name, document.journey.entry_mode) == ("Abandoned cart", EntryMode.NOT_SET)
