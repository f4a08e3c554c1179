"""Marketing Cloud knows one goal for a journey: what becomes of further ones there is said."""

from __future__ import annotations

from collections.abc import Iterator

from app.journey.context import JourneyContext
from app.journey.graph import in_order
from app.journey.journey import Journey
from app.journey.rules.rule import Finding, Rule
from app.kernel.errors import Problem, Severity
from app.kernel.said import said


class OneGoalRule(Rule):
    """Here each is judged and counted; a disabled one is no goal."""

    key = "one_goal"

    def check(self, journey: Journey, context: JourneyContext) -> Iterator[Finding]:  # noqa: ARG002 - looks inside only
        """Each goal after the first."""
        tiles = [journey.activities[key] for key in in_order(journey)]
        goals = [each for each in tiles if each.type == "goal" and not each.disabled]
        for goal in goals[1:]:
            yield Finding(
                Problem(
                    "one_goal.further",
                    said("A journey of Marketing Cloud has one goal, and {goal} is it.", goal=goals[0].name),
                    goal.key,
                    said(
                        "{goal} is judged here; in the journey's JSON it stands where only Switchback reads it.",
                        goal=goal.name,
                    ),
                    Severity.WARNING,
                )
            )
