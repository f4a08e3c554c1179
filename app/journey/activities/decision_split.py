"""Decision Split: the first path whose filter lets the contact pass, else the remainder."""

from __future__ import annotations

from functools import lru_cache

from app.filters.prune import asks
from app.filters.sentence import sentence
from app.filters.tree import EMPTY
from app.journey.activities.base import FLOW, ActivityType, Setting
from app.journey.context import JourneyContext
from app.journey.journey import Activity, Outcome
from app.journey.step import Situation, Step
from app.kernel.errors import Problem
from app.kernel.said import said

REMAINDER = "remainder"
"""The key of the path for everyone whom no filter let pass; always the last."""


class DecisionSplit(ActivityType):
    """MULTICRITERIADECISION of the original. Paths are asked from the top; the order is the marketer's."""

    key = "decision_split"
    label = "Decision Split"
    category = FLOW
    help = "Paths by filters"
    icon = "decision-split"
    mc_type = "MULTICRITERIADECISION"
    key_prefix = "MULTICRITERIADECISIONV2"
    settings = (Setting("paths", "Paths", "paths", default=None, help="Asked from the top; the first that fits."),)

    def outcomes(self) -> tuple[Outcome, ...]:
        """One path without a filter yet, and the remainder."""
        return (Outcome("path-1", "Path 1", filter=EMPTY), Outcome(REMAINDER, "Remainder"))

    def describe(self, activity: Activity, context: JourneyContext) -> str:
        """`2 paths and remainder`; a single path says its filter."""
        paths = [outcome for outcome in activity.outcomes if outcome.key != REMAINDER]
        if len(paths) == 1 and paths[0].filter and asks(paths[0].filter):
            return sentence(paths[0].filter, context.catalog)
        if len(paths) == 1:
            return said("1 path and remainder")
        return said("{count} paths and remainder", count=len(paths))

    def problems(self, activity: Activity, context: JourneyContext) -> tuple[Problem, ...]:
        """The remainder is missing or not last, or there is no path beside it."""
        keys = [outcome.key for outcome in activity.outcomes]
        if keys[-1:] != [REMAINDER] or len(keys) < 2:
            return (
                Problem(
                    "decision_split.paths",
                    said("{name} needs at least one path and, as the last, the remainder.", name=activity.name),
                    activity.key,
                    said("Open the tile and add a path."),
                ),
            )
        return ()

    def bypass(self, activity: Activity) -> str:
        """A disabled split sends everyone to the remainder."""
        return activity.outcomes[-1].key if activity.outcomes else ""

    def decide(self, activity: Activity, situation: Situation) -> Step:
        """The first path that fits."""
        for outcome in activity.outcomes:
            asked = outcome.filter if outcome.key != REMAINDER else None
            if asked is not None and asks(asked) and situation.matches(asked):
                return Step(outcome.key, note=_took(outcome.label))
        last = activity.outcomes[-1]
        return Step(last.key, note=said("No path's filter fitted: took {path}.", path=last.label))


@lru_cache(maxsize=256)
def _took(path: str) -> str:
    """The line about a path that was taken; there are few paths, and many contacts."""
    return said("Took {path}.", path=path)


def add_path(activity: Activity, label: str = "") -> tuple[Outcome, ...]:
    """The outcomes of a split with one more path before the remainder, its key and label unused so far."""
    keys = {outcome.key for outcome in activity.outcomes}
    number = next(n for n in range(1, len(keys) + 2) if f"path-{n}" not in keys)
    fresh = Outcome(f"path-{number}", label or f"Path {number}", filter=EMPTY)
    return (*activity.outcomes[:-1], fresh, *activity.outcomes[-1:])
