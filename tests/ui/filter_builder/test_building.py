"""A filter built from nothing, by keys alone and by mouse."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from app.filters.catalog import Catalog
from app.filters.operators import OPERATORS
from app.filters.tree import EMPTY, Condition, Group, Join, Literal, Literals, OtherAttribute, RelativeDate, Span, Unit
from app.ui.filter_builder.editors.chips import ChipsEditor, ValuesPopover
from app.ui.filter_builder.editors.date import DateEditor
from app.ui.filter_builder.editors.single import SingleEditor
from tests.support.cart_rows import Carts
from tests.ui.filter_builder.conftest import Hand

Make = Callable[..., Hand]
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
KEY = Qt.Key


def test_two_conditions_by_keys_alone(make_hand: Make, carts: Carts) -> None:
    hand = make_hand(EMPTY)
    hand.builder.focus_start()
    hand.press(KEY.Key_Return, CTRL)
    hand.pick("cart")
    hand.type("50")  # the first operator of a number is *equals*, and the value has the focus
    assert hand.group.children[0] == Condition(carts.attribute("Cart total"), "equal", Literal("50"))
    hand.press(KEY.Key_Backtab)
    hand.press(KEY.Key_Space)
    hand.pick("greater")
    assert hand.group.children[0].operator == "greater_than"
    hand.press(KEY.Key_Return)
    hand.pick("country")
    hand.type("NO")
    assert hand.builder.filter() == Group(
        children=(
            Condition(carts.attribute("Cart total"), "greater_than", Literal("50")),
            Condition(carts.attribute("Country"), "equal", Literal("NO")),
        )
    )


def test_a_new_condition_is_not_handed_out_before_it_names_a_field(make_hand: Make, norway: Condition) -> None:
    hand = make_hand(Group(children=(norway,)))
    hand.qtbot.mouseClick(hand.header().condition_button, Qt.MouseButton.LeftButton)
    hand.picker().close()
    assert len(hand.group.children) == 2
    assert hand.builder.filter() == Group(children=(norway,))


def test_the_operators_are_those_of_the_kind(make_hand: Make, over_50: Condition) -> None:
    hand = make_hand(Group(children=(over_50,)))
    hand.qtbot.mouseClick(hand.row(0).operator_chip, Qt.MouseButton.LeftButton)
    offered = hand.picker().titles()
    hand.picker().close()
    assert offered == [operator.label for operator in OPERATORS if operator.fits("decimal")]


def test_the_field_picker_shows_kind_source_and_a_value(make_hand: Make, norway: Condition) -> None:
    hand = make_hand(Group(children=(norway,)))
    hand.qtbot.mouseClick(hand.row(0).field_chip, Qt.MouseButton.LeftButton)
    titles = hand.picker().titles()
    hand.picker().close()
    assert titles[0] == "Event data · Abandoned carts"
    assert any(title.startswith("Cart total Decimal · e.g. ") for title in titles)
    assert "Contact data · Loyalty" in titles


def test_the_events_own_fields_are_offered_once(make_hand: Make, carts: Carts, norway: Condition) -> None:
    hand = make_hand(Group(children=(norway,)))
    hand.builder.surroundings.catalog = Catalog(carts.home, (carts.home, carts.loyalty))
    hand.row(0).open_fields()
    titles = hand.picker().titles()
    hand.picker().close()
    assert sum(title.startswith("Country ") for title in titles) == 1


def test_another_field_keeps_what_still_makes_sense(make_hand: Make, carts: Carts, norway: Condition) -> None:
    hand = make_hand(Group(children=(norway,)))
    hand.focus((0,))
    hand.press(KEY.Key_Space)
    hand.pick("tier")
    assert hand.group.children[0] == Condition(carts.attribute("Tier"), "equal", Literal("NO"))
    hand.focus((0,))
    hand.press(KEY.Key_Space)
    hand.pick("abandoned at")
    changed = hand.group.children[0]
    assert isinstance(changed, Condition)
    assert OPERATORS[changed.operator].fits("date")
    assert changed.operand == RelativeDate(0)


def test_typing_is_one_step_and_undo_takes_it_back(make_hand: Make, over_50: Condition) -> None:
    hand = make_hand(Group(children=(over_50,)))
    hand.focus((0,), "value")
    hand.type("123")
    assert hand.group.children[0].operand == Literal("123")
    hand.press(KEY.Key_Z, CTRL)
    assert hand.group == Group(children=(over_50,))
    assert not hand.builder.undo_button.isEnabled()
    hand.press(KEY.Key_Y, CTRL)
    assert hand.group.children[0].operand == Literal("123")


def test_arrows_go_from_row_to_row_and_keep_the_column(make_hand: Make, over_50: Condition, norway: Condition) -> None:
    hand = make_hand(Group(children=(over_50, Group(Join.ANY, (norway,)))))
    hand.focus((0,), "value")
    hand.press(KEY.Key_Down)
    assert hand.builder.model.current == (1,)
    hand.press(KEY.Key_Down)
    assert hand.builder.model.current == (1, 0)
    assert isinstance(QApplication.focusWidget(), QLineEdit)


def test_alt_arrows_move_through_groups(make_hand: Make, over_50: Condition, norway: Condition) -> None:
    hand = make_hand(Group(children=(over_50, Group(Join.ANY, (norway,)))))
    hand.focus((0,), "value")
    hand.press(KEY.Key_Down, ALT)
    assert hand.group == Group(children=(Group(Join.ANY, (over_50, norway)),))
    assert hand.builder.model.current == (0, 0)
    hand.press(KEY.Key_Down, ALT)
    assert hand.group == Group(children=(Group(Join.ANY, (norway, over_50)),))
    hand.press(KEY.Key_Left, ALT)
    assert hand.group == Group(children=(Group(Join.ANY, (norway,)), over_50))
    hand.press(KEY.Key_Right, ALT)
    assert hand.group == Group(children=(Group(Join.ANY, (norway, over_50)),))
    hand.press(KEY.Key_Up, ALT)
    hand.press(KEY.Key_Up, ALT)
    assert hand.group == Group(children=(over_50, Group(Join.ANY, (norway,))))


def test_group_and_ungroup(make_hand: Make, over_50: Condition, norway: Condition) -> None:
    hand = make_hand(Group(children=(over_50, norway)))
    hand.focus((0,))
    hand.press(KEY.Key_Down, SHIFT)
    hand.press(KEY.Key_G, CTRL)
    assert hand.group == Group(children=(Group(children=(over_50, norway)),))
    hand.press(KEY.Key_G, CTRL | SHIFT)
    assert hand.group == Group(children=(over_50, norway))


def test_duplicate_negate_disable_remove(make_hand: Make, carts: Carts, norway: Condition) -> None:
    hand = make_hand(Group(children=(norway,)))
    hand.focus((0,), "value")
    hand.press(KEY.Key_D, CTRL)
    assert hand.group.children == (norway, norway)
    hand.press(KEY.Key_I, CTRL)
    assert hand.group.children[1].operator == "not_equal"
    hand.press(KEY.Key_E, CTRL)
    assert [child.disabled for child in hand.group.children] == [False, True]
    hand.press(KEY.Key_Delete, CTRL)
    assert hand.group.children == (norway,)
    assert hand.builder.model.current == (0,)


def test_negating_twice_gives_the_condition_back(make_hand: Make, over_50: Condition) -> None:
    between = Condition(over_50.attribute, "is_one_of", Literals(("5", "10")))
    hand = make_hand(Group(children=(between,)))
    hand.focus((0,))
    hand.press(KEY.Key_I, CTRL)
    assert hand.group.children == (Group(Join.ANY, (between,), negated=True),)
    hand.press(KEY.Key_I, CTRL)
    assert hand.group.children == (between,)


def test_joins_are_chosen_by_mouse(make_hand: Make, over_50: Condition, norway: Condition) -> None:
    hand = make_hand(Group(children=(over_50, norway)))
    hand.header().segments.chosen.emit("none")
    assert hand.group == Group(Join.ANY, (over_50, norway), negated=True)
    assert "not" in hand.builder.sentence.toPlainText().lower() or hand.builder.sentence.toPlainText()


def test_a_condition_is_dragged_into_a_group(make_hand: Make, over_50: Condition, norway: Condition) -> None:
    hand = make_hand(Group(children=(over_50, Group(Join.ANY, (norway,)))))
    row, target = hand.row(0), hand.row(1, 0)
    sheet = row.parentWidget()
    assert sheet is not None
    start = QPoint(16, row.height() // 2)
    to = row.mapFrom(sheet, target.mapTo(sheet, QPoint(16, target.height() - 6)))
    QTest.mousePress(row, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(row, start + QPoint(4, 14))
    QTest.mouseMove(row, to)
    QTest.mouseRelease(row, Qt.MouseButton.LeftButton, pos=to)
    assert hand.group == Group(children=(Group(Join.ANY, (norway, over_50)),))


def test_esc_takes_a_drag_back(make_hand: Make, over_50: Condition, norway: Condition) -> None:
    hand = make_hand(Group(children=(over_50, norway)))
    row = hand.row(0)
    QTest.mousePress(row, Qt.MouseButton.LeftButton, pos=QPoint(16, 20))
    QTest.mouseMove(row, QPoint(16, 120))
    hand.press(KEY.Key_Escape)
    QTest.mouseRelease(row, Qt.MouseButton.LeftButton, pos=QPoint(16, 120))
    assert hand.group == Group(children=(over_50, norway))


def test_cut_and_paste_within_and_as_text(make_hand: Make, over_50: Condition, norway: Condition) -> None:
    hand = make_hand(Group(children=(over_50, norway)))
    hand.focus((0,))
    hand.press(KEY.Key_X, CTRL)
    assert hand.group.children == (norway,)
    assert QGuiApplication.clipboard().text() == "[Cart total] > 50"
    hand.press(KEY.Key_V, CTRL)
    assert hand.group.children == (norway, over_50)
    QGuiApplication.clipboard().setText('Country = "SE"')
    hand.press(KEY.Key_V, CTRL)
    assert hand.group.children[2] == Condition(norway.attribute, "equal", Literal("SE"))


def test_a_value_is_pasted_into_its_field_and_a_condition_beside_it(make_hand: Make, norway: Condition) -> None:
    hand = make_hand(Group(children=(norway,)))
    hand.focus((0,), "value")
    QGuiApplication.clipboard().setText("SE")
    hand.press(KEY.Key_V, CTRL)
    assert hand.group.children == (Condition(norway.attribute, "equal", Literal("SE")),)
    hand.press(KEY.Key_End)
    hand.press(KEY.Key_C, CTRL)
    hand.press(KEY.Key_V, CTRL)
    assert [child.operand for child in hand.group.children] == [Literal("SE"), Literal("SE")]


def test_several_conditions_keep_their_groups_on_the_clipboard(
    make_hand: Make, over_50: Condition, norway: Condition
) -> None:
    either = Group(Join.ANY, (over_50, norway), negated=True)
    hand = make_hand(Group(children=(either,)))
    hand.focus((0,))
    hand.press(KEY.Key_C, CTRL)
    hand.press(KEY.Key_V, CTRL)
    # Pasted after the current node, which is a group: into it, at its end.
    assert hand.group.children == (Group(Join.ANY, (over_50, norway, either), negated=True),)


def test_text_that_is_no_filter_is_refused_with_a_word(make_hand: Make, norway: Condition) -> None:
    hand = make_hand(Group(children=(norway,)))
    said: list[str] = []
    hand.builder.commands.refused.connect(said.append)
    QGuiApplication.clipboard().setText("hello there")
    hand.focus((0,))
    hand.press(KEY.Key_V, CTRL)
    assert hand.group.children == (norway,)
    assert len(said) == 1


def test_values_are_ticked_and_typed(make_hand: Make, carts: Carts) -> None:
    condition = Condition(carts.attribute("Country"), "is_one_of", Literals(()))
    hand = make_hand(Group(children=(condition,)))
    editor = hand.row(0).editor
    assert isinstance(editor, ChipsEditor)
    hand.qtbot.mouseClick(editor.add, Qt.MouseButton.LeftButton)
    popover = next(w for w in QApplication.topLevelWidgets() if isinstance(w, ValuesPopover) and w.isVisible())
    offered = {popover.list.item(row).text(): popover.list.item(row) for row in range(popover.list.count())}
    assert set(offered) == {"NO", "SE", "DK"}
    offered["SE"].setCheckState(Qt.CheckState.Checked)
    hand.qtbot.keyClicks(popover.line, "FI, IS")
    hand.qtbot.keyClick(popover.line, KEY.Key_Return)
    popover.close()
    operand = hand.group.children[0].operand
    assert isinstance(operand, Literals)
    assert set(operand.texts) == {"SE", "FI", "IS"}


def test_a_date_is_made_relative(make_hand: Make, carts: Carts) -> None:
    condition = Condition(carts.attribute("Abandoned at"), "on_or_after", Literal("2026-11-01"))
    hand = make_hand(Group(children=(condition,)))
    single = hand.row(0).editor
    assert isinstance(single, SingleEditor)
    assert isinstance(single.inner, DateEditor)
    popover = single.inner.open_dates()
    popover.relative.click()
    popover.amount.setFocus()
    popover.amount.selectAll()
    hand.qtbot.keyClicks(popover.amount, "+1,4")
    popover.close()
    assert hand.group.children[0].operand == RelativeDate(-14, Unit.DAYS)
    assert single.inner.chip.text() == "Today minus 14 days"


def test_a_span_takes_a_number_and_a_unit(make_hand: Make, carts: Carts) -> None:
    condition = Condition(carts.attribute("Abandoned at"), "in_the_last", Span(7))
    hand = make_hand(Group(children=(condition,)))
    hand.focus((0,), "value")
    hand.type("+3,0")
    hand.press(KEY.Key_Tab)
    hand.press(KEY.Key_Space)
    hand.pick("weeks")
    assert hand.group.children[0].operand == Span(30, Unit.WEEKS)


def test_a_field_is_compared_with_another(make_hand: Make, carts: Carts, norway: Condition) -> None:
    hand = make_hand(Group(children=(norway,)))
    editor = hand.row(0).editor
    assert isinstance(editor, SingleEditor)
    assert editor.swap is not None
    hand.qtbot.mouseClick(editor.swap, Qt.MouseButton.LeftButton)
    assert not any(title.startswith("Cart total") for title in hand.picker().titles())
    hand.pick("tier")
    assert hand.group.children[0].operand == OtherAttribute(carts.attribute("Tier"))


def test_a_read_only_filter_stays_as_it_is(make_hand: Make, norway: Condition) -> None:
    hand = make_hand(Group(children=(norway,)), read_only=True)
    assert not hand.row(0).field_chip.isEnabled()
    assert not hand.header().condition_button.isVisible()
    hand.builder.commands.run("remove")
    hand.builder.model.remove(((0,),))
    assert hand.group.children == (norway,)


@pytest.mark.parametrize("forward", [True, False])
def test_tab_goes_through_the_parts_of_all_rows(
    make_hand: Make, over_50: Condition, norway: Condition, forward: bool
) -> None:
    hand = make_hand(Group(children=(over_50, norway)))
    hand.focus((0,) if forward else (1,), "field" if forward else "value")
    seen = []
    for _ in range(12):
        row = hand.builder.canvas._focused_row()
        if row is None:
            break
        seen.append((row.path, row.focused_part() if hasattr(row, "focused_part") else "group"))
        hand.press(KEY.Key_Tab if forward else KEY.Key_Backtab)
    parts = [part for path, part in seen if path == (1 if forward else 0,)]
    assert "field" in parts
    assert "operator" in parts
    assert "value" in parts
