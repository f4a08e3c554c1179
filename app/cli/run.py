"""Runs one call of the command line: arguments to a verb, errors to messages, answers to an exit status."""

from __future__ import annotations

import argparse
import logging
import os
import sys
from collections.abc import Sequence
from difflib import get_close_matches
from typing import NoReturn

from app.cli.output import Output, use_utf8
from app.cli.tools import Tools
from app.cli.verb import WRONG
from app.cli.verbs import VERBS
from app.kernel.errors import SwitchbackError

_log = logging.getLogger(__name__)

INTERRUPTED = 130
"""What shells give for a program that Ctrl+C ended."""


def run(words: Sequence[str], tools: Tools) -> int:
    """Run the verb that the words begin with; the exit status: 0 yes, 1 no, 2 the call was wrong."""
    use_utf8()
    parser = make_parser(tools.version)
    try:
        arguments = parser.parse_args(words)
    except SystemExit as ended:  # --help and --version, and argparse's own complaints
        return ended.code if isinstance(ended.code, int) else WRONG
    out = Output(sys.stdout, sys.stderr, json=arguments.json)
    try:
        return VERBS[arguments.verb].run(arguments, tools, out)
    except SwitchbackError as error:
        out.error(error)
        return WRONG
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read the output has had enough (`| head`). Python would complain once more while it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return WRONG
    except OSError as error:
        # The verbs say what is wrong with files; what is left is the output itself, on a full disk for example.
        out.fault(f"The answer cannot be written: {error.strerror or error}.")
        return WRONG
    except Exception:  # noqa: BLE001 - the last resort: a fault of the program is logged, never a traceback
        return _fault(tools, out)


def make_parser(version: str) -> argparse.ArgumentParser:
    """The parser of all verbs."""
    parser = _Parser(
        prog="switchback",
        description="Journey Builder's API Event on your own desk. Without a verb the window opens; "
        "name .journey files to preview their import there.",
        epilog="Exit status: 0 yes or done, 1 the answer is no, 2 the call was wrong.",
    )
    parser.add_argument("--version", action="version", version=f"switchback {version}")
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True, parser_class=_Parser)
    for verb in VERBS:
        one = verbs.add_parser(
            verb.key, help=verb.help, description=f"{verb.help[:1].upper()}{verb.help[1:]}. {verb.description}".strip()
        )
        one.add_argument(
            "--workspace",
            metavar="PATH-OR-URL",
            help="the workspace: a file or postgresql://... (default: a file in the platform's data folder)",
        )
        one.add_argument("--json", action="store_true", help="answer with one JSON value, for programs")
        verb.arguments(one)
    return parser


class _Parser(argparse.ArgumentParser):
    """argparse with a proposal for a verb that was mistyped."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and how to learn more; exit status 2."""
        words = [each for each in sys.argv[1:2] if not each.startswith("-")]
        near = get_close_matches(words[0], [verb.key for verb in VERBS], n=1) if words and "VERB" in message else []
        if near:
            message += f". Did you mean {near[0]}?"
        self.print_usage(sys.stderr)
        self.exit(WRONG, f"{self.prog}: {message}\nRun {self.prog} --help for more.\n")


def _fault(tools: Tools, out: Output) -> int:
    path = tools.log_file()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handler = logging.FileHandler(path, encoding="utf-8")
    except OSError:
        _log.exception("the command failed")
        out.fault("This is a fault of Switchback; its log cannot be written.")
        return WRONG
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    _log.addHandler(handler)
    _log.propagate = False
    _log.exception("the command failed")
    _log.removeHandler(handler)
    _log.propagate = True
    handler.close()
    out.fault(f"This is a fault of Switchback. The details are in {path}; please send them with a report.")
    return WRONG
