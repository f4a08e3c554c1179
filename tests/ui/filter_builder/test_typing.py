"""What is said of a condition while its value is being typed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt

from app.filters.tree import EMPTY, Condition, Group
from tests.ui.filter_builder.conftest import Hand

Make = Callable[..., Hand]


def test_a_value_that_is_about_to_be_typed_is_not_called_missing(make_hand: Make) -> None:
    hand = make_hand(EMPTY)
    hand.builder.focus_start()
    hand.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    hand.pick("cart")
    hand.qtbot.waitUntil(lambda: bool(hand.builder.canvas._found))
    hand.builder.window().activateWindow()  # offscreen it stays asleep after the list closed
    hand.qtbot.waitUntil(lambda: hand.row(0).focused_part() == "value")
    assert not hand.row(0).accessibleDescription()
    hand.press(Qt.Key.Key_Backtab)
    assert "no number" in hand.row(0).accessibleDescription()
    hand.qtbot.waitUntil(lambda: not hand.builder.canvas.verticalScrollBar().maximum())
    hand.qtbot.waitUntil(lambda: hand.builder.aside.words.text().startswith("Counted as soon as"))
    hand.press(Qt.Key.Key_Tab)
    assert not hand.row(0).accessibleDescription()


def test_a_text_that_is_about_to_be_typed_contradicts_nothing_yet(make_hand: Make) -> None:
    hand = make_hand(EMPTY)
    hand.builder.focus_start()
    for value in ("NO", ""):
        hand.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        hand.pick("country")
        hand.builder.window().activateWindow()
        hand.qtbot.waitUntil(lambda value=value: hand.row(0 if value else 1).focused_part() == "value")
        hand.type(value)
    hand.qtbot.waitUntil(lambda: bool(hand.builder.canvas._found))
    assert not hand.row(1).accessibleDescription()
    hand.press(Qt.Key.Key_Backtab)
    assert 'equals NO and equals "": no value can meet both' in hand.row(1).accessibleDescription()


def test_a_narrow_builder_scrolls_sideways_only(make_hand: Make, over_50: Condition) -> None:
    hand = make_hand(Group(children=(over_50,)))
    canvas = hand.builder.canvas
    hand.builder.window().resize(640, 700)
    hand.qtbot.waitUntil(lambda: canvas.horizontalScrollBar().maximum() > 0)
    hand.qtbot.waitUntil(lambda: canvas.verticalScrollBar().maximum() == 0)
