"""There is something to do after the entry."""

from __future__ import annotations

from collections.abc import Iterator

from app.journey.context import JourneyContext
from app.journey.journey import ENTRY, Journey
from app.journey.rules.rule import GENERAL, Finding, Rule
from app.kernel.errors import Problem
from app.kernel.said import said

MESSAGE = said("An activity must be created and configured before activation can be successful.")
"""The original's words (reference, 4.4)."""


class HasActivityRule(Rule):
    """At least one activity that is not disabled."""

    key = "has_activity"

    def check(self, journey: Journey, context: JourneyContext) -> Iterator[Finding]:  # noqa: ARG002 - looks inside only
        """None, or only disabled ones."""
        if not journey.activities:
            yield Finding(
                Problem(GENERAL, MESSAGE, ENTRY, said("Drag an activity from the palette after the API Event."))
            )
        elif all(activity.disabled for activity in journey.activities.values()):
            first = journey.first or next(iter(journey.activities))
            yield Finding(
                Problem(
                    GENERAL,
                    said(
                        "An activity must be created and configured before activation can be successful: "
                        "all are disabled."
                    ),
                    first,
                    said("Enable at least one activity."),
                )
            )
