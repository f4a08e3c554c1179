"""Every path of a decision split but the remainder has a filter."""

from __future__ import annotations

from collections.abc import Iterator

from app.filters.prune import asks
from app.journey.activities.decision_split import REMAINDER
from app.journey.context import JourneyContext
from app.journey.journey import Journey
from app.journey.rules.rule import Finding, Rule
from app.kernel.errors import Problem
from app.kernel.said import said


class PathFiltersRule(Rule):
    """A path without a filter would never be taken (reference, section 9)."""

    key = "path_filters"

    def check(self, journey: Journey, context: JourneyContext) -> Iterator[Finding]:  # noqa: ARG002 - looks inside only
        """Each path without one."""
        for activity in journey.activities.values():
            if activity.type != "decision_split" or activity.disabled:
                continue
            for outcome in activity.outcomes:
                if outcome.key != REMAINDER and (outcome.filter is None or not asks(outcome.filter)):
                    yield Finding(
                        Problem(
                            "path_filters.missing",
                            said(
                                "{name}: the path {path} has no filter.",
                                name=activity.name,
                                path=outcome.label or outcome.key,
                            ),
                            activity.key,
                            said("Open the tile and say who takes it, or remove the path."),
                        ),
                        says=said("Edit the filter of {path}", path=outcome.label or outcome.key),
                        opens=outcome.key,
                    )
