"""What every dialog does: the window behind it is dimmed, and Tab goes in reading order."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMainWindow,
    QPushButton,
    QStackedWidget,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.kernel.errors import InvalidInput, Problem
from app.ui.dialogs.ask import Ask
from app.ui.dialogs.frame import Dialog
from app.ui.errors import in_words
from app.ui.widgets import FormField, IconButton, Segmented
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


class _Changed(Dialog):
    """A dialog with something to lose; `taken` counts how often Done was pressed."""

    def __init__(self, qtbot: QtBot) -> None:
        super().__init__("Changed", None, name="manners", size=QSize(400, 300))
        qtbot.addWidget(self)
        self.taken = 0
        self.line = QLineEdit(self)
        self.body.addWidget(self.line)
        with qtbot.waitExposed(self):
            self.show()
        self.line.setFocus()

    def has_changes(self) -> bool:
        return True

    def accept(self) -> None:
        self.taken += 1


def _enter(qtbot: QtBot, dialog: QDialog) -> None:
    focused = dialog.focusWidget()
    assert focused is not None
    qtbot.keyClick(focused, Qt.Key.Key_Return)


def test_enter_in_a_line_takes_and_enter_on_a_button_presses_that_button_alone(qtbot: QtBot) -> None:
    dialog = _Changed(qtbot)
    _enter(qtbot, dialog)
    assert dialog.taken == 1
    dialog.cancel_button.setFocus()
    _enter(qtbot, dialog)
    assert (dialog.taken, dialog.foot.asking) == (1, True)


def test_keep_editing_answers_to_enter_and_gives_the_keyboard_back(qtbot: QtBot) -> None:
    dialog = _Changed(qtbot)
    qtbot.keyClick(dialog.line, Qt.Key.Key_Escape)
    assert dialog.focusWidget() is dialog.foot.keep
    _enter(qtbot, dialog)
    assert not dialog.foot.asking
    assert dialog.focusWidget() is dialog.line
    assert (dialog.taken, dialog.isVisible()) == (0, True)


def test_enter_in_a_field_while_the_footer_asks_goes_on_there(qtbot: QtBot) -> None:
    dialog = _Changed(qtbot)
    other = QLineEdit(dialog)
    dialog.body.addWidget(other)
    other.show()
    qtbot.keyClick(dialog.line, Qt.Key.Key_Escape)
    other.setFocus()
    _enter(qtbot, dialog)
    assert (dialog.taken, dialog.isVisible(), dialog.foot.asking) == (0, True, False)
    assert dialog.focusWidget() is other
    _enter(qtbot, dialog)
    assert dialog.taken == 1


def test_discard_answers_to_enter(qtbot: QtBot) -> None:
    dialog = _Changed(qtbot)
    qtbot.keyClick(dialog.line, Qt.Key.Key_Escape)
    dialog.foot.discard.setFocus()
    with qtbot.waitSignal(dialog.rejected):
        _enter(qtbot, dialog)
    assert (dialog.taken, dialog.isVisible()) == (0, False)


def test_the_frames_button_pressed_twice_still_asks(qtbot: QtBot) -> None:
    dialog = _Changed(qtbot)
    for _ in range(2):
        assert not dialog.close()
        assert (dialog.isVisible(), dialog.foot.asking) == (True, True)
    dialog.foot.keep.click()
    assert dialog.focusWidget() is dialog.line
    assert not dialog.close()
    with qtbot.waitSignal(dialog.rejected):
        dialog.foot.discard.click()
    assert not dialog.isVisible()


def test_enter_answers_a_question(qtbot: QtBot) -> None:
    question = Ask(None, "Delete it?", "It is gone then.", "Delete")
    qtbot.addWidget(question)
    with qtbot.waitExposed(question):
        question.show()
    _enter(qtbot, question)
    assert question.result() == QDialog.DialogCode.Accepted


def test_enter_chooses_a_segment_and_presses_an_icon(qtbot: QtBot) -> None:
    dialog = _Changed(qtbot)
    pressed: list[str] = []
    segments = Segmented((("form", "Form"), ("json", "JSON")), parent=dialog)
    segments.chosen.connect(pressed.append)
    icon = IconButton("trash", "Remove", dialog, on_click=lambda: pressed.append("removed"))
    dialog.body.addWidget(segments)
    dialog.body.addWidget(icon)
    qtbot.waitUntil(icon.isVisible)
    json_button = next(b for b in segments.findChildren(QPushButton) if b.text() == "JSON")
    json_button.setFocus()
    _enter(qtbot, dialog)
    icon.setFocus()
    _enter(qtbot, dialog)
    assert pressed == ["json", "removed"]
    assert dialog.taken == 0


def test_a_size_that_its_content_forces_is_not_remembered_as_chosen(qtbot: QtBot) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    window.show()

    def made() -> Dialog:
        return Dialog("A dialog", window, name="forced", size=QSize(400, 300))

    for least, chosen, kept in ((700, None, 400), (300, 640, 640)):
        dialog = made()
        wide = QWidget()
        wide.setMinimumWidth(least)
        dialog.body.addWidget(wide)
        dialog.show()
        qtbot.waitExposed(dialog)
        if chosen is not None:
            dialog.resize(chosen, 300)
        dialog.close_unasked()
        assert made().width() == kept


def test_a_long_error_is_read_whole_and_the_height_it_took_is_not_remembered(qtbot: QtBot) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    window.show()
    for _ in range(2):
        dialog = Dialog("A dialog", window, name="growing", size=QSize(620, 200))
        field = FormField("Key", QLineEdit())
        dialog.body.addWidget(field)
        dialog.show()
        qtbot.waitExposed(dialog)
        assert dialog.height() == 200
        field.set_error("A period is not allowed in the key, and neither is a space. " * 8)
        qtbot.waitUntil(lambda dialog=dialog: dialog.height() > 200)
        words = field.message
        qtbot.waitUntil(lambda words=words: words.height() >= words.heightForWidth(words.width()))
        dialog.close_unasked()


def test_a_long_text_that_must_be_read_is_read_whole(qtbot: QtBot) -> None:
    told = Ask(None, "That did not work", "A period is not allowed in the key of an event. " * 20, "OK", cancel="")
    qtbot.addWidget(told)
    told.show()
    words = max(told.findChildren(QLabel), key=lambda each: len(each.text()))
    qtbot.waitUntil(lambda: words.height() >= words.heightForWidth(words.width()))


def test_a_problem_is_not_said_twice() -> None:
    first, second = (
        Problem("a", "The key is wrong.", hint="Take another."),
        Problem("b", "The name is, too.", hint="Take another."),
    )
    error = InvalidInput("The file cannot be read: The key is wrong. (and 1 more)", (first, second), hint=first.hint)
    assert in_words(error) == (
        "The file cannot be read: The key is wrong. (and 1 more) The name is, too. Take another."
    )
