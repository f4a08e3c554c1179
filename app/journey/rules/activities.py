"""Every activity is fit to run, as its own type says."""

from __future__ import annotations

from collections.abc import Iterator

from app.journey.activities import ActivityType, Setting, activity_type
from app.journey.context import JourneyContext
from app.journey.edits import SetActivity
from app.journey.graph import in_order
from app.journey.journey import Journey
from app.journey.rules.rule import Finding, Rule
from app.kernel.errors import Problem
from app.kernel.said import Said, said


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
                    setting = _to_fill(leaf, problem)
                    yield Finding(
                        problem, says=_says(setting) if setting else "", opens=setting.name if setting else ""
                    )
                else:
                    settings = {**activity.settings, **mend.settings}
                    yield Finding(problem, SetActivity(key, settings=settings, title=mend.says))


def _to_fill(leaf: ActivityType, problem: Problem) -> Setting | None:
    """The setting that a person has to fill in: it is missing, or a filter that asks nothing."""
    codes = {f"{leaf.key}.{each.name}.missing": each for each in leaf.settings}
    codes |= {f"{leaf.key}.{each.name}": each for each in leaf.settings if each.kind == "filter"}
    return codes.get(problem.code)


def _says(setting: Setting) -> str:
    if setting.kind == "filter":
        return said("Edit the filter")
    return said("Fill in {label}", label=Said(setting.label))
