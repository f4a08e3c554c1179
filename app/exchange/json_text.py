"""Reading JSON that people edit: every fault with its line and column, and the place of a member by its path."""

from __future__ import annotations

import json
import re
from json.decoder import WHITESPACE, scanstring  # type: ignore[attr-defined]  # as documented in the json module's source
from typing import Any

from app.kernel.errors import Problem, UnreadableFile
from app.kernel.said import said

Path = tuple[str | int, ...]
"""The way to a value: names of members and positions in lists."""

LARGEST_FILE = 64 * 1024 * 1024
"""Bytes. A journey of ten thousand activities has seven million."""

_SUSPECT = re.compile(r"\\u(?:[dD][89a-fA-F]|0000)")


def parse(content: bytes, name: str) -> tuple[Any, str]:
    """The value of a JSON file and its text. Raises UnreadableFile with line and column; `name` is the file's."""
    if len(content) > LARGEST_FILE:
        raise UnreadableFile(
            said("{name} is too large: {size} MB.", name=name, size=len(content) // 1024**2),
            hint=said("Files of up to {size} MB are read.", size=LARGEST_FILE // 1024**2),
        )
    text = _text(content, name)
    if not text.strip():
        raise UnreadableFile(said("{name} is empty.", name=name), hint=said("Export the journey again."))
    try:
        value = json.loads(text, object_pairs_hook=_object, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        ended = error.pos >= len(text.rstrip())
        if ended:
            message = said("{name} ends too early.", name=name)
            hint = said("The file was cut off: copy or export it again.")
        else:
            message = said("{name} is not valid JSON.", name=name)
            hint = said("There: {fault}.", fault=error.msg.lower())
        raise _unreadable(message, text, error.pos, hint) from None
    except _Doubled:
        raise _said_twice(text, name) from None
    except _Refused as error:
        raise UnreadableFile(
            said("{name} cannot be read: {error}", name=name, error=error), hint=said("Correct it in an editor.")
        ) from None
    except (RecursionError, ValueError):
        raise UnreadableFile(
            said("{name} cannot be read: it is nested too deep or holds a number that is too long.", name=name),
            hint=said("This is no journey that Switchback wrote. Export the journey again."),
        ) from None
    if _SUSPECT.search(text):
        _check_characters(value, text, name)
    return value, text


def place(path: Path) -> str:
    """A path in words: `journey.activities[2].name`."""
    words = ""
    for step in path:
        words += f"[{step}]" if isinstance(step, int) else f".{step}" if words else step
    return words or said("the file")


def line_and_column(text: str, path: Path) -> tuple[int, int]:
    """Where the value of a path stands, counted from 1; of the nearest value around it where it is not there."""
    return _line_and_column(text, _offset(text, path))


def _line_and_column(text: str, offset: int) -> tuple[int, int]:
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def _text(content: bytes, name: str) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8", "ignore")
        line, column = _line_and_column(before, len(before))
        raise UnreadableFile(
            said("{name} is not a text in UTF-8.", name=name),
            line=line,
            column=column,
            hint=said("Save it as UTF-8, or export the journey again."),
        ) from None


class _Refused(ValueError):
    """What Python's JSON reads and JSON does not have."""


class _Doubled(ValueError):
    """A member was there twice: the last would win without a word."""


class _Object(dict[str, Any]):
    """An object that remembers which of its members was there twice."""

    double: str | None = None


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise _Doubled
    return members


def _remembering(pairs: list[tuple[str, Any]]) -> _Object:
    members = _Object(pairs)
    if len(members) != len(pairs):
        names = [name for name, _ in pairs]
        members.double = next(name for name in names if names.count(name) > 1)
    return members


def _refuse_constant(constant: str) -> Any:
    raise _Refused(said("{constant} is no JSON value.", constant=constant))


def _unreadable(message: str, text: str, offset: int, hint: str) -> UnreadableFile:
    line, column = _line_and_column(text, offset)
    return UnreadableFile(message, line=line, column=column, hint=hint)


def _walk(value: Any, path: Path = ()) -> list[tuple[Path, Any]]:
    """Every value with its path, outer ones first; without recursion, so that depth does no harm."""
    found: list[tuple[Path, Any]] = []
    open_: list[tuple[Path, Any]] = [(path, value)]
    while open_:
        at, each = open_.pop()
        found.append((at, each))
        if isinstance(each, dict):
            open_.extend(((*at, name), member) for name, member in each.items())
        elif isinstance(each, list):
            open_.extend(((*at, i), member) for i, member in enumerate(each))
    return found


def _said_twice(text: str, name: str) -> UnreadableFile:
    """The error for members that are there twice; the text is read once more, to tell where."""
    problems = tuple(
        Problem(
            "double_member",
            said("{path} has two members {double!r}.", path=place(path), double=each.double),
            place(path),
            said("Remove one of them."),
        )
        for path, each in _walk(json.loads(text, object_pairs_hook=_remembering))
        if isinstance(each, _Object) and each.double is not None
    )
    return UnreadableFile(
        said("{name} says something twice: {message}", name=name, message=problems[0].message),
        problems,
        hint=problems[0].hint,
    )


def _check_characters(value: Any, text: str, name: str) -> None:
    for path, each in _walk(value):
        texts = [each] if isinstance(each, str) else list(each) if isinstance(each, dict) else []
        for one in texts:
            if "\0" in one or not _encodes(one):
                raise _unreadable(
                    said("{name} holds a character that no database can keep, in {path}.", name=name, path=place(path)),
                    text,
                    _offset(text, path),
                    said("Remove the NUL character or the half of a surrogate pair there."),
                )


def _encodes(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _offset(text: str, path: Path) -> int:
    """The offset of a path's value, or of the nearest around it. `text` is valid JSON."""
    decoder = json.JSONDecoder()
    at = _skip(text, 0)
    for step in path:
        if isinstance(step, int) and text[at] == "[":
            inner = _item(text, at, step, decoder)
        elif isinstance(step, str) and text[at] == "{":
            inner = _member(text, at, step, decoder)
        else:
            inner = None
        if inner is None:
            return at
        at = inner
    return at


def _item(text: str, at: int, wanted: int, decoder: json.JSONDecoder) -> int | None:
    at = _skip(text, at + 1)
    for _ in range(wanted):
        if text[at] == "]":
            return None
        at = _skip(text, decoder.raw_decode(text, at)[1])
        if text[at] != ",":
            return None
        at = _skip(text, at + 1)
    return None if text[at] == "]" else at


def _member(text: str, at: int, wanted: str, decoder: json.JSONDecoder) -> int | None:
    at = _skip(text, at + 1)
    while text[at] == '"':
        name, end = scanstring(text, at + 1)
        at = _skip(text, _skip(text, end) + 1)
        if name == wanted:
            return at
        at = _skip(text, decoder.raw_decode(text, at)[1])
        if text[at] == ",":
            at = _skip(text, at + 1)
    return None


def _skip(text: str, at: int) -> int:
    found = WHITESPACE.match(text, at)
    assert found is not None
    return int(found.end())
