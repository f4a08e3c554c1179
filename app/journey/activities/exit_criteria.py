"""Exit criteria: who leaves the journey early."""

from __future__ import annotations

from app.filters.prune import asks
from app.filters.sentence import sentence
from app.journey.activities.base import FLOW, ActivityType, Setting
from app.journey.context import JourneyContext
from app.journey.criteria import EVERYWHERE, JUDGED, criteria_problems, read_criteria, repair_criteria
from app.journey.journey import Activity
from app.journey.repairs import Repair
from app.journey.step import EXIT, LEAVE, Met, Situation, Step
from app.kernel.errors import Problem
from app.kernel.said import said


class ExitCriteria(ActivityType):
    """An exit of the original (`exits[]`; reference, 4.3), judged where the tile stands and, unless its setting says
    otherwise, at the entry and whenever a contact leaves a wait; the original judges it every 15 minutes. Met, its
    word is MetExitCriteria."""

    key = "exit_criteria"
    label = "Exit criteria"
    category = FLOW
    help = "Who leaves early"
    icon = "exit"
    mc_type = "EXITCRITERIA"
    key_prefix = "EXITCRITERIA"
    settings = (
        Setting("filter", "Who", "filter", default=None, required=True, help="As in Filter Contacts."),
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
        return sentence(group, context.catalog) if group and asks(group) else said("No criteria yet")

    def problems(self, activity: Activity, context: JourneyContext) -> tuple[Problem, ...]:
        """A filter that asks nothing, or cannot be asked."""
        return criteria_problems(activity, context)

    def repair(self, activity: Activity, problem: Problem, context: JourneyContext) -> Repair | None:
        """The filter without what is wrong in it, where that is known."""
        return repair_criteria(activity, problem, context) or super().repair(activity, problem, context)

    def decide(self, activity: Activity, situation: Situation) -> Step:
        """Leaves where the filter lets the contact pass."""
        group = read_criteria(activity)
        if group is None or not asks(group) or not situation.matches(group):
            return Step("", note="Does not meet the exit criteria.")
        note = "Met the exit criteria (MetExitCriteria): left the journey."
        return Step(LEAVE, effects=(Met(EXIT),), note=note)
