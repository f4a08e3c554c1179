"""Update Contact: set values in the contact's row of a data extension."""

from __future__ import annotations

from app.journey.activities.base import UPDATES, ActivityType, Setting
from app.journey.context import JourneyContext
from app.journey.journey import Activity
from app.journey.repairs import Repair
from app.journey.step import Situation, Step
from app.journey.updates import names_of_updates, repair_updates, update_problems, writes_of
from app.kernel.errors import Problem
from app.kernel.said import said


class UpdateContact(ActivityType):
    """UPDATECONTACTDATA of the original: fixed values, or values taken from the event."""

    key = "update_contact"
    label = "Update Contact"
    category = UPDATES
    help = "Write to a data extension"
    icon = "update-contact"
    mc_type = "UPDATECONTACTDATA"
    key_prefix = "UPDATECONTACTDATAV2"
    settings = (Setting("updates", "Updates", "updates", default=[], help="Fields of data extensions with a link."),)

    def describe(self, activity: Activity, context: JourneyContext) -> str:
        """`Sets Tier, Last order`."""
        names = names_of_updates(activity, context)
        return said("Sets {names}", names=", ".join(names)) if names else said("Nothing to set yet")

    def problems(self, activity: Activity, context: JourneyContext) -> tuple[Problem, ...]:
        """Nothing to set, a data extension or field that is gone or has no link, a value that the field refuses."""
        return update_problems(activity, context)

    def repair(self, activity: Activity, problem: Problem, context: JourneyContext) -> Repair | None:
        """Without the lines whose field is gone."""
        return repair_updates(activity, problem, context) or super().repair(activity, problem, context)

    def decide(self, activity: Activity, situation: Situation) -> Step:
        """One write for each update whose field is known and whose value it takes."""
        writes, notes = writes_of(activity, situation)
        return Step("", effects=writes, note=" ".join(notes))
