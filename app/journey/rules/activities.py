"""Every activity is fit to run, as its own type says."""

from __future__ import annotations

from collections.abc import Iterator

from app.journey.activities import activity_type
from app.journey.context import JourneyContext
from app.journey.edits import SetActivity
from app.journey.graph import in_order
from app.journey.journey import Journey
from app.journey.rules.rule import Finding, Rule


class ActivitiesRule(Rule):
    """The checks of the types, each with the mend that its type has for it."""

    key = "activities"

    def check(self, journey: Journey, context: JourneyContext) -> Iterator[Finding]:
        """All of them, in reading order."""
        for key in in_order(journey):
            activity = journey.activities[key]
            leaf = activity_type(activity.type)
            for problem in leaf.check(activity, context):
                mend = leaf.repair(activity, problem, context)
                if mend is None:
                    yield Finding(problem)
                else:
                    settings = {**activity.settings, **mend.settings}
                    yield Finding(problem, SetActivity(key, settings=settings, title=mend.says))
