"""The choices of a pause, by mouse and by keyboard, up to the paused journey."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from app.services.pause_journey import AT_THE_END, EXTEND_WAITS, KEEP_ARRIVALS, PAUSED_DAYS
from app.ui.dialogs.pause import PauseDialog
from app.ui.widgets import Button

KEY = Qt.Key
Taken = list[tuple[Mapping[str, Any], bool]]


def _open(qtbot: QtBot, window: QMainWindow, taken: Taken, *, finishing: bool = False) -> PauseDialog:
    dialog = PauseDialog(
        "Cart", 2, lambda choices, everywhere: taken.append((choices, everywhere)), window, finishing=finishing
    )
    dialog.open()
    qtbot.waitExposed(dialog)
    return dialog


def test_enter_pauses_until_it_is_resumed_and_turns_arrivals_away(qtbot: QtBot, window: QMainWindow) -> None:
    taken: Taken = []
    dialog = _open(qtbot, window, taken)
    assert not dialog.versions.isVisible()
    assert not dialog.then.isEnabled()
    qtbot.keyClick(dialog.days, KEY.Key_Return)
    assert taken == [({EXTEND_WAITS: False, KEEP_ARRIVALS: False}, False)]


def test_everything_can_be_chosen(qtbot: QtBot, window: QMainWindow) -> None:
    taken: Taken = []
    dialog = _open(qtbot, window, taken, finishing=True)
    for text in ("All running versions", "Keep in a queue"):
        _press(qtbot, dialog, text)
    qtbot.keyClick(dialog.days, KEY.Key_Up)
    assert dialog.then.isEnabled()
    _press(qtbot, dialog, "It stops for good")
    dialog.extend.setFocus()
    qtbot.keyClick(dialog.extend, KEY.Key_Space)
    dialog.primary.click()
    choices = {EXTEND_WAITS: True, KEEP_ARRIVALS: True, PAUSED_DAYS: 1, AT_THE_END: "Stop"}
    assert taken == [(choices, True)]


def test_escape_pauses_nothing(qtbot: QtBot, window: QMainWindow) -> None:
    taken: Taken = []
    dialog = _open(qtbot, window, taken)
    with qtbot.waitSignal(dialog.rejected):
        qtbot.keyClick(dialog, KEY.Key_Escape)
    assert taken == []


def _press(qtbot: QtBot, dialog: PauseDialog, text: str) -> None:
    found = next(each for each in dialog.findChildren(Button) if each.text() == text)
    qtbot.mouseClick(found, Qt.MouseButton.LeftButton)
