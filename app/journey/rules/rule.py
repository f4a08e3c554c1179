"""What a validation rule is: a check that gives what is wrong, with a mend where there is one."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass

from app.journey.context import JourneyContext
from app.journey.edits import Edit
from app.journey.journey import Journey
from app.kernel.errors import Problem

GENERAL = "VALIDATE_GENERAL_EXCEPTION"
"""The original's code where it has no number of its own (reference, 4.4)."""


@dataclass(frozen=True)
class Finding:
    """A problem, and the edit that mends it (None: only a person can); `says` is for its button.

    `opens` is where in the tile's settings a person mends it: the name of a setting, or the key of a path; "" for
    nowhere in particular.
    """

    problem: Problem
    fix: Edit | None = None
    says: str = ""
    opens: str = ""

    @property
    def fix_label(self) -> str:
        """What the mend does, in a few words; "" where there is none."""
        return "" if self.fix is None else self.says or self.fix.label

    @property
    def open_label(self) -> str:
        """What a person will do where the settings open, in a few words; "" where there is a mend, or no place."""
        return self.says if self.fix is None and self.opens else ""


class Rule(ABC):
    """One thing that must hold before a journey can be activated. `key` is its file's name."""

    key: str

    @abstractmethod
    def check(self, journey: Journey, context: JourneyContext) -> Iterator[Finding]:
        """What breaks the rule; `where` is an activity's key, ENTRY, or "" for the journey's own settings."""
