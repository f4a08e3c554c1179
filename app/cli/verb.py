"""What a verb is: its arguments, one service call, text or JSON out."""

from __future__ import annotations

import argparse
from abc import ABC, abstractmethod
from typing import ClassVar

from app.cli.output import Output
from app.cli.tools import Tools

YES = 0
NO = 1
WRONG = 2


class Verb(ABC):
    """One verb of the command line."""

    key: ClassVar[str]
    """The word itself."""
    help: ClassVar[str]
    """One line in the list of verbs."""
    description: ClassVar[str] = ""
    """What `--help` says after that line: what comes out, what the exit status means."""

    @abstractmethod
    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare the arguments; `--workspace` and `--json` are there already."""

    @abstractmethod
    def run(self, arguments: argparse.Namespace, tools: Tools, out: Output) -> int:
        """Do it; the exit status: YES, NO or WRONG. Raises SwitchbackError, which is shown and means WRONG."""
