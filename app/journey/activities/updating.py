"""What the tiles share that write to data extensions."""

from __future__ import annotations

from app.journey.activities.base import UPDATES, ActivityType
from app.journey.context import JourneyContext
from app.journey.journey import Activity
from app.journey.repairs import Repair
from app.journey.step import Situation, Step
from app.journey.updates import repair_updates, update_problems, writes_of
from app.kernel.errors import Problem
from app.kernel.said import sentences


class UpdatingType(ActivityType):
    """A leaf has a setting `updates`, and says in a few words what they write."""

    category = UPDATES

    def problems(self, activity: Activity, context: JourneyContext) -> tuple[Problem, ...]:
        """Nothing to set, a data extension or field that is gone or has no link, a value that the field refuses."""
        return update_problems(activity, context)

    def repair(self, activity: Activity, problem: Problem, context: JourneyContext) -> Repair | None:
        """Without the lines whose field is gone."""
        return repair_updates(activity, problem, context) or super().repair(activity, problem, context)

    def decide(self, activity: Activity, situation: Situation) -> Step:
        """One write for each update whose field is known and whose value it takes; a row is made where there is
        none."""
        writes, notes = writes_of(activity, situation)
        return Step("", effects=writes, note=sentences(*notes))
