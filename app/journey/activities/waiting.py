"""What waits share: checks of a length of time and of a time of day."""

from __future__ import annotations

from collections.abc import Iterator

from app.journey.durations import read_duration, read_time
from app.journey.journey import Activity
from app.kernel.errors import Problem
from app.kernel.said import said


def duration_problems(activity: Activity) -> Iterator[Problem]:
    """The setting `duration`, where it is none."""
    if read_duration(activity.settings.get("duration")) is None:
        yield Problem(
            f"{activity.type}.duration",
            said("{name} has no usable duration.", name=activity.name),
            activity.key,
            said("Set a whole number from 1 to 9999 and a unit, for example 1 day."),
        )


def clock_problems(activity: Activity) -> Iterator[Problem]:
    """The setting `time`, where it is set and is none."""
    clock = activity.settings.get("time", "")
    if clock and read_time(clock) is None:
        yield Problem(
            f"{activity.type}.time",
            said("{name}: {clock} is no time of day.", name=activity.name, clock=clock),
            activity.key,
            said("Write hours and minutes, for example 09:00."),
        )
