"""What the operators over lists of texts share: making a fast search of them, and what a word is."""

from __future__ import annotations

import re
from collections.abc import Callable

SEPARATORS = ' \t\n\r,;.:!?()"/-'
"""What ends a word. A fixed list: the two databases and Python have no other notion of a word in common."""

Search = Callable[[str], object]


def never(text: str) -> None:
    """The search for nothing: finds nothing."""


def search_any(items: tuple[str, ...]) -> Search:
    """A function from a folded text to a match (or None) of any of the folded items; blank items find nothing."""
    wanted = sought(items)
    return re.compile("|".join(map(re.escape, wanted))).search if wanted else never


def search_words(items: tuple[str, ...]) -> Search:
    """The same for items that stand as words of their own."""
    found = search_any(padded(items))
    return lambda text: found(f" {spaced(text)} ")


def sought(items: tuple[str, ...]) -> tuple[str, ...]:
    """The items without those that say nothing: a blank between two commas is not asked for."""
    return tuple(item for item in items if item.strip())


def padded(items: tuple[str, ...]) -> tuple[str, ...]:
    """Items as they are looked for among words: every separator a space, and a space on either side. An item of
    separators alone has no word to look for."""
    return tuple(f" {item} " for item in sought(tuple(map(spaced, items))))


def spaced(text: str) -> str:
    """`text` with every separator replaced by a space."""
    return text.translate(_TO_SPACE)


_TO_SPACE = dict.fromkeys(map(ord, SEPARATORS), " ")
