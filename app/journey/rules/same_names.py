"""Messages have names of their own: reports, Sent and engagement splits tell them apart by it."""

from __future__ import annotations

from collections.abc import Iterator

from app.journey.context import JourneyContext
from app.journey.edits import SetActivity
from app.journey.graph import in_order
from app.journey.journey import Journey
from app.journey.rules.rule import Finding, Rule
from app.kernel.errors import Problem, Severity
from app.kernel.said import said


class SameNamesRule(Rule):
    """Other tiles may share a name: three waits of a day are just that."""

    key = "same_names"

    def check(self, journey: Journey, context: JourneyContext) -> Iterator[Finding]:  # noqa: ARG002 - looks inside only
        """Each message whose name one before it has already."""
        taken = {activity.name for activity in journey.activities.values()}
        seen: set[str] = set()
        for key in in_order(journey):
            activity = journey.activities[key]
            if not activity.type.startswith("send_"):
                continue
            if activity.name not in seen:
                seen.add(activity.name)
                continue
            free = next(name for n in range(2, len(taken) + 3) if (name := f"{activity.name} {n}") not in taken)
            taken.add(free)
            yield Finding(
                Problem(
                    "same_names.message",
                    said(
                        "Two messages are called {name}: Sent and reports cannot tell them apart.", name=activity.name
                    ),
                    key,
                    said("Give one another name, for example {free}.", free=free),
                    Severity.WARNING,
                ),
                SetActivity(key, name=free),
            )
