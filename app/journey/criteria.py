"""The filter that a tile keeps in its settings: read and checked."""

from __future__ import annotations

from app.filters.compile import compile_filter
from app.filters.document import from_document
from app.filters.prune import asks
from app.filters.tree import Group
from app.journey.context import JourneyContext
from app.journey.journey import Activity
from app.kernel.errors import InvalidInput, Problem


def read_criteria(activity: Activity) -> Group | None:
    """The tree of the setting `filter`, or None where it holds none that can be read."""
    document = activity.settings.get("filter")
    try:
        return from_document(document) if document else None
    except InvalidInput:
        return None


def criteria_problems(activity: Activity, context: JourneyContext) -> tuple[Problem, ...]:
    """A filter that asks nothing or cannot be read, and what keeps it from being asked of the schemas as they are."""
    group = read_criteria(activity)
    if group is None or not asks(group):
        if not activity.settings.get("filter"):
            return ()  # said already: a required setting is missing
        return (
            Problem(
                f"{activity.type}.filter",
                f"{activity.name} has a filter that asks nothing.",
                activity.key,
                "Open the tile and add a condition.",
            ),
        )
    return filter_problems(group, context, activity.name, activity.key)


def filter_problems(group: Group, context: JourneyContext, name: str, where: str) -> tuple[Problem, ...]:
    """What keeps a filter from being asked; `name` begins each message. Without a schema or a date nothing is asked."""
    if context.schema is None or context.now is None:
        return ()
    try:
        compile_filter(group, context.catalog, context.now, context.time_zone)
    except InvalidInput as error:
        listed = error.problems or (Problem("filter.invalid", error.message, hint=error.hint),)
        return tuple(
            Problem(each.code, f"{name}: {each.message[:1].lower()}{each.message[1:]}", where, each.hint, each.severity)
            for each in listed
        )
    return ()
