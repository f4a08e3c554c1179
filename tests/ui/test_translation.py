"""Texts of the window: filled in, counted, and written as the language writes them."""

from __future__ import annotations

from app.ui.translation import mark, number, tr, trn


def test_values_are_filled_in_by_name() -> None:
    assert tr("{tile} goes here", tile="A {curly} name") == "A {curly} name goes here"


def test_without_values_a_text_may_hold_braces() -> None:
    assert tr('Data is an object such as {"Country": "NO"}') == 'Data is an object such as {"Country": "NO"}'


def test_a_number_decides_the_words() -> None:
    words = [trn("{n} tile in {group}", "{n} tiles in {group}", n, group="A") for n in (0, 1, 12500)]
    assert words == ["0 tiles in A", "1 tile in A", "12,500 tiles in A"]


def test_numbers_have_the_separators_of_the_language() -> None:
    assert number(1234567) == "1,234,567"
    assert number(1234.5, 2) == "1,234.50"


def test_marking_changes_nothing() -> None:
    assert mark("All is well") == "All is well"
