"""Texts of the window: filled in, counted, and written as the language writes them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication, QLocale

from app.filters.catalog import Catalog
from app.journey.activities import activity_type
from app.journey.context import JourneyContext
from app.kernel.errors import Conflict
from app.kernel.said import counted, listed, said, sentences
from app.ui.pseudo import PseudoTranslator
from app.ui.translation import mark, number, shown, tr, trn


@pytest.fixture
def pretended(qapp: QCoreApplication) -> Iterator[None]:
    """The window speaks the pretended language."""
    translator = PseudoTranslator("pseudo", qapp)
    qapp.installTranslator(translator)
    yield
    qapp.removeTranslator(translator)


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


def test_a_number_that_is_longer_than_any_of_qt_is_written_all_the_same() -> None:
    assert number(10**30) == "1" + "0" * 30
    assert shown(said("Not {n}.", n=10**30)) == f"Not {10**30}."


def test_marking_changes_nothing() -> None:
    assert mark("All is well") == "All is well"


@pytest.mark.usefixtures("pretended")
def test_a_sentence_of_another_room_is_translated_and_its_values_stay() -> None:
    found = shown(said("{name} has no subject.", name="Welcome"))
    assert found.startswith("[Welcome ")
    assert "subject" not in found


@pytest.mark.usefixtures("pretended")
def test_a_sentence_within_a_sentence_is_translated_too() -> None:
    inner = said("Wait {n} days", n=3)
    for found in (shown(said("{what}, then on", what=inner)), tr("{what}, then on", what=inner)):
        assert shown(inner) in found
        assert "then" not in found


@pytest.mark.usefixtures("pretended")
def test_other_text_is_shown_as_it_is() -> None:
    assert shown("Named by a person") == "Named by a person"


def test_without_a_translation_the_english_is_shown() -> None:
    assert shown(said("{name} has no {what}.", name="A {curly} name", what=said("subject"))) == (
        "A {curly} name has no subject."
    )


@pytest.mark.usefixtures("pretended")
def test_what_a_tile_will_do_is_translated_down_to_its_units() -> None:
    wait = activity_type("wait")
    tile = replace(wait.make("W"), settings={"duration": {"amount": 3, "unit": "days"}, "time": "09:00"})
    summary = wait.summary(tile, JourneyContext(Catalog(None, ()), None, ()))
    assert summary == "3 days, then until 09:00"
    found = shown(summary)
    assert "09:00" in found
    assert not {"days", "then", "until"} & set(found.replace("[", " ").replace("]", " ").replace(",", " ").split())


def test_numbers_within_sentences_have_the_digits_of_the_language() -> None:
    sentence = said("{n:,} of {all} by {year}", n=12500, all=12500, year="2026")
    assert (str(sentence), shown(sentence)) == ("12,500 of 12500 by 2026",) * 2
    QLocale.setDefault(QLocale("ar_EG"))
    try:
        assert shown(sentence) == "١٢٬٥٠٠ of ١٢٥٠٠ by 2026"
        assert shown(counted("{n} day", "{n} days", 12500)) == "١٢٬٥٠٠ days"
    finally:
        QLocale.setDefault(QLocale("en_US"))


@pytest.mark.usefixtures("pretended")
def test_counts_lists_and_paragraphs_are_translated_part_by_part() -> None:
    one, two = said("Welcome"), counted("{n} day", "{n} days", 2)
    assert shown(two) == trn("{n} day", "{n} days", 2)
    assert shown(listed((one, two, "Kari"))) == f"{shown(one)}, {shown(two)}, Kari"
    assert shown(sentences(one, two)) == f"{shown(one)} {shown(two)}"


@pytest.mark.usefixtures("pretended")
def test_an_error_within_a_sentence_is_translated() -> None:
    error = Conflict(said("{name} is active.", name="Cart"))
    assert shown(error.message) in tr("Not deleted: {error}", error=error)
