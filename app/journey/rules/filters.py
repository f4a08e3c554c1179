"""The fields that filters ask for exist, and every filter can be asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from app.filters.tree import Group
from app.filters.xml import from_xml
from app.journey.context import JourneyContext
from app.journey.criteria import filter_problems
from app.journey.edits import SetActivity, SetEntry
from app.journey.journey import ENTRY, Activity, Entry, Journey
from app.journey.rules.rule import Finding, Rule
from app.kernel.errors import InvalidInput, Problem
from app.kernel.said import said


class FiltersRule(Rule):
    """The filter of the entry source and those of paths, asked of the schemas as they are now."""

    key = "filters"

    def check(self, journey: Journey, context: JourneyContext) -> Iterator[Finding]:
        """What keeps a filter from being asked, and as warnings what is likely a mistake."""
        entry = journey.entry
        yield from _of_event(context)
        if entry is not None:
            for found in filter_problems(entry.filter, context, said("The filter of the entry"), ENTRY):
                yield Finding(found.problem, _entry(entry, found.mended))
        for activity in journey.activities.values():
            for outcome in activity.outcomes if not activity.disabled else ():
                if outcome.filter is not None:
                    name = said("{name}, path {path}", name=activity.name, path=outcome.label or outcome.key)
                    for found in filter_problems(outcome.filter, context, name, activity.key):
                        yield Finding(found.problem, _path(activity, outcome.key, found.mended))


def _of_event(context: JourneyContext) -> Iterator[Finding]:
    """The filter that the event brought of its own: nobody can mend it here, and unread it lets nobody in."""
    event = context.event
    if event is None or not event.criteria.strip():
        return
    try:
        group = from_xml(event.criteria, context.catalog, event.key)
    except InvalidInput as wrong:
        yield Finding(
            Problem(
                "filter.event",
                said("The event's own filter cannot be read, so nobody would enter: {why}", why=wrong.message),
                ENTRY,
                said("Choose another event, or send this one's definition again with a filter that can be read."),
            )
        )
        return
    for found in filter_problems(group, context, said("The event's own filter"), ENTRY):
        yield Finding(found.problem)


def _entry(entry: Entry, mended: Group | None) -> SetEntry | None:
    return None if mended is None else SetEntry(replace(entry, filter=mended), said("Mend filter"))


def _path(activity: Activity, outcome_key: str, mended: Group | None) -> SetActivity | None:
    if mended is None:
        return None
    outcomes = tuple(replace(o, filter=mended) if o.key == outcome_key else o for o in activity.outcomes)
    return SetActivity(activity.key, outcomes=outcomes, title=said("Mend filter"))
