"""`switchback picture`: the canvas of a file as it looks in the window, without a screen."""

from __future__ import annotations

import argparse
from pathlib import Path

from app.cli.files import check_target, read_file
from app.cli.output import Output
from app.cli.tools import PictureStyle, Tools
from app.cli.verb import YES, Verb
from app.cli.verbs.check import context_of
from app.journey.journey import ENTRY, Journey
from app.kernel.errors import InvalidInput

FORMATS = (".png", ".svg", ".pdf")
LEAST, MOST = 25, 400


class Picture(Verb):
    """Draws a `.journey` file as PNG, SVG or PDF."""

    key = "picture"
    help = "draw the canvas of a .journey file (PNG, SVG, PDF) without a screen"
    description = "The ending of the output file chooses the format."

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """File and target."""
        parser.add_argument("file", metavar="FILE", type=Path, help="a .journey file")
        parser.add_argument(
            "-o", "--output", required=True, type=Path, metavar="OUT", help="the picture: out.png, out.svg or out.pdf"
        )
        parser.add_argument("--dark", action="store_true", help="in the dark colours (default: the light ones)")

        parser.add_argument("--transparent", action="store_true", help="without a background")
        parser.add_argument(
            "--scale", type=int, default=200, metavar="PERCENT", help="size of a PNG, 25 to 400 (default: 200)"
        )
        parser.add_argument(
            "--only", action="append", default=[], metavar="TILE", help="draw only this tile, by name or key; repeat it"
        )

    def run(self, arguments: argparse.Namespace, tools: Tools, out: Output) -> int:
        """Draw."""
        from app.exchange.read_journey import read_journey_file

        target: Path = arguments.output
        if target.suffix.lower() not in FORMATS:
            raise InvalidInput(
                f"{target.name} names no format that can be drawn.",
                where="--output",
                hint="End the name in .png, .svg or .pdf.",
            )
        check_target(target)
        file = read_journey_file(read_file(arguments.file), arguments.file.name)
        if not LEAST <= arguments.scale <= MOST:
            raise InvalidInput(
                f"A scale of {arguments.scale} % cannot be drawn.", where="--scale", hint=f"Take {LEAST} to {MOST}."
            )
        style = PictureStyle(
            arguments.dark, arguments.transparent, arguments.scale / 100, _tiles(file.journey, arguments.only)
        )
        tools.write_picture(file.journey, context_of(file), target, style)
        out.say(f"Drew {file.journey.name} to {target}.")
        out.value({"journey": file.journey.name, "file": str(target)})
        return YES


def _tiles(journey: Journey, wanted: list[str]) -> frozenset[str]:
    """The keys of the tiles that are called so; a name may stand for several. Raises InvalidInput for none."""
    found: set[str] = set()
    for name in wanted:
        keys = {each.key for each in journey.activities.values() if name in (each.key, each.name)}
        if journey.entry is not None and name in (ENTRY, journey.entry.name):
            keys.add(ENTRY)
        if not keys:
            names = ", ".join(sorted({each.name for each in journey.activities.values()})[:12])
            raise InvalidInput(f"There is no tile {name}.", where="--only", hint=f"There are: {names}.")
        found |= keys
    return frozenset(found)
