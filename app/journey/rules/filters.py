"""The fields that filters ask for exist, and every filter can be run."""

from __future__ import annotations

from collections.abc import Iterator

from app.filters.compile import compile_filter
from app.filters.tree import Group
from app.journey.context import JourneyContext
from app.journey.journey import ENTRY, Journey
from app.journey.rules.rule import Finding, Rule
from app.kernel.errors import InvalidInput, Problem


class FiltersRule(Rule):
    """The filter of the entry source and those of paths, asked of the schemas as they are now."""

    key = "filters"

    def check(self, journey: Journey, context: JourneyContext) -> Iterator[Finding]:
        """What keeps a filter from being run. Without a data extension or a date there is nothing to ask."""
        if context.schema is None or context.now is None:
            return
        for where, name, group in filters_of(journey):
            for problem in _problems(group, context):
                message = f"{name}: {problem.message[:1].lower()}{problem.message[1:]}"
                yield Finding(Problem(problem.code, message, where, problem.hint, problem.severity))


def filters_of(journey: Journey) -> Iterator[tuple[str, str, Group]]:
    """Every filter of a journey: whose it is (key or ENTRY), what to call it, and its tree."""
    if journey.entry is not None:
        yield ENTRY, "The filter of the entry", journey.entry.filter
    for activity in journey.activities.values():
        for outcome in activity.outcomes:
            if outcome.filter is not None and not activity.disabled:
                yield activity.key, f"{activity.name}, path {outcome.label or outcome.key}", outcome.filter


def _problems(group: Group, context: JourneyContext) -> tuple[Problem, ...]:
    assert context.now is not None
    try:
        compile_filter(group, context.catalog, context.now, context.time_zone)
    except InvalidInput as error:
        return error.problems or (Problem("filters.invalid", error.message, hint=error.hint),)
    return ()
