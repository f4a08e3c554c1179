"""The one case folding of the house: filters in memory, the folded twin in the database and lookups all use it."""

from __future__ import annotations

from unicodedata import normalize


def fold(text: str) -> str:
    """`text` without regard to case and to how its accents are composed.

    Unicode's canonical caseless form (The Unicode Standard, 3.13, D145), composed at the end so that it is short.
    """
    if text.isascii():
        return text.lower()
    return normalize("NFC", normalize("NFD", normalize("NFD", text).casefold()).casefold())
