"""The window over a real workspace, by mouse and keys: journeys, dialogs, preferences, keys, what is in the way."""

from __future__ import annotations

import itertools
import socket
import sqlite3

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QWidget

from app.events.fire_event import FireEvent, Origin
from app.journey.journey import ENTRY
from app.kernel.ids import new_guid
from app.kernel.resources import resource
from app.services.create_journey import create_journey
from app.services.import_journey import import_journey
from app.services.list_journeys import list_journeys
from app.services.preview_import import preview_import
from app.ui.journey_page import JourneyPage
from app.ui.pages.home import HomePage
from app.ui.panels.test_panel import TestPanel
from app.ui.server import ServerState
from app.ui.widgets import FormField, Toast
from app.ui.window import MainWindow
from tests.ui.desk import PAYLOAD, Desk, answer


def test_a_new_journey_is_named_and_opened(desk: Desk, qtbot) -> None:
    from app.ui.dialogs.new_journey import NewJourneyDialog

    window = desk.start()
    window.do("new_journey")
    dialog = window.findChild(NewJourneyDialog)
    dialog.create_button.click()
    qtbot.waitUntil(lambda: dialog.field.message.text() == "The journey has no name. For example: Abandoned cart")
    dialog.name.setText("x" * 201)
    dialog.create_button.click()
    qtbot.waitUntil(lambda: dialog.field.message.text() == "The name has 201 characters. Take at most 200.")
    assert len(dialog.name.text()) == 201
    dialog.name.clear()
    qtbot.keyClicks(dialog.name, "R&D cart")
    qtbot.keyClick(dialog.name, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(window.tabs.keys) == 2)
    desk.settle()
    assert window.tabs.bar.tabText(1) == "R&&D cart"
    assert window.tabs.current().document.journey.name == "R&D cart"


def test_enter_opens_a_journey_and_ctrl_w_closes_it(desk: Desk, qtbot) -> None:
    desk.seeded()
    window = desk.start()
    home = desk.page(HomePage)
    card = home.table.things_model.things[0]
    assert (card.inside, card.version) == (1, 1)
    home.table.selectRow(0)
    qtbot.keyClick(home.table, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(window.tabs.keys) == 2)
    desk.settle()
    journey = [a.text() for a in window.commands.menus["Journey"].actions()]
    assert "Validate" in journey
    file = [a.text() for a in window.commands.menus["File"].actions()]
    assert file[0] == "&New journey"
    assert file.index("&Export journey…") < file.index("Print…") < file.index("&Switch workspace…")
    assert "" not in {"".join(pair) for pair in itertools.pairwise(file)}, "never two lines on end"
    window.do("close_tab")
    assert window.tabs.keys == ("journeys",)
    assert "Validate" not in [a.text() for a in window.commands.menus["Journey"].actions()]


def test_a_toasts_offer_goes_with_its_workspace(desk: Desk, qtbot) -> None:
    desk.preferences.api_at_start = False
    window = desk.start()
    window.do("copy_address")
    (toast,) = window.findChildren(Toast)
    assert toast.button is not None
    assert toast.button.text() == "Start the API"
    window.open_at(str(desk.file))
    assert not any(each.isVisible() for each in window.findChildren(Toast))
    desk.settle()


def test_in_a_menu_that_the_mouse_opened_the_arrows_walk_the_menus_not_the_canvas(desk: Desk, qtbot) -> None:
    desk.seeded()
    window = desk.start()
    home = desk.page(HomePage)
    home.table.selectRow(0)
    qtbot.keyClick(home.table, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(window.tabs.keys) == 2)
    desk.settle()
    page = window.tabs.current()
    page.canvas.setFocus()
    page.document.select([ENTRY])
    menus = window.commands.menus
    bar = window.menuBar()
    qtbot.mouseClick(bar, Qt.MouseButton.LeftButton, pos=bar.actionGeometry(menus["File"].menuAction()).center())
    qtbot.waitUntil(menus["File"].isVisible)
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Right)
    assert menus["Edit"].isVisible()
    assert page.document.selection == (ENTRY,)
    menus["Edit"].close()


