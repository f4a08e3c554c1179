"""Personalisation: `{{Field name}}` in a message becomes the contact's value.

Forms that are read: `{{Field name}}`, `{{Field name | what to say when empty}}`, the original's
`{{Event.<event definition key>."Field name"}}` (quotes or not), `{{Contact.Key}}`, and `{{Interaction.<key>.<name>}}`
for what the service of a custom activity answered (reference, 4.3, bindings).
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, tzinfo
from functools import lru_cache

from app.data_extensions.data_extension import DataExtension, Field
from app.data_extensions.kinds import KINDS

CONTACT_KEY = "Contact.Key"
"""The binding that gives the contact key."""

_TOKEN = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
_BINDING = re.compile(r'Event\.([^."]+)\.(?:"([^"]*)"|(.+))', re.DOTALL)
_ANSWER = re.compile(r"Interaction\.([^.]+)\.(.+)", re.DOTALL)
_TAG = re.compile(r"<(?:[A-Za-z][^<>]*|/[A-Za-z][^<>]*|!--.*?--|!DOCTYPE[^<>]*)>", re.DOTALL | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Token:
    """One `{{...}}` in a text, at `start`:`end`. `name` is the field's name, `fallback` None when none is given."""

    start: int
    end: int
    name: str
    fallback: str | None = None


@dataclass(frozen=True, slots=True)
class Rendered:
    """A text with its values in place. `missing` names the fields that had no value and no fallback,
    `unknown` those that the schema does not have."""

    text: str
    missing: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


def tokens(text: str, schema: DataExtension | None = None) -> tuple[Token, ...]:
    """The personalisation in a text, in order. A `|` that is part of a field's name in `schema` is not a fallback."""
    # Every contact gets the same texts: they are read once. Only where there is a `|` does the schema have a say.
    return _tokens(text) if "|" not in text else _find_tokens(text, schema)


@lru_cache(maxsize=128)
def _tokens(text: str) -> tuple[Token, ...]:
    return _find_tokens(text, None)


def _find_tokens(text: str, schema: DataExtension | None) -> tuple[Token, ...]:
    found = []
    for match in _TOKEN.finditer(text):
        inner = match.group(1)
        name, fallback = inner, None
        if "|" in inner and not (schema and schema.named(inner)):
            name, _, fallback = (part.strip() for part in inner.rpartition("|"))
        binding = _BINDING.fullmatch(name)
        if binding:
            name = binding.group(2) if binding.group(2) is not None else binding.group(3)
        found.append(Token(match.start(), match.end(), name, fallback))
    return tuple(found)


def token_for(field_name: str) -> str:
    """What to put in a text so that it is replaced by that field's value."""
    return "{{" + field_name + "}}"


@lru_cache(maxsize=128)
def answer_of(name: str) -> tuple[str, str] | None:
    """Tile and name of `Interaction.<tile>.<name>`; None for any other name."""
    found = _ANSWER.fullmatch(name)
    return (found[1], found[2].strip('"')) if found else None


@lru_cache(maxsize=128)
def answer_name(tile: str, name: str) -> str:
    """What `answer_of` reads."""
    return f"Interaction.{tile}.{name}"


def looks_like_html(text: str) -> bool:
    """Whether a body is HTML: it has a tag. Values put into HTML are escaped, and the Sent list shows it as a page."""
    return _TAG.search(text) is not None


def render(
    text: str,
    schema: DataExtension | None,
    record: Mapping[str, object],
    *,
    contact_key: str = "",
    time_zone: tzinfo = UTC,
    answers: Mapping[str, Mapping[str, str]] | None = None,
) -> Rendered:
    """Put the values of `record` (by field id) into `text`; what is missing becomes its fallback, or nothing. `answers`
    are what custom activities answered: by tile, names to texts."""
    found = tokens(text, schema)
    if not found:
        return Rendered(text)
    escape = html.escape if looks_like_html(text) else str
    pieces: list[str] = []
    missing: list[str] = []
    unknown: list[str] = []
    at = 0
    for token in found:
        pieces.append(text[at : token.start])
        at = token.end
        asked = answer_of(token.name)
        if asked and not (schema and schema.named(token.name)):
            shown, known = (answers or {}).get(asked[0], {}).get(asked[1], ""), True
        else:
            shown, known = _value(token.name, schema, record, contact_key, time_zone)
        if not known:
            unknown.append(token.name)
        if not shown:
            if known and token.fallback is None:
                missing.append(token.name)
            shown = token.fallback or ""
        pieces.append(escape(shown))
    pieces.append(text[at:])
    return Rendered("".join(pieces), _once(missing), _once(unknown))


def unknown_names(text: str, schema: DataExtension | None) -> tuple[str, ...]:
    """The fields that a text asks for and the schema does not have."""
    names = (token.name for token in tokens(text, schema))
    ours = (name for name in names if name != CONTACT_KEY and answer_of(name) is None)
    return _once([name for name in ours if not (schema and schema.named(name))])


def show_value(value: object, field: Field, time_zone: tzinfo) -> str:
    """A value as people read it; "" for none."""
    if value is None:
        return ""
    kind = KINDS.get(field.kind)
    return kind.show(value, field, time_zone) if kind else str(value)


def _value(
    name: str, schema: DataExtension | None, record: Mapping[str, object], contact_key: str, time_zone: tzinfo
) -> tuple[str, bool]:
    if name == CONTACT_KEY:
        return contact_key, True
    field = schema.named(name) if schema else None
    if field is None:
        return "", False
    return show_value(record.get(field.id), field, time_zone), True


def _once(names: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
