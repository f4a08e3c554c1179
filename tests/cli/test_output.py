"""Answers as text and as JSON."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal

from app.cli.output import Output, plain
from app.kernel.errors import Conflict, InvalidInput, Problem, Severity, UnreadableFile


@dataclass
class _Answer:
    took_ms: float
    received_at: datetime
    row: dict[str, object]
    problems: tuple[Problem, ...] = ()


def output(*, json: bool = False) -> tuple[Output, io.StringIO, io.StringIO]:
    stdout, stderr = io.StringIO(), io.StringIO()
    return Output(stdout, stderr, json=json), stdout, stderr


def test_values_become_json_with_names_in_its_manner() -> None:
    answer = _Answer(
        1.5,
        datetime(2026, 1, 31, 13, 5, tzinfo=UTC),
        {"Cart total": Decimal("59.90"), "some_name": None},
        (Problem("c", "Wrong.", severity=Severity.WARNING),),
    )
    assert plain(answer) == {
        "tookMs": 1.5,
        "receivedAt": "2026-01-31T13:05:00Z",
        # Names of fields are the marketer's, not ours.
        "row": {"Cart total": "59.90", "some_name": None},
        "problems": [{"code": "c", "message": "Wrong.", "where": "", "hint": "", "severity": "warning"}],
    }


def test_text_and_json_never_mix() -> None:
    out, stdout, _ = output()
    out.say("Blåbær 🫐")
    out.value({"a": 1})
    assert stdout.getvalue() == "Blåbær 🫐\n"
    out, stdout, _ = output(json=True)
    out.say("Blåbær")
    out.value({"b": "Blåbær"})
    assert json.loads(stdout.getvalue()) == {"b": "Blåbær"}


def test_an_error_says_what_where_and_what_to_do_once() -> None:
    out, stdout, stderr = output()
    out.error(UnreadableFile("x.journey ends too early.", line=3, column=8, hint="Copy it again."))
    assert stderr.getvalue() == "switchback: x.journey ends too early.\n  at line 3, column 8\n  Copy it again.\n"
    assert stdout.getvalue() == ""


def test_all_problems_are_listed() -> None:
    out, _, stderr = output()
    problems = (Problem("a", "First.", "key", "Do a."), Problem("b", "Second.", "name"))
    out.error(InvalidInput("First.", problems, where="key", hint="Do a."))
    assert stderr.getvalue() == "switchback: First.\n  error at key: First. Do a.\n  error at name: Second.\n"
    out, _, stderr = output()
    out.error(InvalidInput("First.", problems[:1], where="key", hint="Do a."))
    assert stderr.getvalue() == "switchback: First.\n  at key\n  Do a.\n"


def test_programs_get_the_error_as_json_too() -> None:
    out, stdout, stderr = output(json=True)
    out.error(Conflict("Taken.", where="name", hint="Choose another."))
    assert json.loads(stdout.getvalue()) == {
        "error": {"message": "Taken.", "where": "name", "hint": "Choose another.", "problems": []}
    }
    assert "Taken." in stderr.getvalue()


def test_what_came_from_elsewhere_does_not_steer_the_terminal() -> None:
    out, stdout, stderr = output()
    out.say("a\x1b[31mb\x9b")
    out.fault("c\rd\n  e")
    assert stdout.getvalue() == "a\\x1b[31mb\\x9b\n"
    assert stderr.getvalue() == "switchback: c\\x0dd\n  e\n"
