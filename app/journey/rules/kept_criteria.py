"""Goals and exits of Marketing Cloud that have no filter to be read are kept for it, and not judged here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from app.journey.context import JourneyContext
from app.journey.document import ORIGINAL
from app.journey.journey import Journey
from app.journey.rules.rule import Finding, Rule
from app.kernel.errors import Problem, Severity
from app.kernel.said import said

_KEPT = (
    (
        "goals",
        "goal",
        said("The journey brought a goal from Marketing Cloud without a filter to judge by: it is kept."),
        said("Add a Goal from the palette to have it judged."),
    ),
    (
        "exits",
        "exit_criteria",
        said("The journey brought exit criteria from Marketing Cloud without a filter to judge by: it is kept."),
        said("Add Exit criteria from the palette to have it judged."),
    ),
)


class KeptCriteriaRule(Rule):
    """A tile of that kind that somebody added takes the warning away."""

    key = "kept_criteria"

    def check(self, journey: Journey, context: JourneyContext) -> Iterator[Finding]:  # noqa: ARG002 - looks inside only
        """Each kind that came and has no tile."""
        kept = journey.extra.get(ORIGINAL)
        tiles = {activity.type for activity in journey.activities.values() if ORIGINAL not in activity.extra}
        for member, kind, message, hint in _KEPT:
            if isinstance(kept, Mapping) and kept.get(member) and kind not in tiles:
                yield Finding(
                    Problem(
                        f"kept_criteria.{member}",
                        message,
                        "",
                        hint,
                        Severity.WARNING,
                    )
                )
