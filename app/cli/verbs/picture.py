"""`switchback picture`: the canvas of a file as it looks in the window, without a screen."""

from __future__ import annotations

import argparse
from pathlib import Path

from app.cli.files import check_target, read_file
from app.cli.output import Output
from app.cli.tools import Tools
from app.cli.verb import YES, Verb
from app.cli.verbs.check import context_of
from app.kernel.errors import InvalidInput

FORMATS = (".png", ".svg", ".pdf")


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
        tools.write_picture(file.journey, context_of(file), target, dark=arguments.dark)
        out.say(f"Drew {file.journey.name} to {target}.")
        out.value({"journey": file.journey.name, "file": str(target)})
        return YES
