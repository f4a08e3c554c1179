"""What every dialog does: the window behind it is dimmed, and Tab goes in reading order."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMainWindow, QStackedWidget, QWidget
from pytestqt.qtbot import QtBot

from app.ui.dialogs.frame import Dialog
from app.ui.widgets import FormField
from app.ui.widgets.scrim import Scrim


def _dialog(qtbot: QtBot, parent: QWidget | None = None) -> Dialog:
    dialog = Dialog("A dialog", parent, name="manners", size=QSize(400, 300))
    if parent is None:
        qtbot.addWidget(dialog)
    return dialog


def test_the_window_is_dimmed_while_a_dialog_is_open_and_follows_its_size(qtbot: QtBot) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    scrim = Scrim(window)
    window.resize(600, 400)
    window.show()
    assert not scrim.isVisible()
    dialog = _dialog(qtbot, window)
    dialog.open()
    qtbot.waitUntil(scrim.isVisible)
    assert scrim.geometry() == window.rect()
    window.resize(700, 500)
    qtbot.waitUntil(lambda: scrim.geometry() == window.rect())
    dialog.close_unasked()
    qtbot.waitUntil(lambda: not scrim.isVisible())


def test_tab_goes_in_reading_order_whatever_was_made_first(qtbot: QtBot) -> None:
    dialog = _dialog(qtbot)
    page = QWidget()
    third, second, first = QLineEdit(page), QLineEdit(page), QLineEdit(page)
    row = QHBoxLayout(page)
    row.addWidget(FormField("First", first))
    row.addWidget(second)
    row.addWidget(FormField("Third", third))
    pages = QStackedWidget()
    pages.addWidget(page)
    elsewhere = QLineEdit()
    pages.addWidget(elsewhere)
    dialog.body.addWidget(pages)
    with qtbot.waitExposed(dialog):
        dialog.show()
    dialog.activateWindow()
    first.setFocus()
    seen: list[QWidget | None] = []
    for _ in range(4):
        seen.append(dialog.focusWidget())
        focused = dialog.focusWidget()
        assert focused is not None
        qtbot.keyClick(focused, Qt.Key.Key_Tab)
    assert seen == [first, second, third, dialog.cancel_button]


def test_tab_finds_what_a_widget_places_itself(qtbot: QtBot) -> None:
    dialog = _dialog(qtbot)
    sheet = QWidget()
    lower, upper = QLineEdit(sheet), QLineEdit(sheet)
    lower.move(0, 60)
    upper.move(0, 10)
    dialog.body.addWidget(sheet)
    with qtbot.waitExposed(dialog):
        dialog.show()
    upper.setFocus()
    qtbot.keyClick(upper, Qt.Key.Key_Tab)
    assert dialog.focusWidget() is lower
    qtbot.keyClick(lower, Qt.Key.Key_Tab)
    assert dialog.focusWidget() is dialog.cancel_button
