"""What a version's goal asks for, as the original counts it: so many contacts, or so many of a hundred."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.journey.document import ORIGINAL
from app.journey.journey import Journey

GOAL = "goal"
WHOLE_NUMBER = "wholenumber"
USUAL_PERCENTAGE = 100.0
"""What a goal asks for that does not say it."""


@dataclass(frozen=True, slots=True)
class Target:
    """`amount` contacts, or per cent of those who entered."""

    amount: float
    percentage: bool

    def is_met(self, met: int, entered: int) -> bool:
        """Whether it is, when `met` of `entered` contacts reached the goal."""
        return met > 0 and (100 * met >= self.amount * entered if self.percentage else met >= self.amount)


def target_of(journey: Journey) -> Target | None:
    """The target of the journey's goal; None where it has none."""
    tile = next((each for each in journey.activities.values() if each.type == GOAL and not each.disabled), None)
    if tile is not None:
        node = tile.extra.get(ORIGINAL)
    else:
        kept = journey.extra.get(ORIGINAL)
        goals = kept.get("goals") if isinstance(kept, Mapping) else None
        if not isinstance(goals, list) or not goals:
            return None
        node = goals[0]
    meta = node.get("metaData") if isinstance(node, Mapping) else None
    return _target(meta if isinstance(meta, Mapping) else {})


def _target(meta: Mapping[str, object]) -> Target:
    try:
        amount = float(str(meta.get("conversionValue")))
    except ValueError:
        return Target(USUAL_PERCENTAGE, percentage=True)
    return Target(amount, percentage=meta.get("conversionUnit") != WHOLE_NUMBER)
