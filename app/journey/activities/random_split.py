"""Random Split: contacts are spread over paths by percentages."""

from __future__ import annotations

from app.journey.activities.base import FLOW, ActivityType, Setting
from app.journey.context import JourneyContext
from app.journey.journey import Activity, Outcome
from app.journey.percentages import by_chance, shares_of
from app.journey.step import Situation, Step
from app.kernel.said import said


class RandomSplit(ActivityType):
    """RANDOMSPLIT of the original: percentages that sum to 100."""

    key = "random_split"
    label = "Random Split"
    category = FLOW
    help = "Paths by percentage"
    icon = "random-split"
    mc_type = "RANDOMSPLIT"
    key_prefix = "RANDOMSPLITV2"
    settings = (Setting("paths", "Paths", "percentages", default=None, help="The percentages always make 100."),)

    def outcomes(self) -> tuple[Outcome, ...]:
        """Half and half."""
        return tuple(Outcome(f"path-{n}", f"Path {n}", settings={"percentage": 50}) for n in (1, 2))

    def describe(self, activity: Activity, context: JourneyContext) -> str:
        """`50 / 30 / 20 %`."""
        return " / ".join(str(share) for share in shares_of(activity.outcomes)) + " %"

    def decide(self, activity: Activity, situation: Situation) -> Step:
        """The path that the engine's chance points to."""
        outcome = by_chance(activity.outcomes, situation.chance)
        return Step(outcome.key, note=said("Drew {path}.", path=outcome.label or outcome.key))
