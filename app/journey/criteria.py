"""The filter that a tile keeps in its settings: read and checked."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from app.filters.diagnose import diagnose
from app.filters.document import from_document, to_document
from app.filters.paths import replace
from app.filters.prune import asks, check_limits
from app.filters.tree import Group
from app.journey.context import JourneyContext
from app.journey.journey import Activity
from app.journey.repairs import Repair
from app.kernel.errors import InvalidInput, Problem
from app.kernel.said import said, small

EVERYWHERE = "everywhere"
HERE = "here"
JUDGED = ((EVERYWHERE, "At the entry, while it waits, after each wait, and here"), (HERE, "Only where the tile stands"))
"""When a tile's criteria are judged. A tile that is older than this choice has none, and is judged where it stands."""


def judged_everywhere(activity: Activity) -> bool:
    """Whether the tile's criteria are asked of every contact of the journey, wherever it stands."""
    return not activity.disabled and activity.settings.get("judged") == EVERYWHERE


def read_criteria(activity: Activity) -> Group | None:
    """The tree of the setting `filter`, or None where it holds none that can be read."""
    document = activity.settings.get("filter")
    return _read(json.dumps(document, sort_keys=True)) if isinstance(document, Mapping) else None


@lru_cache(maxsize=512)
def _read(text: str) -> Group | None:
    """The same tree for the same text: the engine keeps compiled filters by the identity of their trees."""
    try:
        return from_document(json.loads(text))
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
                said("{name} has a filter that asks nothing.", name=activity.name),
                activity.key,
                said("Open the tile and add a condition."),
            ),
        )
    return tuple(each.problem for each in filter_problems(group, context, activity.name, activity.key))


def repair_criteria(activity: Activity, problem: Problem, context: JourneyContext) -> Repair | None:
    """The mend that the filter's own diagnosis has."""
    group = read_criteria(activity)
    if group is None:
        return None
    for found in filter_problems(group, context, activity.name, activity.key):
        if found.problem == problem and found.mended is not None:
            return Repair({"filter": to_document(found.mended)}, said("Mend filter"))
    return None


@dataclass(frozen=True, slots=True)
class FilterProblem:
    """What is wrong with a filter, and the filter without it where there is a ready way out."""

    problem: Problem
    mended: Group | None = None


def filter_problems(group: Group, context: JourneyContext, name: str, where: str) -> Iterator[FilterProblem]:
    """What keeps a filter from being asked, and what is likely a mistake (a warning); `name` begins each message.

    Without a schema or a date nothing can be said.
    """
    if context.schema is None or context.now is None:
        return
    try:
        check_limits(group)
    except InvalidInput as error:
        yield FilterProblem(
            Problem(
                "filter.limits", said("{name}: {message}", name=name, message=small(error.message)), where, error.hint
            )
        )
        return
    for found in diagnose(group, context.catalog, context.now, context.time_zone):
        hint = (
            said("{mend}.", mend=found.fix_label)
            if found.fix_label
            else said("Open the filter and change this condition.")
        )
        problem = Problem(
            f"filter.{found.code}",
            said("{name}: {message}", name=name, message=small(found.message)),
            where,
            hint,
            found.severity,
        )
        yield FilterProblem(problem, None if found.fix is None else replace(group, found.path, found.fix))
