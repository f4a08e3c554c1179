"""The sentence of a filter in stretches, in the language of the window."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication

from app.filters.sentence import EVERYONE, sentence
from app.filters.tree import EMPTY, Group, Literal, Literals, Range, RelativeDate
from app.ui.filter_builder.emphasis import Run, runs
from app.ui.pseudo import PseudoTranslator
from app.ui.translation import shown
from tests.filters.simple import CATALOG, COUNTRY, MEMBER, ORDERED, TIER, TOTAL, all_of, any_of, ask


@pytest.fixture
def pretended(qapp: QCoreApplication) -> Iterator[None]:
    translator = PseudoTranslator("pseudo", qapp)
    qapp.installTranslator(translator)
    yield
    qapp.removeTranslator(translator)
    translator.deleteLater()


GROUPS = [
    EMPTY,
    all_of(ask(COUNTRY, "equal", "NO")),
    all_of(
        ask(TOTAL, "between", Range(Literal("1"), Literal("5"))), any_of(ask(MEMBER, "is_true"), ask(TIER, "is_null"))
    ),
    all_of(ask(COUNTRY, "is_one_of", Literals(("NO", "S E"))), ask(ORDERED, "before", RelativeDate(-14)), negated=True),
    all_of(ask(COUNTRY, "sounds_like", "x"), negated=True),
]


@pytest.mark.parametrize("group", GROUPS)
def test_the_stretches_are_the_sentence(group: Group) -> None:
    text = sentence(group, CATALOG)
    assert "".join(run.text for run in runs(text)) == text == shown(text)


@pytest.mark.parametrize("group", GROUPS)
@pytest.mark.usefixtures("pretended")
def test_another_language_has_its_words_in_both(group: Group) -> None:
    text = sentence(group, CATALOG)
    assert "".join(run.text for run in runs(text)) == shown(text) != text
    assert runs(text)[0] != Run(EVERYONE)


def test_names_and_values_are_strong() -> None:
    assert runs(sentence(all_of(ask(COUNTRY, "equal", "NO")), CATALOG)) == (
        Run("Country", True),
        Run(" "),
        Run("equals "),
        Run("NO", True),
    )


@pytest.mark.usefixtures("pretended")
def test_no_word_of_ours_is_left_in_english() -> None:
    weak = "".join(run.text for group in GROUPS[1:] for run in runs(sentence(group, CATALOG)) if not run.strong)
    for word in ("equals", "between", "and", "or", "true", "value", "one", "before"):
        assert word not in weak.replace("[", " ").replace("]", " ").split()
