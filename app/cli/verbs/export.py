"""`switchback export`: writes a journey of the workspace as a file."""

from __future__ import annotations

import argparse
from difflib import get_close_matches
from pathlib import Path

from app.cli.files import check_target, write_file
from app.cli.output import Output
from app.cli.tools import Tools, open_existing
from app.cli.verb import YES, Verb
from app.kernel.errors import Conflict, NotFound
from app.services.views import JourneyCard


class Export(Verb):
    """A `.journey` file: the journey with its event and data extensions, without contacts."""

    key = "export"
    help = "write a journey as a .journey file"
    description = "The file holds the newest version with its event and data extensions, and no contacts."

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """Journey and file."""
        parser.add_argument("journey", metavar="JOURNEY", help="name, key or id of the journey")
        parser.add_argument(
            "-o", "--output", type=Path, metavar="FILE", help="the file to write (default: the standard output)"
        )

    def run(self, arguments: argparse.Namespace, tools: Tools, out: Output) -> int:
        """Export."""
        from app.services.export_journey import export_journey
        from app.services.list_journeys import list_journeys

        if arguments.output is not None:
            check_target(arguments.output)
        workspace = open_existing(tools, arguments.workspace)
        try:
            card = find_journey(list_journeys(workspace), arguments.journey)
            content = export_journey(workspace, card.id)
        finally:
            workspace.close()
        if arguments.output is None:
            out.raw(content)
            return YES
        write_file(arguments.output, content)
        out.say(f"Wrote {card.name}, version {card.version}, to {arguments.output}.")
        out.value({"id": card.id, "name": card.name, "version": card.version, "file": str(arguments.output)})
        return YES


def find_journey(cards: tuple[JourneyCard, ...], wanted: str) -> JourneyCard:
    """The journey with that id, key or name, a name in any case when it is the only one. Raises NotFound, Conflict."""
    exact = [card for card in cards if wanted in (card.id, card.key)]
    named = exact or [card for card in cards if card.name == wanted]
    named = named or [card for card in cards if card.name.casefold() == wanted.casefold()]
    if len(named) == 1:
        return named[0]
    if named:
        raise Conflict(
            f"There are {len(named)} journeys with the name {wanted}.",
            hint=f"Name one by its key: {', '.join(card.key for card in named)}.",
        )
    near = get_close_matches(wanted, [card.name for card in cards], n=1)
    if near:
        hint = f"Did you mean {near[0]}?"
    elif cards:
        hint = f"There are {', '.join(card.name for card in cards[:10])}."
    else:
        hint = "This workspace has no journeys yet. Is it the right --workspace?"
    raise NotFound(f"There is no journey {wanted}.", hint=hint)
