"""What a goal and an exit criterion share: a filter that is asked of every contact, and when it is asked."""

from __future__ import annotations

from typing import ClassVar

from app.filters.prune import asks
from app.filters.sentence import sentence
from app.filters.tree import Group
from app.journey.activities.base import FLOW, ActivityType, Setting
from app.journey.context import JourneyContext
from app.journey.criteria import EVERYWHERE, JUDGED, criteria_problems, read_criteria, repair_criteria
from app.journey.journey import Activity
from app.journey.repairs import Repair
from app.journey.step import Situation
from app.kernel.errors import Problem

WHO = Setting("filter", "Who", "filter", default=None, required=True, help="As in Filter Contacts.")
WHEN = Setting(
    "judged", "Judged", "choice", default=EVERYWHERE, choices=JUDGED, help="Wherever the contact stands then."
)


class JudgedType(ActivityType):
    """A leaf has WHO and WHEN among its settings and decides what becomes of those who `meet` the filter."""

    category = FLOW
    nothing: ClassVar[str]
    """What the tile says while it has no filter."""

    def describe(self, activity: Activity, context: JourneyContext) -> str:
        """The filter as a sentence."""
        group = _asking(activity)
        return sentence(group, context.catalog) if group else self.nothing

    def problems(self, activity: Activity, context: JourneyContext) -> tuple[Problem, ...]:
        """A filter that asks nothing, or cannot be asked."""
        return criteria_problems(activity, context)

    def repair(self, activity: Activity, problem: Problem, context: JourneyContext) -> Repair | None:
        """The filter without what is wrong in it, where that is known."""
        return repair_criteria(activity, problem, context) or super().repair(activity, problem, context)

    def meets(self, activity: Activity, situation: Situation) -> bool:
        """Whether the filter lets the contact pass; one that asks nothing lets nobody pass."""
        group = _asking(activity)
        return group is not None and situation.matches(group)


def _asking(activity: Activity) -> Group | None:
    group = read_criteria(activity)
    return group if group is not None and asks(group) else None
