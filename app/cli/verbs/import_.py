"""`switchback import`: brings journeys from files into the workspace."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from app.cli.files import read_file
from app.cli.output import Output
from app.cli.tools import Tools
from app.cli.verb import NO, YES, Verb
from app.kernel.errors import InvalidInput, Problem
from app.services.views import ImportPreview, JourneyCard
from app.services.workspace import Workspace


class Import(Verb):
    """Every file is read before anything is written: one that cannot be read stops them all."""

    key = "import"
    help = "bring journeys from .journey files into the workspace"
    description = (
        "Each comes in as a draft, with its event and data extensions; what the workspace has already is used and "
        "never changed. Exit status: 0 done, 1 imported but not activated, 2 a file or the workspace is wrong."
    )

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """Files."""
        parser.add_argument("files", metavar="FILE", nargs="+", type=Path, help="a .journey file")
        parser.add_argument("--activate", action="store_true", help="activate each journey after its import")

    def run(self, arguments: argparse.Namespace, tools: Tools, out: Output) -> int:
        """Import."""
        from app.exchange.read_journey import read_journey_file

        contents = [(path.name, read_file(path)) for path in arguments.files]
        for name, content in contents:
            read_journey_file(content, name)
        workspace = tools.open_workspace(arguments.workspace)
        answers: list[dict[str, Any]] = []
        try:
            for name, content in contents:
                answers.append(_import(workspace, name, content, arguments.activate, out))
        finally:
            workspace.close()
        out.value({"journeys": answers})
        return NO if any(answer["problems"] for answer in answers) else YES


def _import(workspace: Workspace, name: str, content: bytes, activate: bool, out: Output) -> dict[str, Any]:
    from app.services.activate_journey import activate_journey
    from app.services.import_journey import import_journey
    from app.services.list_journeys import list_journeys
    from app.services.preview_import import preview_import

    preview = preview_import(workspace, content, name)
    card = import_journey(workspace, preview)
    out.say(f"{name}:")
    for line in preview.lines:
        out.say(f"  {line}")
    for warning in preview.warnings:
        out.problem(warning)
    problems: tuple[Problem, ...] = ()
    if activate:
        try:
            activate_journey(workspace, card.id)
            card = next(each for each in list_journeys(workspace) if each.id == card.id)
            out.say(f"  Active: {card.name}, version {card.version}.")
        except InvalidInput as refused:
            problems = refused.problems
            out.say(f"  Not activated: {refused.message} It stays a draft.")
            for problem in problems:
                out.problem(problem)
    if preview.event is not None:
        out.say(f"  Event Definition Key: {preview.event.key}")
    return _answer(card, preview, problems)


def _answer(card: JourneyCard, preview: ImportPreview, problems: tuple[Problem, ...]) -> dict[str, Any]:
    return {
        "file": preview.name,
        "id": card.id,
        "key": card.key,
        "name": card.name,
        "status": card.status,
        "version": card.version,
        "eventDefinitionKey": preview.event.key if preview.event else None,
        "did": preview.lines,
        "warnings": preview.warnings,
        "problems": problems,
    }
