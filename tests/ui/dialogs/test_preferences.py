"""The preferences of the person."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.ui.dialogs.preferences import PreferencesDialog
from app.ui.theme import theme
from tests.ui.desk import Desk


def test_preferences_apply_at_once_and_are_kept(desk: Desk, qtbot: QtBot) -> None:
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


def test_a_port_that_cannot_be_stays_as_typed_and_is_said(desk: Desk, qtbot: QtBot) -> None:
    window = desk.start()
    before = desk.preferences.api_port
    window.do("preferences")
    dialog = window.findChild(PreferencesDialog)
    for wrong in ("80", "70000", "0", "-1"):
        dialog.port.setFocus()
        dialog.port.selectAll()
        qtbot.keyClicks(dialog.port, wrong)
        dialog.accept()
        assert dialog.isVisible()
        assert (dialog.port.text(), dialog.port.property("bad")) == (wrong, True)
        assert dialog.port_field.message.text() == "Write a whole number from 1024 to 65535."
        assert 1024 <= desk.preferences.api_port <= 65535
    dialog.port.selectAll()
    qtbot.keyClicks(dialog.port, str(before))
    assert dialog.port.property("bad") is False
    dialog.accept()
    assert not dialog.isVisible()
    assert desk.preferences.api_port == before
