"""What follows the tree: the count, the bars, the diagnostics, one contact's answer, the text."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication, QLabel

from app.data_extensions.data_extension import DataExtension, Field
from app.filters.catalog import Catalog
from app.filters.compile import compile_filter
from app.filters.tree import EMPTY, Attribute, Condition, Group, Join, Literal, Literals, RelativeDate
from app.services import count_filter as counting
from app.services.save_data_extension import save_data_extension
from app.ui.filter_builder import FilterBuilder
from app.ui.filter_builder.empty_row import EmptyRow
from app.ui.filter_builder.passing import Passing, enters, goes, meets
from app.ui.filter_builder.why import find_record
from tests.support.cart_rows import ROWS, Carts
from tests.support.databases import NOW
from tests.ui.filter_builder.conftest import Hand

Make = Callable[..., Hand]


def test_the_count_follows_the_typing(make_hand: Make, over_50: Condition) -> None:
    hand = make_hand(Group(children=(over_50,)))
    aside = hand.builder.aside
    assert aside is not None
    hand.qtbot.waitUntil(lambda: aside.number.text() == "30")  # totals 55, 60, ... 200
    assert aside.words.text() == f"of {ROWS} rows would enter."
    hand.focus((0,), "value")
    hand.type("150")
    hand.qtbot.waitUntil(lambda: aside.number.text() == "10")


@pytest.mark.parametrize(
    ("passes", "passed", "hint", "sentence", "verdict"),
    [
        (enters(), str(ROWS), "No conditions yet: every contact passes.", "Everyone passes", "✓ would enter"),
        (
            goes(),
            "0",
            "No conditions yet: no contact goes this way.",
            "Nobody goes this way",
            "✕ would not go this way",
        ),
        (meets(), "0", "No conditions yet: no contact meets it.", "Nobody meets it", "✕ would not meet it"),
    ],
    ids=["entry", "path", "goal"],
)
def test_an_empty_filter_says_what_is_true_where_it_stands(
    make_hand: Make, over_50: Condition, passes: Passing, passed: str, hint: str, sentence: str, verdict: str
) -> None:
    hand = make_hand(EMPTY, passes=passes)
    aside = hand.builder.aside
    hand.qtbot.waitUntil(lambda: aside.number.text() == passed)
    (row,) = hand.builder.canvas.findChildren(EmptyRow)
    assert row.findChild(QLabel).text() == hint
    assert hand.builder.sentence.toPlainText() == f"Reads: {sentence}"
    aside.why.key.setText('{"Country": "NO"}')
    aside.why.ask()
    hand.qtbot.waitUntil(lambda: verdict in aside.why.answer.toPlainText())
    assert ("No conditions" in aside.why.answer.toPlainText()) is (passed == "0")
    # A condition that asks makes them all alike.
    hand.builder.model.replace_all(Group(children=(over_50,)))
    hand.qtbot.waitUntil(lambda: aside.number.text() == "30")
    hand.qtbot.waitUntil(lambda: "greater than" in hand.builder.sentence.toPlainText())


def test_a_bar_says_how_many_are_left(make_hand: Make, over_50: Condition, norway: Condition) -> None:
    hand = make_hand(Group(children=(over_50, norway)))
    hand.qtbot.waitUntil(lambda: hand.row(1)._left is not None)
    assert hand.row(0)._left == (30, ROWS)
    assert hand.row(1)._left == (10, ROWS)


def test_a_count_under_way_is_cancelled_when_the_tree_changes(
    make_hand: Make, over_50: Condition, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand = make_hand(Group(children=(over_50,)))
    aside = hand.builder.aside
    assert aside is not None
    hand.qtbot.waitUntil(lambda: aside.number.text() == "30")
    asked: list[Callable[[], bool]] = []
    real = counting.count_filter

    def slow(ws: object, group: Group, home: str, cancelled: Callable[[], bool]) -> object:
        asked.append(cancelled)
        if len(asked) == 1:
            deadline = time.monotonic() + 30
            while not cancelled() and time.monotonic() < deadline:
                time.sleep(0.005)
        return real(ws, group, home, cancelled)

    monkeypatch.setattr(counting, "count_filter", slow)
    hand.focus((0,), "value")
    hand.type("1")
    hand.qtbot.waitUntil(lambda: len(asked) == 1)
    hand.type("50")
    hand.qtbot.waitUntil(lambda: aside.number.text() == "10")
    assert asked[0]()


def test_a_contradiction_is_said_at_its_condition_with_ways_out(make_hand: Make, over_50: Condition) -> None:
    below = Condition(over_50.attribute, "less_than", Literal("25"))
    hand = make_hand(Group(children=(over_50, below)))
    hand.qtbot.waitUntil(lambda: bool(hand.row(1).accessibleDescription()))
    assert "50" in hand.row(1).accessibleDescription()
    menu = hand.row(1).fix_menu()
    words = [action.text() for action in menu.actions()]
    assert "Remove it" in words
    menu.actions()[0].trigger()
    hand.qtbot.waitUntil(lambda: not hand.builder.canvas._diagnostics)


def test_a_field_that_is_gone_is_named_and_can_be_mended(make_hand: Make) -> None:
    gone = Condition(Attribute("f_gone"), "equal", Literal("x"))
    hand = make_hand(Group(children=(gone,)))
    assert hand.row(0).field_chip.text() == "Missing field"
    hand.qtbot.waitUntil(lambda: bool(hand.row(0).accessibleDescription()))
    hand.row(0).fix_menu().actions()[0].trigger()
    assert hand.group.children[0].disabled


def test_a_value_of_the_wrong_kind_is_marked(make_hand: Make, over_50: Condition) -> None:
    hand = make_hand(Group(children=(over_50,)))
    hand.focus((0,), "value")
    hand.type("fifty")
    hand.qtbot.waitUntil(lambda: "fifty" in hand.row(0).accessibleDescription())
    line = QApplication.focusWidget()
    assert line is not None
    assert line.property("bad") is True
    assert hand.group.children[0].operand == Literal("fifty")


def test_nobody_passes_says_how_many_without_the_last(make_hand: Make, over_50: Condition) -> None:
    below = Condition(over_50.attribute, "less_than", Literal("25"))
    hand = make_hand(Group(children=(over_50, below)))
    aside = hand.builder.aside
    assert aside is not None
    hand.qtbot.waitUntil(lambda: aside.number.text() == "0")
    assert aside.words.text() == f"of {ROWS} rows would enter. Without the last condition: 30."


def test_rows_that_do_not_say_whose_they_are_are_told(make_hand: Make, carts: Carts, over_50: Condition) -> None:
    gold = Condition(carts.attribute("Tier"), "equal", Literal("Gold"))
    hand = make_hand(Group(children=(over_50,)))
    aside = hand.builder.aside
    assert aside is not None
    unlinked = replace(save_data_extension(carts.workspace, replace(carts.home, link=None)), link=None)
    for group, told in ((Group(children=(over_50,)), False), (Group(children=(gold,)), True)):
        hand.builder.set_filter(
            group,
            Catalog(unlinked, (carts.loyalty,)),
            workspace=carts.workspace,
            work=hand.builder.surroundings.work,
            data_extension_id=carts.home.id,
        )
        hand.qtbot.waitUntil(lambda told=told: ("whose they are" in aside.words.text()) is told)
    assert aside.words.text().startswith(f"of {ROWS} rows would enter.")


def test_why_names_the_condition_and_the_value(make_hand: Make, over_50: Condition, norway: Condition) -> None:
    hand = make_hand(Group(children=(over_50, norway)))
    aside = hand.builder.aside
    assert aside is not None
    why = aside.why
    assert why.answer.focusPolicy() == Qt.FocusPolicy.NoFocus, "no answer yet, so no stop for the keyboard"
    hand.qtbot.keyClicks(why.key, "nto-1002")  # its cart total is 10, its country SE
    hand.qtbot.keyClick(why.key, Qt.Key.Key_Return)
    hand.qtbot.waitUntil(lambda: why.explanation is not None)
    text = why.answer.toPlainText()
    assert why.answer.focusPolicy() == Qt.FocusPolicy.StrongFocus
    assert "✕ would not enter" in text
    assert "Cart total is greater than 50" in text
    assert "10.00" in text
    hand.focus((0,), "value")
    hand.type("5")
    hand.focus((1,), "value")
    hand.type("SE")
    hand.qtbot.waitUntil(lambda: "✓ would enter" in why.answer.toPlainText())


def test_where_there_is_little_room_most_of_it_is_the_trees(make_hand: Make, over_50: Condition) -> None:
    builder = make_hand(Group(children=(over_50,))).builder
    assert builder.aside is not None
    for width, aside in ((1000, 296), (720, 240)):
        builder.resize(width, 500)
        assert builder.aside.width() == aside


def test_why_says_when_there_is_no_such_contact(make_hand: Make, over_50: Condition) -> None:
    hand = make_hand(Group(children=(over_50,)))
    aside = hand.builder.aside
    assert aside is not None
    hand.qtbot.keyClicks(aside.why.key, "NTO-9")
    hand.qtbot.keyClick(aside.why.key, Qt.Key.Key_Return)
    hand.qtbot.waitUntil(lambda: "has no row for NTO-9" in aside.why.answer.toPlainText())


def test_contact_data_is_asked_too(make_hand: Make, carts: Carts) -> None:
    gold = Condition(carts.attribute("Tier"), "equal", Literal("Gold"))
    hand = make_hand(Group(children=(gold,)))
    aside = hand.builder.aside
    assert aside is not None
    hand.qtbot.keyClicks(aside.why.key, "NTO-1001")
    hand.qtbot.keyClick(aside.why.key, Qt.Key.Key_Return)
    hand.qtbot.waitUntil(lambda: "✓ would enter" in aside.why.answer.toPlainText())


def test_why_reads_contact_data_as_the_count_does(carts: Carts) -> None:
    fields = (Field("", "Contact", "text", 50), Field("", "Level", "number"))
    made = save_data_extension(carts.workspace, DataExtension("", "levels", "Levels", fields=fields))
    levels = save_data_extension(carts.workspace, replace(made, link=made.fields[0].id))
    contact, level = (field.id for field in levels.fields)
    with carts.workspace.unit_of_work() as writing:
        for key, value in (("NTO-1001", 1), ("NTO-1001", 5), ("NTO-1002", 5), ("NTO-1002", 1), ("nto-1003", 5)):
            writing.data_extensions.write(levels, {contact: key, level: value})
        writing.commit()
    high = Group(children=(Condition(Attribute(level, levels.id), "greater_than", Literal("3")),))
    catalog = Catalog(carts.home, (levels,))
    passes = compile_filter(high, catalog, NOW, UTC)
    found = {key: find_record(carts.workspace, catalog, key) for key in (f"NTO-{1001 + n}" for n in range(ROWS))}
    assert [key for key, record in found.items() if record is not None and passes(record)] == ["NTO-1001"]
    assert counting.count_filter(carts.workspace, high, carts.home.id).passed == 1


def test_a_contact_whose_key_is_a_number_is_found(carts: Carts) -> None:
    fields = (Field("", "Customer", "number", required=True, primary_key=True), Field("", "City", "text", 50))
    home = save_data_extension(carts.workspace, DataExtension("", "customers", "Customers", fields=fields))
    with carts.workspace.unit_of_work() as writing:
        writing.data_extensions.write(home, {home.fields[0].id: 42, home.fields[1].id: "Bergen"})
        writing.commit()
    record = find_record(carts.workspace, Catalog(home), "42")
    assert record is not None
    assert record[home.fields[1].id] == "Bergen"
    assert find_record(carts.workspace, Catalog(home), "43") is None


def test_data_of_a_call_has_the_contact_data_of_its_contact(make_hand: Make, carts: Carts) -> None:
    gold = Condition(carts.attribute("Tier"), "equal", Literal("Gold"))
    hand = make_hand(Group(children=(gold,)))
    aside = hand.builder.aside
    assert aside is not None
    for contact, said in (("NTO-1001", "✓ would enter"), ("NTO-1002", "✕ would not enter")):
        aside.why.key.setText(f'{{"Contact key": "{contact}"}}')
        hand.qtbot.keyClick(aside.why.key, Qt.Key.Key_Return)
        assert _answer(hand, said)


def _answer(hand: Hand, said: str) -> bool:
    aside = hand.builder.aside
    assert aside is not None
    hand.qtbot.waitUntil(lambda: said in aside.why.answer.toPlainText())
    return True


def test_the_sentence_has_values_in_bold(make_hand: Make, over_50: Condition) -> None:
    hand = make_hand(Group(children=(over_50,)))
    sentence = hand.builder.sentence
    assert sentence.toPlainText() == "Reads: Cart total is greater than 50"
    cursor = QTextCursor(sentence.document())
    cursor.movePosition(QTextCursor.MoveOperation.End)
    assert cursor.charFormat().fontWeight() >= 600


def test_text_becomes_the_tree_and_back(make_hand: Make, carts: Carts, over_50: Condition) -> None:
    hand = make_hand(Group(children=(over_50,)))
    hand.builder.show_mode("text")
    assert hand.builder.text.edit.toPlainText() == "[Cart total] > 50"
    hand.qtbot.keyClicks(hand.builder.text.edit, ' and (Country = "NO" or Country = "SE")')
    hand.builder.text.read()
    country = carts.attribute("Country")
    either = Group(Join.ANY, tuple(Condition(country, "equal", Literal(code)) for code in ("NO", "SE")))
    assert hand.builder.filter() == Group(children=(over_50, either))
    hand.builder.show_mode("builder")
    assert hand.row(1, 1).condition == either.children[1]


def test_an_error_in_the_text_is_said_at_its_column_and_keeps_the_tree(make_hand: Make, over_50: Condition) -> None:
    hand = make_hand(Group(children=(over_50,)))
    hand.builder.show_mode("text")
    hand.builder.text.edit.setPlainText("[Cart total] > ")
    hand.builder.text.read()
    assert hand.builder.text.message.text().startswith("Column ")
    assert hand.builder.problem
    assert hand.group == Group(children=(over_50,))
    hand.builder.show_mode("builder")
    assert hand.builder.mode.current() == "text", "what cannot be read yet is not thrown away"
    assert hand.builder.text.edit.textCursor().position() == 14, "the keyboard is where it is wrong"


def test_a_text_is_asked_as_it_is_this_moment(make_hand: Make, over_50: Condition) -> None:
    hand = make_hand(Group(children=(over_50,)))
    hand.builder.show_mode("text")
    hand.builder.text.edit.setPlainText("[Cart total] > ")
    assert hand.builder.problem, "also before the typing paused"


def test_a_long_word_in_the_sentence_is_read_whole(make_hand: Make, carts: Carts) -> None:
    long = Condition(carts.attribute("Country"), "equal", Literal("x" * 300))
    hand = make_hand(Group(children=(long,)))
    sentence = hand.builder.sentence
    hand.qtbot.waitUntil(lambda: "xxx" in sentence.toPlainText())
    assert sentence.horizontalScrollBar().maximum() == 0


def test_completion_proposes_fields_and_takes_one(make_hand: Make) -> None:
    hand = make_hand(EMPTY)
    hand.builder.show_mode("text")
    edit = hand.builder.text.edit
    hand.qtbot.keyClicks(edit, "Coun")
    hand.qtbot.waitUntil(hand.builder.text.list.isVisible)
    assert hand.builder.text.list.item(0).text().startswith("Country")
    hand.qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert edit.toPlainText() == "Country "


def test_a_scope_without_rows_says_so(make_hand: Make, carts: Carts, qtbot: object) -> None:
    builder = FilterBuilder()
    qtbot.addWidget(builder)
    builder.set_filter(EMPTY, carts.catalog)
    assert builder.aside is not None
    assert builder.aside.words.text().startswith("Nothing is stored yet")


def test_of_five_hundred_conditions_only_those_in_view_are_built(make_hand: Make, carts: Carts) -> None:
    total, country, date = (carts.attribute(name) for name in ("Cart total", "Country", "Abandoned at"))
    kinds = (
        lambda n: Condition(total, "greater_than", Literal(str(n))),
        lambda n: Condition(country, "is_one_of", Literals(("NO", "SE"))),
        lambda n: Condition(date, "on_or_after", RelativeDate(-n)),
    )
    conditions = [kinds[n % 3](n) for n in range(500)]
    groups = tuple(Group(Join.ANY, tuple(conditions[n : n + 10])) for n in range(0, 500, 10))
    make_hand(Group(children=(conditions[0],))).builder.hide()  # warm: fonts, icons, style sheet
    assert _open_and_type(Group(children=groups), kinds[0], carts) < 40, "only what is in view is built"


def _open_and_type(group: Group, condition: Callable[[int], Condition], carts: Carts) -> int:
    """How many rows were built for opening the filter and typing ten keys. What that costs: bench_builder."""
    builder = FilterBuilder()
    builder.resize(1140, 660)
    builder.set_filter(group, carts.catalog)
    builder.show()
    QApplication.processEvents()
    for n in range(10):
        builder.model.set_condition((0, 0), condition(n), "typing")
        QApplication.processEvents()
    built = len(builder.canvas._rows)
    builder.close()
    builder.deleteLater()
    return built


def test_xml_is_pasted_and_copied(make_hand: Make, over_50: Condition, norway: Condition) -> None:
    hand = make_hand(Group(children=(over_50,)))
    hand.builder.show_mode("xml")
    xml = hand.builder.xml
    assert 'Operator="GreaterThan"' in xml.edit.toPlainText()
    hand.qtbot.mouseClick(xml.copy_button, Qt.MouseButton.LeftButton)
    copied = QApplication.clipboard().text()
    xml.edit.setPlainText(copied.replace("GreaterThan", "LessThan"))
    xml.read()
    assert hand.builder.filter().children[0].operator == "less_than"
    xml.edit.setPlainText(copied[:-5])
    xml.read()
    assert "olumn" in xml.message.text()
    assert hand.builder.filter().children[0].operator == "less_than"


def test_what_xml_cannot_carry_is_named(make_hand: Make, over_50: Condition, norway: Condition) -> None:
    hand = make_hand(Group(Join.ANY, (over_50, norway), negated=True))
    hand.builder.show_mode("xml")
    assert hand.builder.xml.losses.isVisible()
    assert "negated" in hand.builder.xml.losses.text.text()


def test_data_of_a_call_is_asked_too(make_hand: Make, over_50: Condition, norway: Condition) -> None:
    hand = make_hand(Group(children=(over_50, norway)))
    aside = hand.builder.aside
    assert aside is not None
    why = aside.why
    for text, said in (
        ('{"Cart total": 60, "Country": "no"}', "✓ would enter"),
        ('{"Cart total": 40}', "✕ would not enter"),
        ('{"Cart total": "a lot"}', "Cart total"),
        ('{"Cart total" 40}', "This is no JSON"),
    ):
        why.key.setText(text)
        hand.qtbot.keyClick(why.key, Qt.Key.Key_Return)
        assert said in why.answer.toPlainText(), text
