"""Update Contact: set values in the contact's row of a data extension."""

from __future__ import annotations

from app.journey.activities.base import Setting
from app.journey.activities.updating import UpdatingType
from app.journey.context import JourneyContext
from app.journey.journey import Activity
from app.journey.updates import names_of_updates
from app.kernel.said import listed, said


class UpdateContact(UpdatingType):
    """UPDATECONTACTDATA of the original: fixed values, or values taken from the event."""

    key = "update_contact"
    label = "Update Contact"
    help = "Write to a data extension"
    icon = "update-contact"
    mc_type = "UPDATECONTACTDATA"
    key_prefix = "UPDATECONTACTDATAV2"
    settings = (Setting("updates", "Updates", "updates", default=[], help="Fields of data extensions with a link."),)

    def describe(self, activity: Activity, context: JourneyContext) -> str:
        """`Sets Tier, Last order`."""
        names = names_of_updates(activity, context)
        return said("Sets {names}", names=listed(names)) if names else said("Nothing to set yet")
