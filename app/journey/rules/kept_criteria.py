"""Goals and exits of Marketing Cloud that have no filter to be read are kept for it, and not judged here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from app.journey.context import JourneyContext
from app.journey.document import ORIGINAL
from app.journey.journey import Journey
from app.journey.rules.rule import Finding, Rule
from app.kernel.errors import Problem, Severity

_KEPT = (("goals", "goal", "a goal", "Add a Goal"), ("exits", "exit_criteria", "exit criteria", "Add Exit criteria"))


class KeptCriteriaRule(Rule):
    """A tile of that kind that somebody added takes the warning away."""

    key = "kept_criteria"

    def check(self, journey: Journey, context: JourneyContext) -> Iterator[Finding]:  # noqa: ARG002 - looks inside only
        """Each kind that came and has no tile."""
        kept = journey.extra.get(ORIGINAL)
        tiles = {activity.type for activity in journey.activities.values() if ORIGINAL not in activity.extra}
        for member, kind, what, hint in _KEPT:
            if isinstance(kept, Mapping) and kept.get(member) and kind not in tiles:
                yield Finding(
                    Problem(
                        f"kept_criteria.{member}",
                        f"The journey brought {what} from Marketing Cloud without a filter to judge by: it is kept.",
                        "",
                        f"{hint} from the palette to have it judged.",
                        Severity.WARNING,
                    )
                )
