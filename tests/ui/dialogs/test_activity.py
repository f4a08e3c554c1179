"""Settings of tiles, drawn from the schema of their type."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.filters.tree import EMPTY, Condition, Group, Literal
from app.journey.activities import ACTIVITIES
from app.journey.edits import AddActivity
from app.journey.journey import Activity, Outcome, Place
from app.ui.dialogs import open_settings
from app.ui.dialogs.activity import ActivityDialog
from app.ui.dialogs.settings import KINDS_OF_SETTING
from app.ui.dialogs.settings.lists import UpdatesEditor
from app.ui.dialogs.settings.paths import PathsEditor
from app.ui.dialogs.settings.personalised import PersonalisedEditor
from app.ui.dialogs.settings.simple import DurationEditor, NumberEditor, TimeEditor
from app.ui.document import JourneyDocument
from tests.support.cart_rows import Carts

LEFT = Qt.MouseButton.LeftButton
KEY = Qt.Key
Open = Callable[[Activity], ActivityDialog]


def _now(document: JourneyDocument, key: str) -> Activity:
    return document.journey.activities[key]


def test_every_setting_of_every_activity_has_an_editor(open_tile: Open, document: JourneyDocument) -> None:
    for number, kind in enumerate(ACTIVITIES, 1):
        for setting in kind.settings:
            assert setting.kind in KINDS_OF_SETTING, f"{kind.key}.{setting.name}"
        key = f"{kind.key_prefix}-{number}"
        dialog = open_tile(kind.make(key))
        before = _now(document, key)
        assert dialog.settings() == dict(before.settings), f"{kind.key} changes settings by being opened"
        assert not dialog.has_changes(), kind.key
        focus = dialog.focusWidget()
        assert focus is not None, kind.key
        assert focus.focusPolicy() & Qt.FocusPolicy.TabFocus, f"{kind.key}: the keyboard is on {focus}"
        dialog.close_unasked()


def test_an_email_is_written_with_fields_from_the_picker(
    qtbot: QtBot, open_tile: Open, document: JourneyDocument
) -> None:
    dialog = open_tile(ACTIVITIES["send_email"].make("EMAILV2-1"))
    subject, body = dialog.editors["subject"], dialog.editors["body"]
    assert isinstance(subject, PersonalisedEditor)
    assert isinstance(body, PersonalisedEditor)
    assert subject.line is not None
    assert body.text is not None
    qtbot.keyClicks(subject.line, "Still thinking, ")
    picker = subject.open_fields()
    qtbot.keyClicks(picker.focusWidget() or picker, "email")
    qtbot.keyClick(picker.focusWidget() or picker, KEY.Key_Return)
    assert subject.value() == "Still thinking, {{Email}}"
    qtbot.keyClicks(body.text, "Your cart of {{Cart total}} waits.")
    preview = dialog.preview
    assert preview is not None
    qtbot.keyClicks(preview.key, "NTO-1003")
    qtbot.keyClick(preview.key, KEY.Key_Return)
    qtbot.waitUntil(lambda: preview.subject.text() == "Still thinking, c2@example.com")
    assert preview.body.toPlainText() == "Your cart of 15.00 waits."
    assert preview.line.text() == "To: c2@example.com"
    qtbot.mouseClick(dialog.primary, LEFT)
    assert _now(document, "EMAILV2-1").settings["body"] == "Your cart of {{Cart total}} waits."
    document.undo_stack.undo()
    assert _now(document, "EMAILV2-1").settings["body"] == ""


def test_a_field_that_is_not_there_is_said_below_the_text(qtbot: QtBot, open_tile: Open) -> None:
    dialog = open_tile(ACTIVITIES["send_email"].make("EMAILV2-1"))
    subject = dialog.editors["subject"]
    assert isinstance(subject, PersonalisedEditor)
    assert subject.line is not None
    qtbot.keyClicks(subject.line, "Hello {{Nickname}}")
    assert "has no field Nickname" in dialog._fields["subject"].message.text()
    dialog.close_unasked()


def test_a_wait_takes_a_duration_and_a_time(qtbot: QtBot, open_tile: Open, document: JourneyDocument) -> None:
    dialog = open_tile(ACTIVITIES["wait"].make("WAIT-1"))
    duration, time = dialog.editors["duration"], dialog.editors["time"]
    assert isinstance(duration, DurationEditor)
    assert isinstance(time, TimeEditor)
    duration.amount.selectAll()
    for wrong in ("0", "-5", "1.5", "9" * 5000, "abc"):
        duration.amount.setText(wrong)
        qtbot.mouseClick(dialog.primary, LEFT)
        assert dialog.isVisible()
        assert "whole number from 1" in dialog._fields["duration"].message.text()
        assert duration.amount.property("bad") is True
        assert duration.amount.text() == wrong, "what was typed stays"
    duration.amount.selectAll()
    qtbot.keyClicks(duration.amount, "3")
    time.use.click()
    qtbot.keyClick(duration.amount, KEY.Key_Return)
    assert _now(document, "WAIT-1").settings == {"duration": {"amount": 3, "unit": "days"}, "time": "09:00"}


def test_a_number_beyond_its_bounds_stays_as_typed_and_is_said(
    qtbot: QtBot, open_tile: Open, document: JourneyDocument
) -> None:
    dialog = open_tile(ACTIVITIES["sto_wait"].make("STOWAIT-1"))
    hours = dialog.editors["hours"]
    assert isinstance(hours, NumberEditor)
    hours.spin.selectAll()
    qtbot.keyClicks(hours.spin, "0")
    qtbot.keyClick(hours.spin, KEY.Key_Return)
    assert dialog.isVisible()
    assert hours.spin.property("bad") is True
    assert hours.spin.text() == "0"
    assert [shown.text() for shown in dialog.findChildren(QLabel) if "whole number from 1 to" in shown.text()]
    qtbot.keyClick(hours.spin, KEY.Key_Up)
    assert hours.spin.value() == 1, "the arrows go back between the bounds"
    qtbot.keyClick(hours.spin, KEY.Key_Down)
    assert hours.spin.value() == 1
    qtbot.keyClick(hours.spin, KEY.Key_Return)
    assert _now(document, "STOWAIT-1").settings["hours"] == 1


def test_a_name_is_needed(qtbot: QtBot, open_tile: Open, document: JourneyDocument) -> None:
    dialog = open_tile(ACTIVITIES["wait"].make("WAIT-1", "Pause"))
    dialog.name.clear()
    qtbot.mouseClick(dialog.primary, LEFT)
    assert dialog.isVisible()
    assert "has no name" in dialog.name_field.message.text()
    dialog.name.setText("x" * 201)
    qtbot.mouseClick(dialog.primary, LEFT)
    assert "201 characters" in dialog.name_field.message.text()
    assert dialog.focusWidget() is dialog.name
    dialog.name.selectAll()
    qtbot.keyClicks(dialog.name, "A day")
    assert not dialog.name_field.message.text(), "what was said of another name is no longer said"
    qtbot.mouseClick(dialog.primary, LEFT)
    assert _now(document, "WAIT-1").name == "A day"


def test_paths_are_added_named_ordered_and_removed(
    qtbot: QtBot, open_tile: Open, document: JourneyDocument, carts: Carts
) -> None:
    dialog = open_tile(ACTIVITIES["decision_split"].make("SPLIT-1"))
    paths = dialog.editors["paths"]
    assert isinstance(paths, PathsEditor)
    paths.name.selectAll()
    qtbot.keyClicks(paths.name, "Norway")
    norway = Condition(carts.attribute("Country"), "equal", Literal("NO"))
    paths.builder.model.add(norway)
    aside = paths.builder.aside
    qtbot.waitUntil(lambda: aside.words.text() == "of 40 rows would go this way.")
    qtbot.mouseClick(paths.add_button, LEFT)
    qtbot.keyClicks(paths.name, "Gold")
    assert [outcome.label for outcome in paths.outcomes()] == ["Norway", "Gold", "Remainder"]
    paths.list.setFocus()
    qtbot.keyClick(paths.list, KEY.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert [outcome.label for outcome in paths.outcomes()] == ["Gold", "Norway", "Remainder"]
    paths.list.setCurrentRow(2)
    assert paths.rest.isVisible()
    assert not paths.remove_button.isEnabled()
    paths.list.setCurrentRow(1)
    assert paths.builder.filter() == Group(children=(norway,))
    qtbot.mouseClick(dialog.primary, LEFT)
    outcomes = _now(document, "SPLIT-1").outcomes
    assert [(o.label, o.filter) for o in outcomes] == [
        ("Gold", EMPTY),
        ("Norway", Group(children=(norway,))),
        ("Remainder", None),
    ]


def test_two_paths_of_one_name_are_refused(qtbot: QtBot, open_tile: Open) -> None:
    dialog = open_tile(ACTIVITIES["decision_split"].make("SPLIT-1"))
    paths = dialog.editors["paths"]
    assert isinstance(paths, PathsEditor)
    qtbot.mouseClick(paths.add_button, LEFT)
    qtbot.keyClicks(paths.name, "Path 1")
    assert "Two paths are called Path 1" in paths.name_field.message.text()
    paths.list.setCurrentRow(2)
    qtbot.mouseClick(dialog.primary, LEFT)
    assert dialog.isVisible()
    assert paths.list.currentRow() == 1
    paths.name.setText("x" * 201)
    paths.name.textEdited.emit("x" * 201)
    assert "201 characters" in paths.name_field.message.text()
    paths.list.setCurrentRow(2)
    qtbot.mouseClick(dialog.primary, LEFT)
    assert (paths.list.currentRow(), dialog.focusWidget()) == (1, paths.name), "where it is wrong"
    dialog.close_unasked()


def test_a_path_is_not_left_while_its_text_cannot_be_read(qtbot: QtBot, open_tile: Open) -> None:
    dialog = open_tile(ACTIVITIES["decision_split"].make("SPLIT-1"))
    paths = dialog.editors["paths"]
    assert isinstance(paths, PathsEditor)
    paths.builder.show_mode("text")
    text = paths.builder.text.edit
    qtbot.keyClicks(text, "Country = (((")
    for leave in (dialog.primary, paths.add_button):
        qtbot.mouseClick(leave, LEFT)
        assert dialog.focusWidget() is text
    rest = paths.list.visualItemRect(paths.list.item(1)).center()
    qtbot.mouseClick(paths.list.viewport(), LEFT, pos=rest)
    qtbot.waitUntil(lambda: paths.list.currentRow() == 0)
    assert text.toPlainText() == "Country = ((("
    text.clear()
    qtbot.mouseClick(paths.list.viewport(), LEFT, pos=rest)
    assert paths.rest.isVisible()
    dialog.close_unasked()


def test_what_a_removed_path_takes_along_is_said_before(
    qtbot: QtBot, open_tile: Open, document: JourneyDocument
) -> None:
    split = replace(
        ACTIVITIES["decision_split"].make("SPLIT-1"),
        outcomes=(
            Outcome("path-1", "One", filter=EMPTY),
            Outcome("path-2", "Two", filter=EMPTY),
            Outcome("remainder", "Remainder"),
        ),
    )
    open_tile(split).close_unasked()
    document.apply(AddActivity(ACTIVITIES["wait"].make("WAIT-1", "Long pause"), Place("SPLIT-1", "path-2")))
    dialog = open_settings(document, "SPLIT-1", document.work, None)
    assert isinstance(dialog, ActivityDialog)
    qtbot.addWidget(dialog)
    paths = dialog.editors["paths"]
    assert isinstance(paths, PathsEditor)
    paths.list.setCurrentRow(1)
    paths.list.setFocus()
    qtbot.keyClick(paths.list, KEY.Key_Delete)
    assert "Long pause" in dialog.lost.text.text()
    qtbot.mouseClick(dialog.primary, LEFT)
    assert "WAIT-1" not in document.journey.activities


def test_fields_to_update_are_listed(qtbot: QtBot, open_tile: Open, document: JourneyDocument, carts: Carts) -> None:
    dialog = open_tile(ACTIVITIES["update_contact"].make("UPDATE-1"))
    updates = dialog.editors["updates"]
    assert isinstance(updates, UpdatesEditor)
    qtbot.mouseClick(updates.add_button, LEFT)
    row = updates.rows[0]
    home = row.home
    home.setCurrentIndex(home.findData(carts.loyalty.id))
    home.activated.emit(home.currentIndex())
    qtbot.keyClicks(row.line, "Gold")
    qtbot.mouseClick(dialog.primary, LEFT)
    tier = carts.loyalty.named("Tier")
    assert tier is not None
    assert _now(document, "UPDATE-1").settings["updates"] == [
        {"data_extension_id": carts.loyalty.id, "field_id": tier.id, "value": "Gold"}
    ]


def test_esc_asks_only_when_something_was_typed(qtbot: QtBot, open_tile: Open) -> None:
    dialog = open_tile(ACTIVITIES["wait"].make("WAIT-1"))
    with qtbot.waitSignal(dialog.rejected):
        qtbot.keyClick(dialog, KEY.Key_Escape)
    dialog = open_tile(ACTIVITIES["wait"].make("WAIT-2"))
    qtbot.keyClicks(dialog.name, " here")
    qtbot.keyClick(dialog, KEY.Key_Escape)
    assert dialog.foot.asking
    dialog.close_unasked()
