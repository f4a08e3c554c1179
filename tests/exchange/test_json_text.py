"""Faults in a file's text are found with their line and column."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.exchange.json_text import LARGEST_FILE, line_and_column, parse, place
from app.kernel.errors import UnreadableFile


@pytest.mark.parametrize(
    ("content", "says", "line", "column"),
    [
        (b"", "is empty", 0, 0),
        (b" \n", "is empty", 0, 0),
        (b'{\n  "a": 1,\n  "b": ', "ends too early", 3, 8),
        (b'{\n  "a": 1,\n  "b": [1, 2', "ends too early", 3, 13),
        (b'{\n  "a": 1\n  "b": 2\n}', "is not valid JSON", 3, 3),
        (b'{"a": 1} trailing', "is not valid JSON", 1, 10),
        (b'{\n"a": "\xff"}', "not a text in UTF-8", 2, 7),
        (b'{"a": NaN}', "NaN is no JSON value", 0, 0),
        (b'{"a": ' + b"9" * 5000 + b"}", "number that is too long", 0, 0),
        (b'{"a":' * 100_000, "nested too deep", 0, 0),
        (b'{\n"a": {"b": 1, "b": 2}}', "a has two members 'b'", 0, 0),
        (b'{\n"a": ["x", "\\ud800"]}', "no database can keep, in a[1]", 2, 12),
        (b'{"a": "\\u0000"}', "no database can keep, in a", 1, 7),
    ],
)
def test_refused(content: bytes, says: str, line: int, column: int) -> None:
    with pytest.raises(UnreadableFile) as caught:
        parse(content, "cart.journey")
    assert says in caught.value.message
    assert caught.value.message.startswith("cart.journey")
    assert (caught.value.line, caught.value.column) == (line, column)
    assert caught.value.hint


def test_a_file_that_is_too_large_is_not_parsed() -> None:
    with pytest.raises(UnreadableFile, match="too large"):
        parse(b" " * (LARGEST_FILE + 1), "big.journey")


def test_a_byte_order_mark_is_no_fault_and_pairs_of_surrogates_are_characters() -> None:
    assert parse(b"\xef\xbb\xbf" + b'{"a": "\\ud83e\\uded0"}', "x")[0] == {"a": "🫐"}


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4),
    max_leaves=15,
)


@given(value=JSON, indent=st.sampled_from([None, 1, 2]), data=st.data())
def test_every_value_is_found_at_its_place(value: object, indent: int | None, data: st.DataObject) -> None:
    text = json.dumps(value, indent=indent)
    path: tuple[str | int, ...] = ()
    at = value
    while isinstance(at, (dict, list)) and at and data.draw(st.booleans()):
        step = data.draw(st.sampled_from(sorted(at) if isinstance(at, dict) else list(range(len(at)))))
        path, at = (*path, step), at[step]
    line, column = line_and_column(text, path)
    rest = "\n".join(text.split("\n")[line - 1 :])[column - 1 :]
    assert json.JSONDecoder().raw_decode(rest)[0] == at


def test_a_path_that_is_not_there_gives_the_nearest_around_it() -> None:
    text = '{\n  "a": [\n    {"b": 1}\n  ]\n}'
    assert line_and_column(text, ("a", 0, "c")) == (3, 5)
    assert line_and_column(text, ("a", 7)) == (2, 8)
    assert line_and_column(text, ("a", "x")) == (2, 8)
    assert place(("a", 0, "b")) == "a[0].b"
    assert place(()) == "the file"
