"""What must hold before a journey is activated: one rule a file, one line here for each. Editing is never blocked."""

from __future__ import annotations

from app.journey.context import JourneyContext
from app.journey.journey import Journey
from app.journey.rules.activities import ActivitiesRule
from app.journey.rules.connections import ConnectionsRule
from app.journey.rules.default_email import DefaultEmailRule
from app.journey.rules.engagement import EngagementRule
from app.journey.rules.entry_event import EntryEventRule
from app.journey.rules.entry_mode import EntryModeRule
from app.journey.rules.filters import FiltersRule
from app.journey.rules.has_activity import HasActivityRule
from app.journey.rules.kept_criteria import KeptCriteriaRule
from app.journey.rules.loops import LoopsRule
from app.journey.rules.names import NamesRule
from app.journey.rules.one_goal import OneGoalRule
from app.journey.rules.one_start import OneStartRule
from app.journey.rules.path_filters import PathFiltersRule
from app.journey.rules.percentages import PercentagesRule
from app.journey.rules.rule import Finding, Rule
from app.journey.rules.same_names import SameNamesRule
from app.kernel.errors import Problem
from app.kernel.registry import Registry

__all__ = ["RULES", "Finding", "Rule", "find_problems", "validate"]

RULES: Registry[Rule] = Registry(
    "rule",
    (
        EntryEventRule(),
        EntryModeRule(),
        HasActivityRule(),
        NamesRule(),
        DefaultEmailRule(),
        ConnectionsRule(),
        OneStartRule(),
        LoopsRule(),
        FiltersRule(),
        PathFiltersRule(),
        PercentagesRule(),
        ActivitiesRule(),
        EngagementRule(),
        SameNamesRule(),
        KeptCriteriaRule(),
        OneGoalRule(),
    ),
)


def find_problems(journey: Journey, context: JourneyContext) -> tuple[Finding, ...]:
    """Everything that is wrong, in the order of the rules, each with its mend where there is one."""
    around = context.of(journey)
    return tuple(finding for rule in RULES for finding in rule.check(journey, around))


def validate(journey: Journey, context: JourneyContext) -> tuple[Problem, ...]:
    """Everything that is wrong. Errors block activation; `where` is an activity's key, ENTRY, or "" for settings."""
    return tuple(finding.problem for finding in find_problems(journey, context))
