"""Goal: what the journey is for, and whether those who reached it leave."""

from __future__ import annotations

from app.filters.prune import asks
from app.filters.sentence import sentence
from app.journey.activities.base import FLOW, ActivityType, Setting
from app.journey.context import JourneyContext
from app.journey.criteria import EVERYWHERE, JUDGED, criteria_problems, read_criteria, repair_criteria
from app.journey.journey import Activity
from app.journey.repairs import Repair
from app.journey.step import GOAL, LEAVE, Met, Situation, Step
from app.kernel.errors import Problem
from app.kernel.said import said


class Goal(ActivityType):
    """A goal of the original (`goals[]`; reference, 4.3), judged where the tile stands and, unless its setting says
    otherwise, at the entry and whenever a contact leaves a wait. Met, its word is MetGoalCriteria."""

    key = "goal"
    label = "Goal"
    category = FLOW
    help = "Counts who reached it"
    icon = "goal"
    mc_type = "GOAL"
    key_prefix = "GOAL"
    settings = (
        Setting("filter", "Who", "filter", default=None, required=True, help="As in Filter Contacts."),
        Setting(
            "exit",
            "Contacts that reached the goal leave",
            "boolean",
            default=False,
            help="Off: they are counted and go on.",
        ),
        Setting(
            "judged",
            "Judged",
            "choice",
            default=EVERYWHERE,
            choices=JUDGED,
            help="Wherever the contact stands then.",
        ),
    )

    def describe(self, activity: Activity, context: JourneyContext) -> str:
        """The filter as a sentence."""
        group = read_criteria(activity)
        return sentence(group, context.catalog) if group and asks(group) else said("No goal yet")

    def problems(self, activity: Activity, context: JourneyContext) -> tuple[Problem, ...]:
        """A filter that asks nothing, or cannot be asked."""
        return criteria_problems(activity, context)

    def repair(self, activity: Activity, problem: Problem, context: JourneyContext) -> Repair | None:
        """The filter without what is wrong in it, where that is known."""
        return repair_criteria(activity, problem, context) or super().repair(activity, problem, context)

    def decide(self, activity: Activity, situation: Situation) -> Step:
        """Leaves or goes on, as is said, where the filter lets the contact pass."""
        group = read_criteria(activity)
        if group is None or not asks(group) or not situation.matches(group):
            return Step("", note="The goal is not reached.")
        met = () if situation.met else (Met(GOAL),)
        if activity.settings.get("exit") is True:
            return Step(LEAVE, effects=met, note="Reached the goal (MetGoalCriteria): left the journey.")
        before = " before" if situation.met else ""
        return Step("", effects=met, note=f"Reached the goal{before} (MetGoalCriteria).")
