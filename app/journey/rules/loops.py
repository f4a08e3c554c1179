"""No loops: a contact passes each activity once at most."""

from __future__ import annotations

from collections.abc import Iterator

from app.journey.context import JourneyContext
from app.journey.graph import find_loop
from app.journey.journey import Journey
from app.journey.rules.rule import Finding, Rule
from app.kernel.errors import Problem
from app.kernel.said import listed, said


class LoopsRule(Rule):
    """Edits never make one; an imported journey may have one."""

    key = "loops"

    def check(self, journey: Journey, context: JourneyContext) -> Iterator[Finding]:  # noqa: ARG002 - looks inside only
        """One loop, said by its names."""
        loop = [key for key in find_loop(journey) if key in journey.activities]
        if loop:
            names = listed(journey.activities[key].name for key in loop)
            yield Finding(
                Problem(
                    "loops.loop",
                    said("The journey runs in a loop: {names}.", names=names),
                    loop[0],
                    said("Make one of their connectors an open end."),
                )
            )
