"""From an empty canvas to an activated journey without touching the mouse: every step is a key where the focus is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.journey.journey import ENTRY, EntryMode, Status
from app.ui.dialogs.activity import ActivityDialog
from app.ui.dialogs.api_event import ApiEventDialog
from app.ui.dialogs.api_event.dialog import DATA_EXTENSION, ENTRY_MODE, EVENT, FILTER, SUMMARY
from app.ui.dialogs.new_journey import NewJourneyDialog
from app.ui.filter_builder.picker import Picker
from app.ui.journey_page import JourneyPage
from tests.stories.person import Person

Key = Qt.Key
NONE, CTRL, SHIFT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)


def spoken(widget: QWidget) -> str:
    """The name of a widget as a screen reader gets it."""
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name) if interface is not None else ""


class Typist:
    """A person who has only the keyboard: each key goes where the focus is, and the focus must be seen somewhere."""

    def __init__(self, person: Person) -> None:
        self.person = person

    def focus(self) -> QWidget:
        popup = QApplication.activePopupWidget()
        found = (popup.focusWidget() or popup) if popup is not None else QApplication.focusWidget()
        assert found is not None, "the keyboard is nowhere"
        return found

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = NONE) -> None:
        QTest.keyClick(self.focus(), key, held)
        QApplication.processEvents()

    def type(self, text: str) -> None:
        QTest.keyClicks(self.focus(), text)

    def dialog(self, kind: type[QWidget]) -> QWidget:
        """The dialog that came up; the window manager gives it the keyboard."""
        found = self.person.see(kind)
        found.activateWindow()
        self.person.until(found.isActiveWindow)
        self.person.settled()
        self.until(lambda: found.isAncestorOf(QApplication.focusWidget() or self.person.window))
        return found

    def tab_to(self, wanted: Callable[[QWidget], bool], key: Qt.Key = Key.Key_Tab) -> QWidget:
        """Tab until the focus is on what is wanted."""
        seen = []
        for _ in range(60):
            name = spoken(self.focus())
            assert name, f"a screen reader has no name for {self.focus()}, after {seen}"
            seen.append(name)
            if wanted(self.focus()):
                return self.focus()
            self.press(key)
        raise AssertionError(f"Tab leads only to {seen}")

    def button(self, text: str) -> None:
        """Tab to a button and press it."""
        self.tab_to(lambda w: isinstance(w, QPushButton) and text in w.text())
        self.press(Key.Key_Space)

    def back(self) -> None:
        """A dialog closed: the window manager gives the window the keyboard, and it is on the canvas."""
        window = self.person.window
        self.until(lambda: not any(w.isVisible() and w.isModal() for w in QApplication.topLevelWidgets()))
        window.activateWindow()
        self.until(window.isActiveWindow)
        self.until(self.page.canvas.hasFocus)

    def until(self, asked: Callable[[], bool]) -> None:
        self.person.until(asked)

    @property
    def page(self) -> JourneyPage:
        page = self.person.window.tabs.current()
        assert isinstance(page, JourneyPage)
        return page


@pytest.fixture
def typist(qtbot: QtBot, tmp_path: Path) -> Iterator[Typist]:
    person = Person(qtbot, tmp_path)
    person.window.activateWindow()
    person.until(person.window.isActiveWindow)
    yield Typist(person)
    person.leave()


@pytest.mark.timeout(240)
def test_from_an_empty_canvas_to_an_activated_journey(typist: Typist) -> None:
    make_the_journey(typist)
    draw_it(typist)
    set_up_the_event(typist)
    write_the_email(typist)
    try_and_activate(typist)


def make_the_journey(typist: Typist) -> None:
    typist.press(Key.Key_N, CTRL)
    typist.dialog(NewJourneyDialog)
    typist.type("Abandoned cart")
    typist.press(Key.Key_Return)
    typist.until(lambda: len(typist.person.window.tabs.keys) == 2)
    typist.person.settled()
    typist.back()


def draw_it(typist: Typist) -> None:
    """Tab opens the quick search at the selection; each tile lands behind the one before."""
    for words in ("api", "email", "wait"):
        typist.press(Key.Key_Tab)
        typist.type(words)
        typist.press(Key.Key_Return)
    journey = typist.page.document.journey
    assert journey.entry is not None
    assert [each.type for each in journey.activities.values()] == ["send_email", "wait"]
    typist.press(Key.Key_Home)
    assert typist.page.document.selection == (ENTRY,)


def set_up_the_event(typist: Typist) -> None:
    """The five steps of the API Event."""
    typist.press(Key.Key_Return)
    dialog = typist.dialog(ApiEventDialog)
    assert isinstance(dialog, ApiEventDialog)
    typist.until(dialog.primary.isEnabled)
    assert dialog.index == EVENT
    typist.type("Cart abandoned")
    typist.press(Key.Key_Return)
    assert dialog.index == DATA_EXTENSION, dialog.steps[EVENT].problem()
    add_a_field(typist)
    typist.press(Key.Key_Return)
    assert dialog.index == FILTER, dialog.steps[DATA_EXTENSION].problem()
    filter_contacts(typist)
    typist.button("Next")
    assert dialog.index == ENTRY_MODE
    typist.press(Key.Key_Down)
    typist.press(Key.Key_Space)
    typist.button("Next")
    assert dialog.index == SUMMARY, dialog.steps[ENTRY_MODE].problem()
    typist.press(Key.Key_Return)
    typist.until(lambda: typist.page.document.context.event is not None)
    assert typist.page.document.journey.entry_mode is not EntryMode.NOT_SET
    assert "Cart total is greater than 50" in dict(typist.page.canvas.scene.tile(ENTRY).rows)["Filter"]
    typist.back()


def add_a_field(typist: Typist) -> None:
    typist.button("Add a field")
    typist.type("Cart total")
    typist.tab_to(lambda w: isinstance(w, QComboBox))
    typist.type("Dec")
    typist.press(Key.Key_Tab)
    typist.press(Key.Key_A, CTRL)
    typist.type("10")
    typist.press(Key.Key_Tab)
    typist.press(Key.Key_A, CTRL)
    typist.type("2")


def filter_contacts(typist: Typist) -> None:
    typist.press(Key.Key_Return, CTRL)
    pick(typist, "cart")
    typist.press(Key.Key_Backtab)
    typist.press(Key.Key_Space)
    pick(typist, "greater")
    typist.type("50")


def pick(typist: Typist, words: str) -> None:
    typist.person.see(Picker)
    typist.type(words)
    typist.press(Key.Key_Return)


def write_the_email(typist: Typist) -> None:
    """Right goes along the connector; Enter opens what the tile asks."""
    typist.press(Key.Key_Right)
    typist.press(Key.Key_Return)
    typist.dialog(ActivityDialog)
    typist.tab_to(lambda w: "subject" in spoken(w).lower())
    typist.type("Your cart")
    typist.tab_to(lambda w: isinstance(w, QPlainTextEdit))
    typist.type("It waits for you.")
    typist.press(Key.Key_Return, CTRL)
    typist.back()


def try_and_activate(typist: Typist) -> None:
    """Validate lists what is left; activating lets contacts enter. Every word of it is in sight."""
    page = typist.page
    typist.press(Key.Key_F8)
    typist.until(lambda: page.side.current == "problems")
    typist.person.settled()
    assert not [p for p in page.document.problems if p.severity.value == "error"], page.document.problems
    typist.press(Key.Key_A, CTRL | SHIFT)
    typist.until(lambda: page.document.status is Status.RUNNING)
    assert any("running" in label.text() for label in page.window().findChildren(QLabel) if label.isVisible())
