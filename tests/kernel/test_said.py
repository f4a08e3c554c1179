"""Sentences that know what they were made of: plain English everywhere but in a window."""

from __future__ import annotations

import copy
import json
import pickle
import sqlite3

import msgspec
import pytest

from app.kernel.errors import Problem
from app.kernel.said import bare, said

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
