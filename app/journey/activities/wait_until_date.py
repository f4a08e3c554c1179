"""Wait until date: everyone goes on at one moment."""

from __future__ import annotations

from app.journey.activities.base import FLOW, ActivityType, Setting
from app.journey.context import JourneyContext
from app.journey.durations import after, read_moment
from app.journey.journey import Activity
from app.journey.repairs import Repair
from app.journey.step import Situation, Step
from app.kernel.errors import Problem, Severity
from app.kernel.said import said


class WaitUntilDate(ActivityType):
    """WAIT of the original with a specific date."""

    key = "wait_until_date"
    label = "Wait until date"
    category = FLOW
    help = "A date and a time"
    icon = "wait-date"
    mc_type = "WAIT"
    key_prefix = "WAITBYDATE"
    waits = True
    settings = (Setting("moment", "Date and time", "moment", required=True),)

    def describe(self, activity: Activity, context: JourneyContext) -> str:
        """`Until 2026-12-24 09:00`."""
        moment = read_moment(activity.settings.get("moment"), context.time_zone)
        if moment is None:
            return said("No date yet")
        return said("Until {moment}", moment=f"{moment.astimezone(context.time_zone):%Y-%m-%d %H:%M}")

    def problems(self, activity: Activity, context: JourneyContext) -> tuple[Problem, ...]:
        """A moment that is none, or is over."""
        value = activity.settings.get("moment")
        moment = read_moment(value, context.time_zone)
        if moment is None and value:
            return (
                Problem(
                    "wait_until_date.moment",
                    said("{name}: {value} is no date with a time.", name=activity.name, value=value),
                    activity.key,
                    said("Write it as 2026-12-24T09:00."),
                ),
            )
        if moment is not None and context.now is not None and moment <= context.now:
            return (
                Problem(
                    "wait_until_date.over",
                    said("{name} waits until a moment that is over: contacts go on at once.", name=activity.name),
                    activity.key,
                    said("Choose a later date."),
                    Severity.WARNING,
                ),
            )
        return ()

    def repair(self, activity: Activity, problem: Problem, context: JourneyContext) -> Repair | None:
        """The same time tomorrow, for one that is over."""
        moment = read_moment(activity.settings.get("moment"), context.time_zone)
        if problem.code != "wait_until_date.over" or moment is None or context.now is None:
            return super().repair(activity, problem, context)
        clock = moment.astimezone(context.time_zone).timetz()
        day = after(context.now, 1, "days", context.time_zone).astimezone(context.time_zone)
        return Repair(
            {"moment": f"{day:%Y-%m-%d}T{clock:%H:%M}"}, said("Wait until tomorrow at {clock}", clock=f"{clock:%H:%M}")
        )

    def decide(self, activity: Activity, situation: Situation) -> Step:
        """Until then; at once when it is over or cannot be read."""
        moment = read_moment(activity.settings.get("moment"), situation.time_zone)
        if moment is None or moment <= situation.now:
            over = said("The date is over: went on.")
            return Step("", note=over if moment else said("No usable date: passed by."))
        local = f"{moment.astimezone(situation.time_zone):%Y-%m-%d %H:%M}"
        return Step("", moment, note=said("Waits until {moment}.", moment=local))
