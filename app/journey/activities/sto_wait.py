"""Send time optimization: wait for the hour at which the contact is most likely to look."""

from __future__ import annotations

from datetime import timedelta

from app.journey.activities.base import FLOW, ActivityType, Setting
from app.journey.context import JourneyContext
from app.journey.journey import Activity
from app.journey.step import Situation, Step
from app.kernel.said import said

_MOST = 168


class StoWait(ActivityType):
    """STOWAIT of the original. Its model of each contact's habits is not to be had: an hour of the window is drawn."""

    key = "sto_wait"
    label = "Send Time Optimization"
    category = FLOW
    help = "The best hour in a window"
    icon = "send-time"
    mc_type = "STOWAIT"
    key_prefix = "STOWAIT"
    waits = True
    settings = (
        Setting(
            "hours",
            "Window in hours",
            "integer",
            default=24,
            required=True,
            minimum=1,
            maximum=_MOST,
            help="Contacts go on within this time.",
        ),
        Setting(
            "random",
            "Draw an hour where no habit is known",
            "boolean",
            default=True,
            help="Off: such contacts go on at once. Here no habit is ever known.",
        ),
    )

    def describe(self, activity: Activity, context: JourneyContext) -> str:
        """`Within 24 hours`."""
        hours = activity.settings.get("hours")
        return said("Within 1 hour") if hours == 1 else said("Within {hours} hours", hours=hours)

    def decide(self, activity: Activity, situation: Situation) -> Step:
        """An hour drawn by the engine's chance, or at once."""
        hours = activity.settings.get("hours")
        usable = isinstance(hours, int) and not isinstance(hours, bool) and 1 <= hours <= _MOST
        if not usable or activity.settings.get("random") is not True:
            return Step("", note=said("No habit of this contact is known: went on."))
        assert isinstance(hours, int)
        until = situation.now + timedelta(hours=int(situation.chance * hours) + 1)
        local = until.astimezone(situation.time_zone)
        return Step("", until, note=said("No habit is known; drew {moment}.", moment=f"{local:%Y-%m-%d %H:%M}"))
