"""The percentages of a split are whole, each from 1 to 99, and sum to 100."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from app.journey.context import JourneyContext
from app.journey.edits import SetActivity
from app.journey.journey import Activity, Journey
from app.journey.percentages import spread, with_shares
from app.journey.rules.rule import Finding, Rule
from app.kernel.errors import Problem
from app.kernel.said import said


class PercentagesRule(Rule):
    """Reference, section 9: percentages 1-99, sum 100. Looks at every activity whose outcomes have percentages."""

    key = "percentages"

    def check(self, journey: Journey, context: JourneyContext) -> Iterator[Finding]:  # noqa: ARG002 - looks inside only
        """Each split that does not sum up."""
        for activity in journey.activities.values():
            given = [outcome.settings.get("percentage") for outcome in activity.outcomes]
            if activity.disabled or all(each is None for each in given) or _sums_up(given):
                continue
            terms = " + ".join("?" if each is None else str(each) for each in given)
            yield Finding(
                Problem(
                    "percentages.sum",
                    said("{name}: the percentages {terms} do not make 100.", name=activity.name, terms=terms),
                    activity.key,
                    said("Use whole numbers from 1 to 99 that sum to 100."),
                ),
                _spread_evenly(activity),
            )


def _sums_up(given: list[Any]) -> bool:
    whole = [each for each in given if isinstance(each, int) and not isinstance(each, bool) and 1 <= each <= 99]
    return len(whole) == len(given) and sum(whole) == 100


def _spread_evenly(activity: Activity) -> SetActivity:
    outcomes = with_shares(activity.outcomes, spread(len(activity.outcomes)))
    return SetActivity(activity.key, outcomes=outcomes, title=said("Spread percentages evenly"))
