"""One start: every activity can be reached from the entry source."""

from __future__ import annotations

from collections.abc import Iterator

from app.journey.context import JourneyContext
from app.journey.edits import Changes
from app.journey.graph import in_order, reachable
from app.journey.journey import Journey
from app.journey.rules.rule import Finding, Rule
from app.kernel.errors import Problem
from app.kernel.said import said


class OneStartRule(Rule):
    """The first activity is the one that nobody points to, and there is one (reference, 4.3)."""

    key = "one_start"

    def check(self, journey: Journey, context: JourneyContext) -> Iterator[Finding]:  # noqa: ARG002 - looks inside only
        """Each activity that no contact can reach."""
        reached = reachable(journey.activities, [journey.first])
        for key in in_order(journey):
            if key not in reached:
                changes = Changes(journey)
                changes.drop({key})
                yield Finding(
                    Problem(
                        "one_start.stray",
                        said("No contact can reach {name}: nothing leads to it.", name=journey.activities[key].name),
                        key,
                        said("Connect an open end to it, or remove it."),
                    ),
                    changes.patch(said("Remove {name}", name=journey.activities[key].name)),
                )
