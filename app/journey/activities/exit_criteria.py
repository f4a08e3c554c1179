"""Exit criteria: who leaves the journey early."""

from __future__ import annotations

from app.journey.activities.judged import WHEN, WHO, JudgedType
from app.journey.journey import Activity
from app.journey.step import EXIT, LEAVE, Met, Situation, Step
from app.kernel.said import said


class ExitCriteria(JudgedType):
    """An exit of the original (`exits[]`; reference, 4.3), judged where the tile stands and, unless its setting says
    otherwise, at the entry and whenever a contact leaves a wait; the original judges it every 15 minutes. Met, its
    word is MetExitCriteria."""

    key = "exit_criteria"
    label = "Exit criteria"
    help = "Who leaves early"
    icon = "exit"
    mc_type = "EXITCRITERIA"
    key_prefix = "EXITCRITERIA"
    settings = (WHO, WHEN)
    nothing = said("No criteria yet")

    def decide(self, activity: Activity, situation: Situation) -> Step:
        """Leaves where the filter lets the contact pass."""
        if not self.meets(activity, situation):
            return Step("", note=said("Does not meet the exit criteria."))
        note = said("Met the exit criteria (MetExitCriteria): left the journey.")
        return Step(LEAVE, effects=(Met(EXIT),), note=note)
