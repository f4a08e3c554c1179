"""Wait by attribute: until a date of the contact's own, or some time before or after it."""

from __future__ import annotations

from datetime import UTC, datetime

from app.journey.activities.base import FLOW, ActivityType, Setting, text_of
from app.journey.activities.waiting import clock_problems, duration_problems
from app.journey.context import JourneyContext
from app.journey.durations import after, at_time_of_day, duration_words, read_duration
from app.journey.journey import Activity
from app.journey.repairs import Repair, nearest
from app.journey.step import Situation, Step
from app.kernel.errors import Problem
from app.kernel.said import said

_SIDES = (("at", "On the date"), ("before", "Before it"), ("after", "After it"))


class WaitByAttribute(ActivityType):
    """WAIT of the original with an attribute expression."""

    key = "wait_by_attribute"
    label = "Wait by attribute"
    category = FLOW
    help = "A date of the contact's own"
    icon = "wait-attribute"
    mc_type = "WAIT"
    key_prefix = "WAITBYATTRIBUTE"
    waits = True
    settings = (
        Setting("attribute", "Date", "field", required=True, field_kinds=("date",), help="A field of the event."),
        Setting("side", "When", "choice", default="at", choices=_SIDES),
        Setting(
            "duration", "By", "duration", default={"amount": 1, "unit": "days"}, when=("side", ("before", "after"))
        ),
        Setting("time", "At a time of day", "time", help="Wait on until this time; empty: at once."),
    )

    def describe(self, activity: Activity, context: JourneyContext) -> str:
        """`3 days before Delivery`."""
        name = text_of(activity.settings, "attribute")
        side = text_of(activity.settings, "side")
        if not name:
            return said("No date yet")
        if side in ("before", "after"):
            words = duration_words(activity.settings.get("duration")) or said("No duration")
            if side == "before":
                return said("{words} before {name}", words=words, name=name)
            return said("{words} after {name}", words=words, name=name)
        return said("Until {name}", name=name)

    def problems(self, activity: Activity, context: JourneyContext) -> tuple[Problem, ...]:
        """A field that is none of the event's dates; a duration or a time of day that is none."""
        found = []
        name = text_of(activity.settings, "attribute")
        field = context.schema.named(name) if context.schema else None
        if context.schema and name and (field is None or field.kind != "date"):
            home = context.schema.name
            message = (
                said(
                    '{name} waits for "{field}", which is no date in {schema}.',
                    name=activity.name,
                    field=name,
                    schema=home,
                )
                if field
                else said(
                    '{name} waits for "{field}", which is not there in {schema}.',
                    name=activity.name,
                    field=name,
                    schema=home,
                )
            )
            found.append(
                Problem(
                    "wait_by_attribute.attribute",
                    message,
                    activity.key,
                    said("Choose a field of the kind date."),
                )
            )
        if text_of(activity.settings, "side") in ("before", "after"):
            found.extend(duration_problems(activity))
        found.extend(clock_problems(activity))
        return tuple(found)

    def repair(self, activity: Activity, problem: Problem, context: JourneyContext) -> Repair | None:
        """The only date that there is, or the one whose name is most like it."""
        if problem.code != "wait_by_attribute.attribute" or context.schema is None:
            return super().repair(activity, problem, context)
        dates = [field.name for field in context.schema.fields if field.kind == "date"]
        name = dates[0] if len(dates) == 1 else nearest(text_of(activity.settings, "attribute"), dates)
        return Repair({"attribute": name}, said("Use {name}", name=name)) if name else None

    def decide(self, activity: Activity, situation: Situation) -> Step:
        """Until then; at once when the contact has no such date or it is over."""
        schema = situation.catalog.event
        name = text_of(activity.settings, "attribute")
        field = schema.named(name) if schema else None
        value = situation.record.get(field.id) if field else None
        if not isinstance(value, datetime):
            return Step("", note=said("{name} is empty: went on.", name=name or said("The date")))
        moment = value.astimezone(UTC)
        side = text_of(activity.settings, "side")
        duration = read_duration(activity.settings.get("duration"))
        if duration and side in ("before", "after"):
            amount = -duration[0] if side == "before" else duration[0]
            moment = after(moment, amount, duration[1], situation.time_zone)
        moment = at_time_of_day(moment, text_of(activity.settings, "time"), situation.time_zone)
        local = f"{moment.astimezone(situation.time_zone):%Y-%m-%d %H:%M}"
        if moment <= situation.now:
            return Step("", note=said("{moment} is over: went on.", moment=local))
        return Step("", moment, note=said("Waits until {moment}.", moment=local))
