"""Every activity is fit to run, as its own type says."""

from __future__ import annotations

from collections.abc import Iterator

from app.journey.activities import activity_type
from app.journey.context import JourneyContext
from app.journey.graph import in_order
from app.journey.journey import Journey
from app.journey.rules.rule import Finding, Rule


class ActivitiesRule(Rule):
    """The checks of the types."""

    key = "activities"

    def check(self, journey: Journey, context: JourneyContext) -> Iterator[Finding]:
        """All of them, in reading order."""
        for key in in_order(journey):
            activity = journey.activities[key]
            for problem in activity_type(activity.type).check(activity, context):
                yield Finding(problem)
