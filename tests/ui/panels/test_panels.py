"""The Tile panel, the Test panel and the event log, over a real workspace."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from app.bootstrap import open_workspace
from app.events.fire_event import FireEvent, Origin
from app.filters.tree import Group
from app.journey.activities import ACTIVITIES
from app.journey.edits import AddActivity, SetEntry
from app.journey.journey import ENTRY, Place
from app.kernel.clock import FixedClock
from app.kernel.ids import new_guid
from app.services.explain_event import explain_event
from app.services.fire_event import fire_event
from app.services.journey_context import journey_context
from app.services.list_contacts import list_contacts
from app.services.list_events import list_events
from app.services.page_rows import page_rows
from app.services.recent_events import recent_events, refused_result
from app.services.workspace import Workspace
from app.ui.document import JourneyDocument
from app.ui.panels.activity_facts import ActivityFacts
from app.ui.panels.entry_facts import EntryFacts
from app.ui.panels.event_log import EventLog
from app.ui.panels.event_log_model import DECISION, ORIGIN, WHY
from app.ui.panels.payload_form import JSON
from app.ui.panels.test_panel import TestPanel
from app.ui.panels.tile_panel import TilePanel
from app.ui.theme import theme
from app.ui.work import Work
from tests.support.databases import NOW
from tests.support.workspace import Cart, abandoned_cart

Panel = TestPanel


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    opened = open_workspace(str(tmp_path / "w.switchback"), clock=FixedClock(NOW))
    yield opened
    opened.close()


@pytest.fixture
def work(qtbot: QtBot, workspace: Workspace) -> Iterator[Work]:
    made = Work()
    yield made
    made.close()


@pytest.fixture
def cart(workspace: Workspace) -> Cart:
    return abandoned_cart(workspace)


@pytest.fixture
def draft(workspace: Workspace) -> Cart:
    return abandoned_cart(workspace, active=False)


@pytest.fixture
def document_of(workspace: Workspace, work: Work) -> Callable[[Cart], JourneyDocument]:
    def make(cart: Cart) -> JourneyDocument:
        return JourneyDocument(workspace, work, cart.open, journey_context(workspace, cart.open.journey))

    return make


@pytest.fixture
def panel(qtbot: QtBot, work: Work, cart: Cart, document_of: Callable[[Cart], JourneyDocument]) -> Panel:
    made = TestPanel(document_of(cart), work)
    qtbot.addWidget(made)
    made.resize(380, 800)
    made.show()
    qtbot.waitExposed(made)
    return made


def put(panel: Panel, **values: str) -> None:
    panel.form.set_values({name.replace("_", " "): value for name, value in values.items()})


def press(qtbot: QtBot, panel: Panel, button: str = "fire") -> None:
    """Press a button and wait for the answer."""
    panel.answer.take_away()
    target = panel.fire_button if button == "fire" else panel.dry_button
    qtbot.mouseClick(target, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: panel.answer.isVisible(), timeout=20_000)


GOOD = {"Contact_key": "NTO-1001", "Cart_total": "84.50", "Country": "NO", "Email": "kari@example.com"}


def test_the_first_sight_is_a_payload_that_the_schema_takes(panel: Panel) -> None:
    values = panel.form.values()
    assert values is not None
    assert values["Contact key"] == "NTO-1001"
    assert float(values["Cart total"]) > 0


def test_an_admitted_contact_lights_its_path_and_has_its_row(
    qtbot: QtBot, panel: Panel, workspace: Workspace, cart: Cart
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
    qtbot: QtBot, panel: Panel, workspace: Workspace, cart: Cart
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


def test_a_dry_run_writes_nothing(qtbot: QtBot, panel: Panel, workspace: Workspace, cart: Cart) -> None:
    put(panel, **GOOD)
    press(qtbot, panel, "dry")
    assert "admitted · dry run" in panel.answer.as_text()
    assert page_rows(workspace, cart.data_extension.id, 0, 10).total == 0
    assert not list_contacts(workspace, "", 10)


def test_bad_values_are_shown_beside_their_fields_and_nothing_is_written(
    qtbot: QtBot, panel: Panel, workspace: Workspace, cart: Cart
) -> None:
    put(panel, **{**GOOD, "Cart_total": "a lot", "Country": "Norway"})
    press(qtbot, panel)
    for name in ("Cart total", "Country"):
        said = panel.form._fields[name].message
        assert said.text(), name
        assert said.height() >= said.heightForWidth(said.width()), f"{name}: the sentence is cut"
    assert not panel.form._fields["Email"].message.text()
    assert page_rows(workspace, cart.data_extension.id, 0, 10).total == 0


def test_enter_in_the_form_asks_and_a_change_makes_the_answer_old(qtbot: QtBot, panel: Panel) -> None:
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


def test_the_path_of_an_earlier_test_goes_out_when_the_next_is_refused(qtbot: QtBot, panel: Panel) -> None:
    put(panel, **GOOD)
    press(qtbot, panel, "dry")
    assert panel._document.highlight is not None
    put(panel, **{**GOOD, "Cart_total": "20"})
    press(qtbot, panel, "dry")
    assert panel._document.highlight is None


def test_a_stored_row_brings_its_contact(qtbot: QtBot, panel: Panel) -> None:
    panel.contact.setText("somebody else")
    panel._take_row({"Contact key": "NTO-7", "Country": "SE"})
    assert panel.contact.text() == "NTO-7"
    assert panel.form.values() == {"Contact key": "NTO-7", "Country": "SE"}


def test_values_of_a_logged_event_can_be_used_again(
    qtbot: QtBot, panel: Panel, work: Work, workspace: Workspace
) -> None:
    put(panel, **{**GOOD, "Cart_total": "20"})
    press(qtbot, panel)
    assert not panel.again_button.isVisible()
    line = recent_events(workspace)[0]
    panel.contact.setText("another")
    put(panel, Country="SE")
    panel.show_past(explain_event(workspace, line.id))
    assert panel.again_button.isVisible()
    qtbot.mouseClick(panel.again_button, Qt.MouseButton.LeftButton)
    assert panel.contact.text() == "NTO-1001"
    values = panel.form.values()
    assert values is not None
    assert (values["Cart total"], values["Country"]) == (20.0, "NO")


def test_a_refused_call_of_the_log_is_shown_with_what_to_do(
    qtbot: QtBot, panel: Panel, workspace: Workspace, cart: Cart
) -> None:
    fire_event(workspace, FireEvent(new_guid(), "", cart.event.key + "x", {}, Origin.API))
    fire_event(workspace, FireEvent(new_guid(), "NTO-1", cart.event.key + "x", {}, Origin.API))
    panel.show_past(refused_result(recent_events(workspace, journey_id=cart.id)[0]))
    assert cart.event.key in panel.answer.as_text()
    assert not panel.again_button.isVisible()
    assert panel._document.highlight is None


def test_an_empty_contact_key_is_refused_before_anything_is_fired(qtbot: QtBot, panel: Panel) -> None:
    panel.contact.clear()
    qtbot.mouseClick(panel.fire_button, Qt.MouseButton.LeftButton)
    assert "empty" in panel.contact_field.message.text()
    assert panel.answer.result is None


def test_broken_json_says_where_and_stays(qtbot: QtBot, panel: Panel) -> None:
    panel.form.set_mode(JSON)
    panel.form.editor.setPlainText('{"Country": NO}')
    assert panel.form.set_mode("form") is False
    assert "Line 1, column 13" in panel.form.text.message.text()
    panel.form.editor.setPlainText('{"Country": "SE", "Unknown": 1}')
    assert panel.form.set_mode("form") is True
    assert panel.form.values() == {"Country": "SE", "Unknown": 1}


def test_clear_test_contacts_takes_back_what_tests_left(
    qtbot: QtBot, panel: Panel, workspace: Workspace, cart: Cart
) -> None:
    put(panel, **GOOD)
    press(qtbot, panel)
    panel.clear_tests()
    qtbot.waitUntil(lambda: page_rows(workspace, cart.data_extension.id, 0, 10).total == 0, timeout=20_000)
    qtbot.waitUntil(lambda: panel._document.highlight is None, timeout=20_000)


def test_the_log_shows_events_and_why(qtbot: QtBot, panel: Panel, work: Work, workspace: Workspace, cart: Cart) -> None:
    log = EventLog(workspace, work, journey_id=cart.id)
    qtbot.addWidget(log)
    put(panel, **{**GOOD, "Cart_total": "20"})
    press(qtbot, panel)
    log.refresh()
    qtbot.waitUntil(lambda: log.model.rowCount() == 1, timeout=20_000)
    text = log.as_csv()
    assert "not admitted" in text
    assert "Cart total" in text
    put(panel, **GOOD)
    press(qtbot, panel)
    log.refresh()
    qtbot.waitUntil(lambda: log.model.rowCount() == 2, timeout=20_000)
    assert log.model.line(0).outcome == "admitted"


def test_a_chosen_line_keeps_the_colours_of_its_decision(
    qtbot: QtBot, panel: Panel, work: Work, workspace: Workspace, cart: Cart
) -> None:
    put(panel, **{**GOOD, "Cart_total": "20"})
    press(qtbot, panel)
    log = EventLog(workspace, work, journey_id=cart.id)
    qtbot.addWidget(log)
    log.resize(1100, 260)
    with qtbot.waitExposed(log):
        log.show()
    qtbot.waitUntil(lambda: log.model.rowCount() == 1, timeout=20_000)
    log.table.selectRow(0)
    cell = log.table.visualRect(log.model.index(0, DECISION))
    picture = log.table.viewport().grab(cell).toImage()
    pixels = {picture.pixelColor(x, y).name() for x in range(picture.width()) for y in range(picture.height())}
    assert theme().color("red").name() in pixels
    assert theme().color("accent_soft").name() in pixels


def test_a_contact_key_that_looks_like_a_formula_is_harmless_in_a_spreadsheet(
    qtbot: QtBot, panel: Panel, work: Work, workspace: Workspace
) -> None:
    panel.contact.setText('=HYPERLINK("http://x")')
    put(panel, **GOOD)
    press(qtbot, panel)
    log = EventLog(workspace, work)
    qtbot.addWidget(log)
    qtbot.waitUntil(lambda: log.model.rowCount() == 1, timeout=20_000)
    assert "'=HYPERLINK" in log.as_csv()


def test_in_a_narrow_log_the_reason_keeps_its_room(
    qtbot: QtBot, panel: Panel, work: Work, workspace: Workspace
) -> None:
    put(panel, **GOOD)
    press(qtbot, panel)
    log = EventLog(workspace, work)
    qtbot.addWidget(log)
    log.resize(1000, 300)
    log.show()
    qtbot.waitUntil(lambda: log.model.rowCount() == 1, timeout=20_000)
    assert not log.table.isColumnHidden(ORIGIN)
    log.resize(800, 300)
    qtbot.waitUntil(lambda: log.table.isColumnHidden(ORIGIN))
    assert log.table.columnWidth(WHY) >= 200
    log.resize(1000, 300)
    qtbot.waitUntil(lambda: not log.table.isColumnHidden(ORIGIN))


def test_the_answer_can_be_copied(qtbot: QtBot, panel: Panel) -> None:
    put(panel, **GOOD)
    press(qtbot, panel, "dry")
    panel._copy_answer()
    text = QGuiApplication.clipboard().text()
    assert "NTO-1001: admitted" in text
    assert "    ✓ Cart total is greater than 50 (Cart total: 84.50)" in text


def test_the_tile_panel_follows_the_selection(
    qtbot: QtBot, work: Work, draft: Cart, document_of: Callable[[Cart], JourneyDocument]
) -> None:
    document = document_of(draft)
    tile = TilePanel(document, work)
    qtbot.addWidget(tile)
    document.select(["WAIT-1"])
    names = [editor.text() for editor in tile.findChildren(QLineEdit)]
    assert "One day" in names
    editor = next(e for e in tile.findChildren(QLineEdit) if e.text() == "One day")
    editor.setText("A day")
    editor.editingFinished.emit()
    assert document.journey.activities["WAIT-1"].name == "A day"
    document.undo_stack.undo()
    assert document.journey.activities["WAIT-1"].name == "One day"
    document.close()


def test_a_goal_says_how_many_met_it(qtbot: QtBot, draft: Cart, document_of: Callable[[Cart], JourneyDocument]) -> None:
    document = document_of(draft)
    assert document.apply(AddActivity(ACTIVITIES["goal"].make("GOAL-1"), Place(ENTRY)))
    facts = ActivityFacts(document, "GOAL-1")
    qtbot.addWidget(facts)
    facts.show()
    qtbot.waitUntil(facts.met_fact.isVisible)
    assert facts.met.text() == "0 contacts met it"
    document.close()
    document.deleteLater()


def test_the_key_is_checked_as_it_is_typed_and_kept_when_it_is_right(
    qtbot: QtBot, work: Work, draft: Cart, workspace: Workspace, document_of: Callable[[Cart], JourneyDocument]
) -> None:
    document = document_of(draft)
    document.select([ENTRY])
    tile = TilePanel(document, work)
    qtbot.addWidget(tile)
    tile.show()
    facts = tile.findChild(EntryFacts)
    assert facts is not None
    facts.key.setFocus()
    facts.key.selectAll()
    qtbot.keyClicks(facts.key, "cart.abandoned")
    qtbot.waitUntil(lambda: "period" in facts.key_field.message.text(), timeout=20_000)
    assert "cart-abandoned" in facts.key_field.message.text()
    qtbot.keyClick(facts.key, Qt.Key.Key_Return)
    assert [card.definition.key for card in list_events(workspace)] == [draft.event.key]
    facts.key.selectAll()
    qtbot.keyClicks(facts.key, "cart-abandoned")
    qtbot.keyClick(facts.key, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: list_events(workspace)[0].definition.key == "cart-abandoned", timeout=20_000)
    document.close()


def test_the_key_of_a_running_event_is_fixed(
    qtbot: QtBot, work: Work, cart: Cart, document_of: Callable[[Cart], JourneyDocument]
) -> None:
    document = document_of(cart)
    document.select([ENTRY])
    tile = TilePanel(document, work)
    qtbot.addWidget(tile)
    facts = tile.findChild(EntryFacts)
    assert facts is not None
    assert facts.key.isReadOnly()
    assert facts.key.text() == cart.event.key


def test_the_keyboard_stays_on_the_button_that_fired(qtbot: QtBot, panel: Panel) -> None:
    put(panel, **GOOD)
    panel.fire_button.setFocus()
    press(qtbot, panel)
    assert panel.focusWidget() is panel.fire_button


def test_no_width_cuts_the_buttons(panel: Panel) -> None:
    panel.resize(panel.minimumSizeHint().width(), 800)
    right = panel.code_button.mapTo(panel, panel.code_button.rect().topRight()).x()
    assert right < panel.width()
