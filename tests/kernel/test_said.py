"""Sentences that know what they were made of: plain English everywhere but in a window."""

from __future__ import annotations

import copy
import json
import pickle
import sqlite3

import msgspec
import pytest

from app.kernel.errors import Problem
from app.kernel.said import bare, counted, from_parts, listed, said, sentences, to_parts

TEXT = "Welcome has no subject."


def test_it_is_its_english_text_and_knows_its_parts() -> None:
    text = said("{name} has no {what}.", name="Welcome", what=said("subject"))
    assert text == TEXT
    assert hash(text) == hash(TEXT)
    assert type(str(text)) is str
    assert (text.template, text.values) == ("{name} has no {what}.", {"name": "Welcome", "what": "subject"})


def test_without_values_it_may_hold_braces() -> None:
    assert said('Such as {"a": 1}').template == said('Such as {"a": 1}') == 'Such as {"a": 1}'


def test_else_is_not_written_as_text() -> None:
    with pytest.raises(NotImplementedError, match="complex cannot"):
        bare(1j)


def test_problems_are_equal_whichever_text_they_hold() -> None:
    assert Problem("a", said("{name} has no subject.", name="Welcome")) == Problem("a", TEXT)


@pytest.mark.parametrize("copied", [copy.copy, copy.deepcopy, lambda text: pickle.loads(pickle.dumps(text))])
def test_a_copy_knows_its_parts_too(copied: object) -> None:
    text = copied(said("{name} has no subject.", name="Welcome"))  # type: ignore[operator]
    assert text == TEXT
    assert text.values == {"name": "Welcome"}


def test_it_is_written_as_any_other_text() -> None:
    text = said("{name} has no subject.", name="Welcome")
    assert json.loads(json.dumps([text])) == [TEXT]
    assert msgspec.json.decode(msgspec.json.encode({"message": text}, enc_hook=bare)) == {"message": TEXT}
    with sqlite3.connect(":memory:") as database:
        assert database.execute("select ?", (text,)).fetchone() == (TEXT,)
    database.close()


def test_a_number_decides_the_words() -> None:
    texts = [counted("{n} tile in {name}", "{n:,} tiles in {name}", n, name="A") for n in (0, 1, 12500)]
    assert texts == ["0 tiles in A", "1 tile in A", "12,500 tiles in A"]


def test_lists_and_paragraphs_are_plain_english() -> None:
    assert listed(name for name in ("a", "b", "c")) == "a, b, c"
    assert listed(()) == sentences("", "") == ""
    assert sentences("One.", "", said("{n} more.", n=2)) == "One. 2 more."


@pytest.mark.parametrize(
    "text",
    [
        "Named by a person",
        said("Add note"),
        said("{what} of {name}, {n:,} times", what=said("Copy"), name="A {curly} name", n=12500),
        counted("{n} tile in {name}", "{n} tiles in {name}", 3, name=listed(("a", said("b of {c}", c=1)))),
        sentences("One.", "Two."),
    ],
)
def test_what_is_kept_as_json_comes_back_with_its_parts(text: str) -> None:
    found = from_parts(json.loads(json.dumps(to_parts(text))))
    assert found == text
    assert type(found) is type(text)
    assert to_parts(found) == to_parts(text)


@pytest.mark.parametrize(
    "parts",
    [
        {"text": "Add note", "template": "{nobody} note", "values": {"who": 1}},
        {"text": "Add note", "template": "{n:%Y} note", "values": {"n": 1}},
        {"text": "Add note", "template": "{n} {", "values": {"n": 1}},
        {"text": "Add note", "template": "{n[0].real}", "values": {"n": "x"}},
        {"text": "Add note", "template": "x", "members": ["a", "b"]},
        {"text": "Add note", "values": 3},
        {"text": "Add note", "members": 3},
    ],
)
def test_parts_that_do_not_fit_together_are_bare_text(parts: object) -> None:
    found = from_parts(parts)
    assert (type(found), found) == (str, "Add note")
