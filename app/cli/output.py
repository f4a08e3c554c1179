"""Answers as text for people, or as one JSON value for programs; always UTF-8, whatever the machine's locale."""

from __future__ import annotations

import io
import json
import re
import sys
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime
from decimal import Decimal
from enum import Enum
from typing import Any, TextIO

from app.kernel.errors import InvalidInput, Problem, SwitchbackError

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


class Output:
    """Where a verb writes to. `json` says that one JSON value is wanted instead of text."""

    def __init__(self, stdout: TextIO, stderr: TextIO, *, json: bool) -> None:
        self._stdout = stdout
        self._stderr = stderr
        self.json = json

    def say(self, line: str = "") -> None:
        """A line for people; nothing where JSON is wanted."""
        if not self.json:
            print(_visible(line), file=self._stdout, flush=True)

    def value(self, value: Any) -> None:
        """The answer for programs; nothing where text is wanted."""
        if self.json:
            print(json.dumps(plain(value), ensure_ascii=False, indent=2), file=self._stdout, flush=True)

    def raw(self, content: bytes) -> None:
        """A file's bytes on the standard output."""
        self._stdout.flush()
        buffer = getattr(self._stdout, "buffer", None)
        if buffer is None:
            self._stdout.write(content.decode())
        else:
            buffer.write(content)
            buffer.flush()

    def problem(self, problem: Problem) -> None:
        """One problem with its place and what to do, as a line for people."""
        self.say(problem_line(problem))

    def error(self, error: SwitchbackError) -> None:
        """What went wrong: for people on the standard error, for programs also as the JSON answer."""
        listed = error.problems if isinstance(error, InvalidInput) else ()
        lines = [f"switchback: {error.message}"]
        if error.where and not listed:
            lines.append(f"  at {error.where}")
        if len(listed) > 1 or (listed and listed[0].message != error.message):
            lines += [f"  {problem_line(problem)}" for problem in listed]
        elif error.where:
            lines += [f"  at {error.where}"] if listed else []
        if error.hint and not any(error.hint in line for line in lines):
            lines.append(f"  {error.hint}")
        print(_visible("\n".join(lines)), file=self._stderr, flush=True)
        self.value(
            {"error": {"message": error.message, "where": error.where, "hint": error.hint, "problems": list(listed)}}
        )

    def aside(self, line: str) -> None:
        """A word for the person at the terminal, which is not the answer: on the standard error."""
        print(_visible(f"switchback: {line}"), file=self._stderr, flush=True)

    def fault(self, message: str) -> None:
        """What went wrong, as a line on the standard error."""
        print(_visible(f"switchback: {message}"), file=self._stderr, flush=True)


def problem_line(problem: Problem) -> str:
    """`error  at EMAILV2-1: No subject yet. Open the tile ...`."""
    at = f" at {problem.where}" if problem.where else ""
    hint = f" {problem.hint}" if problem.hint else ""
    return f"{problem.severity.value}{at}: {problem.message}{hint}"


def plain(value: Any) -> Any:
    """A value of ours as JSON values: members in the manner of JSON (`tookMs`), moments in ISO 8601 in UTC."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    if isinstance(value, Decimal):
        return str(value)
    if is_dataclass(value) and not isinstance(value, type):
        return {_camel(field.name): plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(name): plain(each) for name, each in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(each) for each in value]
    return value


def use_utf8() -> None:
    """Write UTF-8 to the standard streams, and never fail for a character that cannot be written."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _visible(text: str) -> str:
    """The text without control characters: a contact key from elsewhere must not steer the terminal."""
    return _CONTROL.sub(lambda found: f"\\x{ord(found[0]):02x}", text)


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)
