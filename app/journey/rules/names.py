"""The journey's name and description hold none of the characters that the original refuses."""

from __future__ import annotations

from collections.abc import Iterator

from app.journey.context import JourneyContext
from app.journey.edits import SetJourney
from app.journey.journey import Journey
from app.journey.rules.rule import Finding, Rule
from app.kernel.errors import Problem
from app.kernel.said import said

ILLEGAL = "&<>\"'/"
"""Refused in names and descriptions of journeys; names of activities are free (reference, 4.1, 121072)."""

_CODE = "121072"


class NamesRule(Rule):
    """121072 of the original; and a name at all."""

    key = "names"

    def check(self, journey: Journey, context: JourneyContext) -> Iterator[Finding]:  # noqa: ARG002 - looks inside only
        """Each text with its illegal characters."""
        if not journey.name.strip():
            yield Finding(
                Problem(
                    "names.empty", said("The journey has no name."), "", said("Give it one, such as Abandoned cart.")
                )
            )
        for name, text in ((said("Name"), journey.name), (said("Description"), journey.description)):
            found = " ".join(dict.fromkeys(character for character in text if character in ILLEGAL))
            if found:
                mended = " ".join("".join(" " if each in ILLEGAL else each for each in text).split())
                fix = SetJourney(name=mended) if name == "Name" else SetJourney(description=mended)
                usable = bool(mended) or name == "Description"
                yield Finding(
                    Problem(
                        _CODE,
                        said("Interaction {name} contains illegal characters: {found}", name=name, found=found),
                        "",
                        said("Leave them out, for example {mended}.", mended=mended)
                        if mended
                        else said("Leave them out."),
                    ),
                    fix if usable else None,
                    said("Leave them out"),
                )
