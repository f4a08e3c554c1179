"""The Test panel, over a real workspace."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QScrollArea
from pytestqt.qtbot import QtBot

from app.data_extensions.data_extension import Field
from app.filters.tree import Group
from app.journey.edits import SetEntry
from app.journey.journey import ENTRY
from app.services.list_contacts import list_contacts
from app.services.page_rows import page_rows
from app.services.workspace import Workspace
from app.ui.document import JourneyDocument
from app.ui.panels.payload_form import JSON
from app.ui.panels.test_panel import TestPanel
from app.ui.widgets import Button, FormField
from app.ui.work import Work
from tests.support.workspace import Cart
from tests.ui.panels.firing import GOOD, press, put


def test_the_first_sight_is_a_payload_that_the_schema_takes(panel: TestPanel) -> None:
    values = panel.form.values()
    assert values is not None
    assert values["Contact key"] == "NTO-1001"
    assert float(values["Cart total"]) > 0


def test_an_admitted_contact_lights_its_path_and_has_its_row(
    qtbot: QtBot, panel: TestPanel, workspace: Workspace, cart: Cart
) -> None:
    put(panel, **GOOD)
    with qtbot.waitSignal(panel.fired, timeout=20_000):
        press(qtbot, panel)
    assert "NTO-1001: admitted" in panel.answer.as_text()
    highlight = panel._document.highlight
    assert highlight is not None
    assert {ENTRY, "EMAILV2-1", "WAIT-1"} <= highlight.tiles
    assert page_rows(workspace, cart.data_extension.id, 0, 10).total == 1


def test_a_refused_contact_is_told_condition_value_and_remedy(
    qtbot: QtBot, panel: TestPanel, workspace: Workspace, cart: Cart
) -> None:
    put(panel, **{**GOOD, "Cart_total": "20"})
    press(qtbot, panel)
    text = panel.answer.as_text()
    assert "not admitted" in text
    assert "Cart total is greater than 50" in text
    assert "20.00" in text
    assert "The row was stored." in text
    assert page_rows(workspace, cart.data_extension.id, 0, 10).total == 1
    values = panel.answer.result.decisions[0].remedy_values if panel.answer.result else {}
    panel.answer.try_values.emit(values)
    qtbot.waitUntil(lambda: "admitted · dry run" in panel.answer.as_text(), timeout=20_000)


def test_a_dry_run_asks_the_draft_as_it_is_on_the_canvas(
    qtbot: QtBot, work: Work, draft: Cart, document_of: Callable[[Cart], JourneyDocument], workspace: Workspace
) -> None:
    document = document_of(draft)
    panel = TestPanel(document, work)
    qtbot.addWidget(panel)
    panel.show()
    put(panel, **{**GOOD, "Cart_total": "20"})
    press(qtbot, panel, "dry")
    assert "not admitted" in panel.answer.as_text()
    entry = document.journey.entry
    assert entry is not None
    document.apply(SetEntry(replace(entry, filter=Group())))
    press(qtbot, panel, "dry")
    assert "would enter" in panel.answer.as_text()
    assert "asked as if it were active" in panel.answer.as_text()
    assert document.highlight is not None
    assert page_rows(workspace, draft.data_extension.id, 0, 10).total == 0
    qtbot.waitUntil(lambda: work.idle and not document.unsaved, timeout=20_000)


def test_a_dry_run_writes_nothing(qtbot: QtBot, panel: TestPanel, workspace: Workspace, cart: Cart) -> None:
    put(panel, **GOOD)
    press(qtbot, panel, "dry")
    assert "admitted · dry run" in panel.answer.as_text()
    assert page_rows(workspace, cart.data_extension.id, 0, 10).total == 0
    assert not list_contacts(workspace, "", 10)


def test_bad_values_are_shown_beside_their_fields_and_nothing_is_written(
    qtbot: QtBot, panel: TestPanel, workspace: Workspace, cart: Cart
) -> None:
    put(panel, **{**GOOD, "Cart_total": "a lot", "Country": "Norway"})
    press(qtbot, panel)
    for name in ("Cart total", "Country"):
        said = panel.form._fields[name].message
        assert said.text(), name
        assert said.height() >= said.heightForWidth(said.width()), f"{name}: the sentence is cut"
    assert not panel.form._fields["Email"].message.text()
    assert page_rows(workspace, cart.data_extension.id, 0, 10).total == 0


def test_enter_in_the_form_asks_and_a_change_makes_the_answer_old(qtbot: QtBot, panel: TestPanel) -> None:
    put(panel, **GOOD)
    total = panel.form._fields["Cart total"].editor
    qtbot.keyClick(total, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: panel.answer.isVisible(), timeout=20_000)
    assert "NTO-1001 would enter" in panel.answer.as_text()
    assert panel._document.highlight is not None
    said = panel.answer.findChildren(QLabel)
    old = next(each for each in said if each.text().startswith("From before your change"))
    assert not old.isVisible()
    qtbot.keyClicks(total, "x")
    assert old.isVisible()


def test_the_path_of_an_earlier_test_goes_out_when_the_next_is_refused(qtbot: QtBot, panel: TestPanel) -> None:
    put(panel, **GOOD)
    press(qtbot, panel, "dry")
    assert panel._document.highlight is not None
    put(panel, **{**GOOD, "Cart_total": "20"})
    press(qtbot, panel, "dry")
    assert panel._document.highlight is None


def test_a_stored_row_brings_its_contact(qtbot: QtBot, panel: TestPanel) -> None:
    panel.contact.setText("somebody else")
    panel._take_row({"Contact key": "NTO-7", "Country": "SE"})
    assert panel.contact.text() == "NTO-7"
    assert panel.form.values() == {"Contact key": "NTO-7", "Country": "SE"}


def test_an_empty_contact_key_is_refused_before_anything_is_fired(qtbot: QtBot, panel: TestPanel) -> None:
    panel.contact.clear()
    qtbot.mouseClick(panel.fire_button, Qt.MouseButton.LeftButton)
    assert "empty" in panel.contact_field.message.text()
    assert panel.answer.result is None


def test_broken_json_says_where_and_stays(qtbot: QtBot, panel: TestPanel) -> None:
    panel.form.set_mode(JSON)
    panel.form.editor.setPlainText('{"Country": NO}')
    assert panel.form.set_mode("form") is False
    assert "Line 1, column 13" in panel.form.text.message.text()
    panel.form.editor.setPlainText('{"Country": "SE", "Unknown": 1}')
    assert panel.form.set_mode("form") is True
    assert panel.form.values() == {"Country": "SE", "Unknown": 1}


def test_the_keyboard_goes_to_what_is_wrong_and_typing_takes_its_error_away(qtbot: QtBot, panel: TestPanel) -> None:
    panel.show()
    put(panel, **GOOD | {"Cart total": "lots"})
    press(qtbot, panel)
    total = panel.form._fields["Cart total"]
    assert panel.focusWidget() is total.editor
    qtbot.keyClicks(total.editor, "5")
    assert not total.message.text()
    panel.contact.setText("a\0b")
    press(qtbot, panel)
    assert "NUL" in panel.contact_field.message.text()
    assert panel.focusWidget() is panel.contact
    panel.contact.setText("NTO-1")
    panel.mode.chosen.emit(JSON)
    panel.form.editor.setPlainText("{")
    qtbot.mouseClick(panel.dry_button, Qt.MouseButton.LeftButton)
    assert "Line 1" in panel.form.text.message.text()
    assert panel.focusWidget() is panel.form.editor
    qtbot.keyClicks(panel.form.editor, "}")
    assert "Line 1" not in panel.form.text.message.text()


def test_clear_test_contacts_takes_back_what_tests_left(
    qtbot: QtBot, panel: TestPanel, workspace: Workspace, cart: Cart
) -> None:
    put(panel, **GOOD)
    press(qtbot, panel)
    panel.clear_tests()
    qtbot.waitUntil(lambda: page_rows(workspace, cart.data_extension.id, 0, 10).total == 0, timeout=20_000)
    qtbot.waitUntil(lambda: panel._document.highlight is None, timeout=20_000)


def test_the_answer_can_be_copied(qtbot: QtBot, panel: TestPanel) -> None:
    put(panel, **GOOD)
    press(qtbot, panel, "dry")
    panel._copy_answer()
    text = QGuiApplication.clipboard().text()
    assert "NTO-1001: admitted" in text
    assert "    ✓ Cart total is greater than 50 (Cart total: 84.50)" in text


def test_the_keyboard_stays_on_the_button_that_fired(qtbot: QtBot, panel: TestPanel) -> None:
    put(panel, **GOOD)
    panel.fire_button.setFocus()
    press(qtbot, panel)
    assert panel.focusWidget() is panel.fire_button


def test_no_width_cuts_the_buttons(qtbot: QtBot, panel: TestPanel) -> None:
    put(panel, **GOOD)
    press(qtbot, panel, "dry")
    panel.resize(panel.minimumSizeHint().width(), 800)
    QTest.qWait(0)
    assert panel.width() <= 280, "palette and canvas have room beside it at 200 % on 1600 x 1000"
    area = panel.findChild(QScrollArea)
    assert area is not None
    assert area.widget().width() == area.viewport().width(), "nothing is cut at the right"
    shown = [button for button in panel.findChildren(Button) if button.isVisible()]
    assert {panel.dry_button, panel.fire_button, panel.code_button, panel.show_button, panel.rows_button} <= set(shown)
    for button in shown:
        assert button.width() >= button.sizeHint().width()
        assert button.mapTo(area.widget(), button.rect().topRight()).x() < area.widget().width()


def test_the_fields_stand_in_one_column_where_two_are_not_read(panel: TestPanel) -> None:
    def columns() -> int:
        return len({field.x() for field in panel.form.findChildren(FormField) if field.isVisible()})

    panel.resize(600, 800)
    QTest.qWait(0)
    assert columns() == 2
    panel.resize(280, 800)
    QTest.qWait(0)
    assert columns() == 1


def test_a_long_name_of_a_field_is_shortened(panel: TestPanel) -> None:
    schema = panel._document.context.schema
    assert schema is not None
    name = "N" * 100
    panel.form.set_schema(replace(schema, fields=(*schema.fields, Field("f-long", name, "text", length=10))))
    assert panel.minimumSizeHint().width() <= 280
    field = next(each for each in panel.form.findChildren(FormField) if each.caption.text() == name)
    assert field.caption.toolTip() == name
