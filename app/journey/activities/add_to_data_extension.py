"""Add to data extension: give the contact a row in a data extension, or complete the one that is there."""

from __future__ import annotations

from app.journey.activities.base import Setting
from app.journey.activities.updating import UpdatingType
from app.journey.context import JourneyContext
from app.journey.journey import Activity
from app.journey.updates import read_updates
from app.kernel.said import listed, said


class AddToDataExtension(UpdatingType):
    """DATAEXTENSIONUPDATE of the original. The row is the contact's own: the data extension's link says which it is."""

    key = "add_to_data_extension"
    label = "Add to data extension"
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
        return said("Adds to {names}", names=listed(names)) if names else said("No data extension yet")
