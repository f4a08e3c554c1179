"""Join: a tile where paths come together."""

from __future__ import annotations

from app.journey.activities.base import FLOW, ActivityType
from app.journey.context import JourneyContext
from app.journey.graph import places_before
from app.journey.journey import Activity
from app.journey.step import Situation, Step
from app.kernel.said import said


class Join(ActivityType):
    """No activity in the original, where paths simply lead to one tile (reference, 4.3): here it can also stand alone,
    so that there is something to lead paths to. Contacts pass it at once."""

    key = "join"
    label = "Join"
    category = FLOW
    help = "Bring paths together"
    icon = "join"
    mc_type = "JOIN"
    key_prefix = "JOIN"

    def describe(self, activity: Activity, context: JourneyContext) -> str:
        """`3 paths come together`."""
        count = len(places_before(context.journey, activity.key)) if context.journey else 0
        return said("{count} paths come together", count=count) if count > 1 else said("Lead other paths here")

    def decide(self, activity: Activity, situation: Situation) -> Step:
        """Passes."""
        return Step("")
