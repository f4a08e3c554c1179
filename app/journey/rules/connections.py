"""Every way out leads to an activity that exists."""

from __future__ import annotations

from collections.abc import Iterator

from app.journey.context import JourneyContext
from app.journey.edits import Changes, Edit
from app.journey.graph import next_at, places
from app.journey.journey import Journey
from app.journey.rules.rule import Finding, Rule
from app.kernel.errors import Problem
from app.kernel.said import said


class ConnectionsRule(Rule):
    """An imported journey may name what is not in it; edits never do."""

    key = "connections"

    def check(self, journey: Journey, context: JourneyContext) -> Iterator[Finding]:  # noqa: ARG002 - looks inside only
        """Each way out to nowhere."""
        for place in places(journey):
            following = next_at(journey, place)
            if following is not None and following not in journey.activities:
                changes = Changes(journey)
                changes.connect(place, None)
                fix: Edit = changes.patch(said("Make it an open end"))
                yield Finding(
                    Problem(
                        "connections.missing",
                        said("A way out leads to {following}, which is not in the journey.", following=following),
                        place.source,
                        said("Make it an open end, or connect it to another activity."),
                    ),
                    fix,
                )
