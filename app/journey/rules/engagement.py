"""An engagement split gives contacts time to do what it asks about."""

from __future__ import annotations

from collections.abc import Iterator

from app.journey.activities import activity_type
from app.journey.activities.base import text_of
from app.journey.context import JourneyContext
from app.journey.edits import AddActivity
from app.journey.graph import everything_before, places_before
from app.journey.journey import Journey
from app.journey.keys import new_activity
from app.journey.rules.rule import Finding, Rule
from app.kernel.errors import Problem, Severity
from app.kernel.said import said


class EngagementRule(Rule):
    """A wait between the message and the split; without one everybody takes No."""

    key = "engagement"

    def check(self, journey: Journey, context: JourneyContext) -> Iterator[Finding]:  # noqa: ARG002 - looks inside only
        """Each split that is reached right after its message."""
        for activity in journey.activities.values():
            message = text_of(activity.settings, "activity")
            if activity.type != "engagement_split" or activity.disabled or message not in journey.activities:
                continue
            before = everything_before(journey, activity.key)
            places = places_before(journey, activity.key)
            if message not in before or not places or _waits_between(journey, message, before):
                continue
            yield Finding(
                Problem(
                    "engagement.too_soon",
                    said(
                        "{name} asks right after {message} was sent: nobody can have opened it by then.",
                        name=activity.name,
                        message=journey.activities[message].name,
                    ),
                    activity.key,
                    said("Put a wait before it."),
                    Severity.WARNING,
                ),
                AddActivity(new_activity(journey, "wait"), places[0]),
                said("Wait 1 day before it"),
            )


def _waits_between(journey: Journey, message: str, before: set[str]) -> bool:
    return any(
        activity_type(tile.type).waits and not tile.disabled and message in everything_before(journey, tile.key)
        for tile in (journey.activities[key] for key in before)
    )
