"""Add to data extension: give the contact a row in a data extension, or complete the one that is there."""

from __future__ import annotations

from app.journey.activities.base import UPDATES, ActivityType, Setting
from app.journey.context import JourneyContext
from app.journey.journey import Activity
from app.journey.repairs import Repair
from app.journey.step import Situation, Step
from app.journey.updates import read_updates, repair_updates, update_problems, writes_of
from app.kernel.errors import Problem
from app.kernel.said import said


class AddToDataExtension(ActivityType):
    """DATAEXTENSIONUPDATE of the original. The row is the contact's own: the data extension's link says which it is."""

    key = "add_to_data_extension"
    label = "Add to data extension"
    category = UPDATES
    help = "A row for the contact"
    icon = "add-to-data-extension"
    mc_type = "DATAEXTENSIONUPDATE"
    key_prefix = "DATAEXTENSIONUPDATE"
    settings = (
        Setting("updates", "Values of the row", "updates", default=[], help="Fields of data extensions with a link."),
    )

    def describe(self, activity: Activity, context: JourneyContext) -> str:
        """`Adds to Loyalty`."""
        homes = dict.fromkeys(update["data_extension_id"] for update in read_updates(activity))
        found = [context.data_extension(each) for each in homes]
        names = [home.name if home else "a data extension that is gone" for home in found]
        return said("Adds to {names}", names=", ".join(names)) if names else said("No data extension yet")

    def problems(self, activity: Activity, context: JourneyContext) -> tuple[Problem, ...]:
        """As for Update Contact."""
        return update_problems(activity, context)

    def repair(self, activity: Activity, problem: Problem, context: JourneyContext) -> Repair | None:
        """Without the lines whose field is gone."""
        return repair_updates(activity, problem, context) or super().repair(activity, problem, context)

    def decide(self, activity: Activity, situation: Situation) -> Step:
        """Writes the values; the row is made where there is none."""
        writes, notes = writes_of(activity, situation)
        return Step("", effects=writes, note=" ".join(notes))
