"""The event log, over a real workspace."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.events.fire_event import FireEvent, Origin
from app.kernel.ids import new_guid
from app.services.explain_event import explain_event
from app.services.fire_event import fire_event
from app.services.recent_events import recent_events, refused_result
from app.services.workspace import Workspace
from app.ui.panels.event_log import EventLog
from app.ui.panels.event_log_model import DECISION, ORIGIN, WHY
from app.ui.panels.test_panel import TestPanel
from app.ui.theme import theme
from app.ui.work import Work
from tests.support.workspace import Cart
from tests.ui.panels.firing import GOOD, press, put


def test_values_of_a_logged_event_can_be_used_again(
    qtbot: QtBot, panel: TestPanel, work: Work, workspace: Workspace
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
    qtbot: QtBot, panel: TestPanel, workspace: Workspace, cart: Cart
) -> None:
    fire_event(workspace, FireEvent(new_guid(), "", cart.event.key + "x", {}, Origin.API))
    fire_event(workspace, FireEvent(new_guid(), "NTO-1", cart.event.key + "x", {}, Origin.API))
    panel.show_past(refused_result(recent_events(workspace, journey_id=cart.id)[0]))
    assert cart.event.key in panel.answer.as_text()
    assert not panel.again_button.isVisible()
    assert panel._document.highlight is None


def test_the_log_shows_events_and_why(
    qtbot: QtBot, panel: TestPanel, work: Work, workspace: Workspace, cart: Cart
) -> None:
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
    qtbot: QtBot, panel: TestPanel, work: Work, workspace: Workspace, cart: Cart
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
    qtbot: QtBot, panel: TestPanel, work: Work, workspace: Workspace
) -> None:
    panel.contact.setText('=HYPERLINK("http://x")')
    put(panel, **GOOD)
    press(qtbot, panel)
    log = EventLog(workspace, work)
    qtbot.addWidget(log)
    qtbot.waitUntil(lambda: log.model.rowCount() == 1, timeout=20_000)
    assert "'=HYPERLINK" in log.as_csv()


def test_in_a_narrow_log_the_reason_keeps_its_room(
    qtbot: QtBot, panel: TestPanel, work: Work, workspace: Workspace
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
