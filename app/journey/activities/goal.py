"""Goal: what the journey is for, and whether those who reached it leave."""

from __future__ import annotations

from app.journey.activities.base import Setting
from app.journey.activities.judged import WHEN, WHO, JudgedType
from app.journey.journey import Activity
from app.journey.step import GOAL, LEAVE, Met, Situation, Step
from app.kernel.said import said


class Goal(JudgedType):
    """A goal of the original (`goals[]`; reference, 4.3), judged where the tile stands and, unless its setting says
    otherwise, at the entry and whenever a contact leaves a wait. Met, its word is MetGoalCriteria."""

    key = "goal"
    label = "Goal"
    help = "Counts who reached it"
    icon = "goal"
    mc_type = "GOAL"
    key_prefix = "GOAL"
    settings = (
        WHO,
        Setting(
            "exit",
            "Contacts that reached the goal leave",
            "boolean",
            default=False,
            help="Off: they are counted and go on.",
        ),
        WHEN,
    )
    nothing = said("No goal yet")

    def decide(self, activity: Activity, situation: Situation) -> Step:
        """Leaves or goes on, as is said, where the filter lets the contact pass."""
        if not self.meets(activity, situation):
            return Step("", note=said("The goal is not reached."))
        met = () if situation.met else (Met(GOAL),)
        if activity.settings.get("exit") is True:
            return Step(LEAVE, effects=met, note=said("Reached the goal (MetGoalCriteria): left the journey."))
        if situation.met:
            return Step("", effects=met, note=said("Reached the goal before (MetGoalCriteria)."))
        return Step("", effects=met, note=said("Reached the goal (MetGoalCriteria)."))
