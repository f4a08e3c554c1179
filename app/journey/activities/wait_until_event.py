"""Wait until API event: until another event comes for the contact, or the time is out."""

from __future__ import annotations

from app.data_extensions.fold import fold
from app.journey.activities.base import FLOW, ActivityType, Setting, Wake, text_of
from app.journey.context import JourneyContext
from app.journey.durations import after, duration_words, read_duration
from app.journey.journey import Activity, Outcome
from app.journey.repairs import Repair, nearest
from app.journey.step import Situation, Step
from app.kernel.errors import Problem
from app.kernel.said import said

CAME = "event"
TIME_OUT = "time-out"


class WaitUntilEvent(ActivityType):
    """WAIT of the original with an event: one path for those for whom it came, one for whom the time ran out."""

    key = "wait_until_event"
    label = "Wait until API event"
    category = FLOW
    help = "An event, or a time-out"
    icon = "wait-event"
    mc_type = "WAIT"
    key_prefix = "WAITBYEVENT"
    waits = True
    settings = (
        Setting("event", "API event", "event", required=True, help="By its Event Definition Key."),
        Setting("time_out", "At most", "duration", default={"amount": 7, "unit": "days"}, required=True),
    )

    def outcomes(self) -> tuple[Outcome, ...]:
        """The event came; the time ran out."""
        return (Outcome(CAME, "Event came"), Outcome(TIME_OUT, "Time-out"))

    def describe(self, activity: Activity, context: JourneyContext) -> str:
        """`Cart ordered, at most 7 days`."""
        key = text_of(activity.settings, "event")
        event = next((each for each in context.events if fold(each.key) == fold(key)), None)
        words = duration_words(activity.settings.get("time_out")) or said("no time-out")
        if not key:
            return said("No event yet")
        return said("{event}, at most {words}", event=event.name if event else key, words=words)

    def bypass(self, activity: Activity) -> str:
        """A disabled tile lets everyone pass as if the time had run out."""
        return activity.outcomes[-1].key if activity.outcomes else ""

    def problems(self, activity: Activity, context: JourneyContext) -> tuple[Problem, ...]:
        """An event that does not exist; a time-out that is none."""
        found = []
        key = text_of(activity.settings, "event")
        if key and context.events and all(fold(each.key) != fold(key) for each in context.events):
            found.append(
                Problem(
                    "wait_until_event.unknown",
                    said("{name} waits for {key}, which is no event of this workspace.", name=activity.name, key=key),
                    activity.key,
                    said("Choose an event of the page Entry sources."),
                )
            )
        if not read_duration(activity.settings.get("time_out")):
            found.append(
                Problem(
                    "wait_until_event.time_out",
                    said("{name} has no usable time-out.", name=activity.name),
                    activity.key,
                    said("Set a whole number from 1 to 9999 and a unit, for example 7 days."),
                )
            )
        return tuple(found)

    def repair(self, activity: Activity, problem: Problem, context: JourneyContext) -> Repair | None:
        """The event whose key is most like it."""
        if problem.code != "wait_until_event.unknown":
            return super().repair(activity, problem, context)
        key = nearest(text_of(activity.settings, "event"), [event.key for event in context.events])
        return Repair({"event": key}, said("Wait for {key}", key=key)) if key else None

    def decide(self, activity: Activity, situation: Situation) -> Step:
        """Waits for either."""
        duration = read_duration(activity.settings.get("time_out"))
        if duration is None:
            return Step(self.bypass(activity), note=said("No usable time-out: passed by."))
        until = after(situation.now, *duration, situation.time_zone)
        key = text_of(activity.settings, "event")
        local = f"{until.astimezone(situation.time_zone):%Y-%m-%d %H:%M}"
        note = said("Waits for {event}, at most until {moment}.", event=key or said("an event"), moment=local)
        return Step(self.bypass(activity), until, note=note)

    def woken_by(self, activity: Activity) -> Wake | None:
        """The chosen event."""
        key = text_of(activity.settings, "event")
        # By position: the keys of an imported wait are the original's.
        return Wake(key, activity.outcomes[0].key) if key and activity.outcomes else None
