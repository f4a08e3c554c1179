"""Wait: a length of time, then on."""

from __future__ import annotations

from datetime import datetime, tzinfo
from functools import lru_cache

from app.journey.activities.base import FLOW, ActivityType, Setting, text_of
from app.journey.activities.waiting import clock_problems, duration_problems
from app.journey.context import JourneyContext
from app.journey.durations import after, at_time_of_day, duration_words, read_duration
from app.journey.journey import Activity
from app.journey.step import Situation, Step
from app.kernel.errors import Problem
from app.kernel.said import said


class Wait(ActivityType):
    """WAITBYDURATION of the original: an amount and a unit, and at will a time of day."""

    key = "wait"
    label = "Wait"
    category = FLOW
    help = "A length of time"
    icon = "wait"
    mc_type = "WAIT"
    key_prefix = "WAITBYDURATION"
    waits = True
    settings = (
        Setting("duration", "Duration", "duration", default={"amount": 1, "unit": "days"}, required=True),
        Setting(
            "time",
            "At a time of day",
            "time",
            help="After the duration, wait on until this time; empty: at once.",
        ),
    )

    def describe(self, activity: Activity, context: JourneyContext) -> str:
        """`3 days, then until 09:00`."""
        words = duration_words(activity.settings.get("duration")) or said("No duration yet")
        clock = text_of(activity.settings, "time")
        return said("{words}, then until {clock}", words=words, clock=clock) if clock else words

    def problems(self, activity: Activity, context: JourneyContext) -> tuple[Problem, ...]:
        """A duration that is none, a time of day that is none."""
        return (*duration_problems(activity), *clock_problems(activity))

    def decide(self, activity: Activity, situation: Situation) -> Step:
        """Stays until the duration is over; a duration that cannot be read does not hold the contact."""
        duration = read_duration(activity.settings.get("duration"))
        if duration is None:
            return Step("", note=said("No usable duration: passed by."))
        until, note = _until(situation.now, duration, text_of(activity.settings, "time"), situation.time_zone)
        return Step("", wait_until=until, note=note)


@lru_cache(maxsize=64)
def _until(now: datetime, duration: tuple[int, str], clock: str, time_zone: tzinfo) -> tuple[datetime, str]:
    """When the wait is over, and the line that says so. Contacts that arrive together wait for the same moment."""
    until = at_time_of_day(after(now, *duration, time_zone), clock, time_zone)
    return until, said("Waits until {moment}.", moment=f"{until.astimezone(time_zone):%Y-%m-%d %H:%M}")
