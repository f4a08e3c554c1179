"""A data extension as plain JSON values, with the stable ids of its fields: how the workspace keeps one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.data_extensions.data_extension import DataExtension, Field
from app.kernel.errors import InvalidInput, Problem
from app.kernel.said import said

_FIELD_MEMBERS: tuple[tuple[str, type], ...] = (
    ("id", str),
    ("name", str),
    ("kind", str),
    ("length", int),
    ("scale", int),
    ("required", bool),
    ("primary_key", bool),
    ("default", str),
)
_MUST = ("id", "name", "kind")


def to_document(data_extension: DataExtension) -> dict[str, Any]:
    """Plain JSON values; members that say nothing are left out."""
    return {
        "id": data_extension.id,
        "key": data_extension.key,
        "name": data_extension.name,
        "description": data_extension.description,
        "link": data_extension.link,
        "fields": [field_to_document(field) for field in data_extension.fields],
    }


def field_to_document(field: Field) -> dict[str, Any]:
    """One field as plain JSON values; members that say nothing are left out."""
    document: dict[str, Any] = {}
    for name, _ in _FIELD_MEMBERS:
        value = getattr(field, name)
        if value is not None and value is not False:
            document[name] = value
    return document


def from_document(document: Mapping[str, Any]) -> DataExtension:
    """The data extension of such a document. Raises InvalidInput with the place of every wrong member."""
    problems: list[Problem] = []
    texts = {name: _text(document, name, problems) for name in ("id", "key", "name", "description")}
    fields = document.get("fields", [])
    if not isinstance(fields, list):
        problems.append(_problem("fields", said("a list")))
        fields = []
    read = [field_from_document(each, f"fields[{i}]", problems) for i, each in enumerate(fields)]
    link = document.get("link")
    if link is not None and not isinstance(link, str):
        problems.append(_problem("link", said("a text")))
    if problems:
        raise InvalidInput(said("The data extension cannot be read."), tuple(problems))
    return DataExtension(**texts, fields=tuple(f for f in read if f), link=link)


def field_from_document(document: Any, where: str, problems: list[Problem]) -> Field | None:
    """One field; None after a problem was added to `problems`."""
    if not isinstance(document, Mapping):
        problems.append(_problem(where, said("an object")))
        return None
    before = len(problems)
    members: dict[str, Any] = {}
    for name, kind in _FIELD_MEMBERS:
        value = document.get(name)
        if value is None:
            if name in _MUST:
                problems.append(
                    Problem(
                        "missing", said("{where}.{name} is missing.", where=where, name=name), where=f"{where}.{name}"
                    )
                )
            continue
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            words = {str: said("a text"), int: said("a whole number"), bool: said("true or false")}
            problems.append(_problem(f"{where}.{name}", words[kind]))
        members[name] = value
    return Field(**members) if len(problems) == before else None


def _text(document: Mapping[str, Any], name: str, problems: list[Problem]) -> str:
    value = document.get(name, "" if name == "description" else None)
    if isinstance(value, str):
        return value
    problems.append(_problem(name, said("a text")))
    return ""


def _problem(where: str, wanted: str) -> Problem:
    return Problem("wrong_type", said("{where} must be {wanted}.", where=where, wanted=wanted), where=where)
