"""The fields that filters ask for exist, and every filter can be run."""

from __future__ import annotations

from collections.abc import Iterator

from app.filters.tree import Group
from app.journey.context import JourneyContext
from app.journey.criteria import filter_problems
from app.journey.journey import ENTRY, Journey
from app.journey.rules.rule import Finding, Rule


class FiltersRule(Rule):
    """The filter of the entry source and those of paths, asked of the schemas as they are now."""

    key = "filters"

    def check(self, journey: Journey, context: JourneyContext) -> Iterator[Finding]:
        """What keeps a filter from being run. Without a data extension or a date there is nothing to ask."""
        for where, name, group in filters_of(journey):
            for problem in filter_problems(group, context, name, where):
                yield Finding(problem)


def filters_of(journey: Journey) -> Iterator[tuple[str, str, Group]]:
    """Every filter of a journey: whose it is (key or ENTRY), what to call it, and its tree."""
    if journey.entry is not None:
        yield ENTRY, "The filter of the entry", journey.entry.filter
    for activity in journey.activities.values():
        for outcome in activity.outcomes:
            if outcome.filter is not None and not activity.disabled:
                yield activity.key, f"{activity.name}, path {outcome.label or outcome.key}", outcome.filter
