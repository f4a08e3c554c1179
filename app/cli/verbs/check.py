"""`switchback check`: validates a file, problems with their place."""

from __future__ import annotations

import argparse
from datetime import UTC
from pathlib import Path as FilePath
from typing import Any

from app.cli.files import read_file
from app.cli.output import Output, problem_line
from app.cli.tools import Tools, open_existing
from app.cli.verb import NO, YES, Verb
from app.exchange.journey_file import JourneyFile
from app.exchange.json_text import Path, line_and_column, parse
from app.journey.context import JourneyContext
from app.journey.journey import ENTRY
from app.kernel.clock import SystemClock
from app.kernel.errors import Problem, Severity, UnreadableFile


class Check(Verb):
    """The checks that a journey must pass before it is activated, on a file and without a workspace."""

    key = "check"
    help = "validate a .journey file; problems with their place"
    description = (
        "With --workspace it also says what an import there would do. Exit status: 0 valid (warnings do not count), "
        "1 not valid, 2 the file is not there."
    )

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """The file."""
        parser.add_argument("file", metavar="FILE", type=FilePath, help="a .journey file")

    def run(self, arguments: argparse.Namespace, tools: Tools, out: Output) -> int:
        """Check."""
        from app.exchange.read_journey import read_journey_file
        from app.journey.rules import validate

        path: FilePath = arguments.file
        content = read_file(path)
        try:
            file = read_journey_file(content, path.name)
        except UnreadableFile as broken:
            return _unreadable(broken, out)
        problems = validate(file.journey, context_of(file))
        errors = [problem for problem in problems if problem.severity is Severity.ERROR]
        lines = _lines(content, path.name, file, problems)
        for problem, line in zip(problems, lines, strict=True):
            out.say(f"{path}:{line}: {problem_line(problem)}")
        out.say(f"{path}: {_verdict(errors, problems)}")
        answer: dict[str, Any] = {
            "valid": not errors,
            "journey": file.journey.name,
            "problems": problems,
            "lines": lines,
        }
        if arguments.workspace is not None:
            answer["import"] = _import_lines(arguments.workspace, content, path.name, tools, out)
        out.value(answer)
        return NO if errors else YES


def context_of(file: JourneyFile) -> JourneyContext:
    """What surrounds the journey of a file: what the file brings."""
    return JourneyContext(
        catalog=file.catalog,
        event=file.event,
        data_extensions=file.data_extensions,
        events=(file.event,) if file.event else (),
        time_zone=UTC,
        now=SystemClock().now(),
    ).of(file.journey)


def _lines(content: bytes, name: str, file: JourneyFile, problems: tuple[Problem, ...]) -> list[int]:
    """The line of the file at which each problem is to be mended."""
    if not problems:
        return []
    _, text = parse(content, name)
    places: dict[str, Path] = {ENTRY: ("journey", "entry")}
    for number, key in enumerate(file.journey.activities):
        places[key] = ("journey", "activities", number)
    return [line_and_column(text, places.get(problem.where, ("journey",)))[0] for problem in problems]


def _unreadable(broken: UnreadableFile, out: Output) -> int:
    problems = broken.problems or (Problem("unreadable", broken.message, broken.where, broken.hint),)
    if broken.problems:
        out.say(broken.message)
    for problem in problems:
        out.problem(problem)
    out.value({"valid": False, "journey": None, "problems": problems})
    return NO


def _import_lines(location: str, content: bytes, name: str, tools: Tools, out: Output) -> list[str]:
    from app.services.preview_import import preview_import

    workspace = open_existing(tools, location)
    try:
        preview = preview_import(workspace, content, name)
    finally:
        workspace.close()
    out.say("An import:")
    for line in preview.lines:
        out.say(f"  {line}")
    for warning in preview.warnings:
        out.problem(warning)
    return [*preview.lines, *(warning.message for warning in preview.warnings)]


def _verdict(errors: list[Problem], problems: tuple[Problem, ...]) -> str:
    def count(number: int, word: str) -> str:
        return f"{number} {word}{'' if number == 1 else 's'}"

    others = len(problems) - len(errors)
    if errors:
        return f"not valid, {count(len(errors), 'error')}" + (f", {count(others, 'warning')}" if others else "")
    return f"valid, {count(others, 'warning')}" if others else "valid"
