"""Words and signs of the expression language, each with its place."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from app.filters.catalog import Catalog
from app.filters.operators import OPERATORS
from app.filters.tree import EVENT, Attribute
from app.kernel.errors import Problem, UnreadableFile

PLAIN = re.compile(r"[-+]?\.?[0-9][0-9A-Za-z.:/+-]*", re.ASCII)
"""A number or a date as it stands in the text without quotes."""
WORD = re.compile(r"[^\W\d]\w*")
KEYWORDS = frozenset({"and", "or", "not", "off", "any", "field", "today"})
"""Words that are no name where a name can stand."""
SYNONYMS = {"==": "=", "<>": "!="}

_NAME = re.compile(r"\[((?:[^\]]|\]\])*)\]")
_SIGN = re.compile(r"!=|<>|<=|>=|==|[=<>(),.:+-]")
_SPACE = re.compile(r"\s*")
_JSON = json.JSONDecoder(strict=False)


@dataclass(frozen=True, slots=True)
class Token:
    """`kind` is word, name, text, plain, sign, json or end; `value` what it says; `start` and `end` are positions."""

    kind: str
    value: Any
    start: int
    end: int

    def says(self, word: str) -> bool:
        """Whether this is that word (in whatever case) or sign."""
        return self.kind in ("word", "sign") and str(self.value).lower() == word


def tokens(text: str) -> list[Token]:
    """All tokens, an end token last. Raises UnreadableFile with the place of what is none."""
    found: list[Token] = []
    position = _space(text, 0)
    while position < len(text):
        token = _token(text, position)
        found.append(token)
        position = _space(text, token.end)
    found.append(Token("end", "", len(text), len(text)))
    return found


def _token(text: str, at: int) -> Token:
    sign = text[at]
    if sign == '"':
        return _json(text, at, "text", "The text that begins here has no closing quote.")
    if sign == "{":
        return _json(text, at, "json", "The JSON that begins here does not end well.")
    if sign == "[":
        found = _NAME.match(text, at)
        if found is None:
            raise unreadable(text, at, "The name that begins here has no closing bracket.", "Write [Cart total].")
        return Token("name", found[1].replace("]]", "]"), at, found.end())
    for kind, pattern in (("plain", PLAIN), ("word", WORD), ("sign", _SIGN)):
        found = pattern.match(text, at)
        if found:
            value = found[0] if kind != "sign" else SYNONYMS.get(found[0], found[0])
            return Token(kind, value, at, found.end())
    raise unreadable(text, at, f"{sign!r} means nothing here.", "Texts stand in quotes, names of several words in [ ].")


def _json(text: str, at: int, kind: str, message: str) -> Token:
    try:
        value, end = _JSON.raw_decode(text, at)
    except (ValueError, RecursionError):
        raise unreadable(text, at, message, 'A quote inside a text is written \\".') from None
    return Token(kind, value, at, end)


def _space(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


def unreadable(text: str, at: int, message: str, hint: str = "") -> UnreadableFile:
    """The error for a place in the text, with line and column counted from 1."""
    line = text.count("\n", 0, at) + 1
    column = at - (text.rfind("\n", 0, at) + 1) + 1
    problem = Problem("not_a_filter", message, f"line {line}, column {column}", hint)
    return UnreadableFile(message, (problem,), line=line, column=column, hint=hint)


@dataclass(frozen=True)
class Names:
    """Attributes by how they are written; a name that two attributes share is written by ids."""

    by_name: dict[str, Attribute]
    by_folded: dict[str, Attribute | None]

    @classmethod
    def of(cls, catalog: Catalog) -> Names:
        """The names of a catalog."""
        by_name: dict[str, Attribute | None] = {}
        by_folded: dict[str, Attribute | None] = {}
        for attribute, schema in catalog:
            home = catalog.home(attribute)
            name = name_key(schema.name, home.name if home and attribute.source != EVENT else None)
            by_name[name] = None if name in by_name else attribute
            low = name.casefold()
            by_folded[low] = None if low in by_folded else attribute
        return cls({name: found for name, found in by_name.items() if found is not None}, by_folded)

    def find(self, name: str, home: str | None = None) -> Attribute | None:
        """The attribute of that name, exactly or else the only one without regard to case."""
        key = name_key(name, home)
        return self.by_name.get(key) or self.by_folded.get(key.casefold())

    def begins(self, word: str) -> bool:
        """Whether a name of several words begins with that one: alone, it could be read as the start of that."""
        low = f"{word} ".casefold()
        return any(name.startswith(low) for name in self.by_folded)


def name_key(name: str, home: str | None) -> str:
    """How a name is looked up: no name can hold a NUL."""
    return name if home is None else f"{home}\0{name}"


def operator_words() -> list[tuple[tuple[str, ...], str]]:
    """The words of every operator with its key, the longest first."""
    found = [(tuple(each.words.split(" ")), each.key) for each in OPERATORS]
    return sorted(found, key=lambda pair: -len(pair[0]))
