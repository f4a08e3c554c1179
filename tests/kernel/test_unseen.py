"""What no name may have: control characters, line ends, lone surrogates, turned direction; not joiners or new emoji."""

from __future__ import annotations

import pytest

from app.kernel.unseen import unseen


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a\0b", "U+0000"),
        ("a\nb", "U+000A"),
        ("a\u2028b", "U+2028"),
        ("abc\u202edef", "U+202E"),
        ("\ud800", "U+D800"),
        ("Web shop", ""),
        ("\N{MAN}\N{ZERO WIDTH JOINER}\N{WOMAN}", ""),
        ("\u0639\u0631\u0628\u064a", ""),
    ],
)
def test_what_cannot_be_seen_is_named(text: str, found: str) -> None:
    assert unseen(text) == found