def test_another_workspace_is_opened_without_holding_up_the_window(desk: Desk, qtbot) -> None:
    desk.seeded()
    window = desk.start()
    other = sqlite3.connect(desk.file, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    # Accepted, and to be written before the workspace is let go.
    waits = window.desk.workspace.submit(FireEvent(new_guid(), "NTO-1002", "no-such-key", PAYLOAD, Origin.WINDOW))
    waited: list[int] = []

    def look() -> None:
        """Called by the window's loop: who waits in its thread never comes here."""
        waited.append(window.work.waited_for)
        if waited[-1]:
            other.rollback()
        else:
            QTimer.singleShot(10, look)

    QTimer.singleShot(10, look)
    window.open_at(str(desk.file.with_name("another.switchback")))
    assert waited[-1] == 1
    assert waits.exception() is None
    other.close()
    desk.settle()


def test_where_its_port_is_taken_a_click_on_the_api_offers_what_to_do(desk: Desk, qtbot) -> None:
    window = desk.start()

    def offers() -> dict[str, QAction]:
        """What the menu at the API says; it is opened by a click."""
        window.status.api.click()
        (menu,) = (each for each in window.findChildren(QMenu, options=Qt.FindChildOption.FindDirectChildrenOnly))
        found = {action.text(): action for action in menu.actions()}
        menu.close()
        return found

    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = desk.preferences.api_port = other.getsockname()[1]
        window.do("start_stop_api")
        qtbot.waitUntil(lambda: window.server.state is ServerState.ON, timeout=30_000)
    assert window.server.taken_port == port
    found = offers()
    assert "Choose another port…" in found
    found[f"Start the API again on port {port}"].trigger()
    qtbot.waitUntil(lambda: window.server.address == f"http://127.0.0.1:{port}", timeout=30_000)
    assert window.server.taken_port == 0
    assert f"Start the API again on port {port}" not in offers()
    window.do("start_stop_api")
    qtbot.waitUntil(lambda: window.server.state is ServerState.OFF, timeout=30_000)


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
    qtbot.waitUntil(lambda: window.server.state is ServerState.OFF)
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


def test_the_workspace_gets_a_name_and_a_time_zone(desk: Desk, qtbot) -> None:
    from app.services.settings import read_settings
    from app.ui.dialogs.workspace_settings import WorkspaceSettingsDialog

    window = desk.start()
    window.do("workspace_settings")
    dialog = window.findChild(WorkspaceSettingsDialog)
    qtbot.waitUntil(dialog.save_button.isEnabled)
    dialog.name.setText("")
    dialog.zone.setCurrentText("Mars/Olympus")
    dialog.save_button.click()
    qtbot.waitUntil(lambda: "Mars/Olympus" in dialog.zone_field.message.text())
    assert "no name" in dialog.name_field.message.text()
    assert dialog.focusWidget() is dialog.name
    qtbot.keyClicks(dialog.name, "Northern Trails & Co")
    assert not dialog.name_field.message.text()
    dialog.zone.setCurrentText("Europe/Oslo")
    assert "Mars" not in dialog.zone_field.message.text()
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
    qtbot.waitUntil(lambda: window.status.workspace.text() == "Workspace: Northern Trails && Co")
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
    qtbot.waitUntil(lambda: len(window.tabs.keys) == 2)
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
    qtbot.waitUntil(lambda: bool(reports))
    assert "ZeroDivisionError: by nothing" in reports[0]
    window.do("sent")
    assert window.tabs.current_key() == "sent"


def test_dialogs_of_the_window_open_and_close(desk: Desk, qtbot) -> None:
    from app.ui.dialogs.credentials import CredentialsDialog

    window = desk.start()
    window.do("credentials")
    dialog = window.findChild(CredentialsDialog)
    qtbot.waitUntil(lambda: dialog.secret.text() not in {"", "…"})
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
    qtbot.waitUntil(lambda: isinstance(window.tabs.current(), JourneyPage))
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


def test_find_looks_into_the_filters_of_every_path(desk: Desk, qtbot) -> None:
    window = desk.start()
    workspace = window.desk.workspace
    content = resource("examples", "abandoned-cart.journey").read_bytes()
    card = import_journey(workspace, preview_import(workspace, content, "abandoned-cart.journey"))
    window.desk.open_journey(card.id)
    qtbot.waitUntil(lambda: isinstance(window.tabs.current(), JourneyPage))
    desk.settle()
    page = window.tabs.current()
    page.find_bar.begin()
    page.find_bar.field.setText("loyalty equals platinum")
    selected = page.document.selection
    assert [page.canvas.scene.tile(key).title for key in selected] == ["Loyal customer?"]


def test_a_presentation_hides_menus_tabs_and_status_until_esc(desk: Desk, qtbot) -> None:
    window = desk.start()
    window.desk.open_journey(create_journey(window.desk.workspace, "Abandoned cart").id)
    qtbot.waitUntil(lambda: isinstance(window.tabs.current(), JourneyPage))
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
