"""Path Optimizer: try several paths, then send everyone down the one that did best."""

from __future__ import annotations

from app.journey.activities.base import FLOW, ActivityType, Setting, text_of
from app.journey.context import JourneyContext
from app.journey.durations import read_duration
from app.journey.journey import Activity, Outcome
from app.journey.percentages import by_chance
from app.journey.repairs import Repair
from app.journey.step import Situation, Step
from app.kernel.errors import Problem, Severity
from app.kernel.said import said


class PathOptimizer(ActivityType):
    """ABNTEST of the original. The winner is named by hand: there are no receivers here whose clicks could decide."""

    key = "path_optimizer"
    label = "Path Optimizer"
    category = FLOW
    help = "Try paths, keep the best"
    icon = "path-optimizer"
    mc_type = "ABNTEST"
    key_prefix = "ABNTEST"
    settings = (
        Setting("paths", "Paths", "percentages", default=None, help="Who tries which path; the sum is 100."),
        Setting(
            "evaluation",
            "The winner is decided by",
            "choice",
            default="Manual",
            choices=(("Manual", "Hand"), ("Engagement", "Engagement")),
        ),
        Setting(
            "metric",
            "Engagement",
            "choice",
            default="Clicks",
            choices=(("Clicks", "Clicks"), ("Opens", "Opens"), ("Unsubscribes", "Fewest unsubscribes")),
            when=("evaluation", ("Engagement",)),
        ),
        Setting(
            "period",
            "After",
            "duration",
            default={"amount": 7, "unit": "days"},
            when=("evaluation", ("Engagement",)),
        ),
        Setting(
            "hold_back",
            "Hold back in percent",
            "integer",
            default=0,
            minimum=0,
            maximum=99,
            help="Contacts that wait for the winner in Marketing Cloud. Kept for export; here nobody is held back.",
        ),
        Setting("winner", "Winner", "outcome", help="Named by hand: everyone takes it from then on."),
    )

    def outcomes(self) -> tuple[Outcome, ...]:
        """Two paths, half and half."""
        return tuple(Outcome(f"path-{n}", f"Path {n}", settings={"percentage": 50}) for n in (1, 2))

    def describe(self, activity: Activity, context: JourneyContext) -> str:
        """`2 paths, no winner yet`."""
        winner = self._winner(activity)
        count = len(activity.outcomes)
        if winner is None:
            return said("{count} paths, no winner yet", count=count)
        return said("{count} paths, winner {winner}", count=count, winner=winner.label or winner.key)

    def problems(self, activity: Activity, context: JourneyContext) -> tuple[Problem, ...]:
        """A winner that is no path; a period that is none."""
        found = []
        if text_of(activity.settings, "winner") and self._winner(activity) is None:
            found.append(
                Problem(
                    "path_optimizer.winner",
                    said("{name}: the winner is no longer one of its paths.", name=activity.name),
                    activity.key,
                    said("Choose another winner, or none."),
                )
            )
        if text_of(activity.settings, "evaluation") == "Engagement" and not read_duration(
            activity.settings.get("period")
        ):
            found.append(
                Problem(
                    "path_optimizer.period",
                    said("{name} has no usable time after which engagement decides.", name=activity.name),
                    activity.key,
                    said("Set a whole number from 1 to 9999 and a unit, for example 7 days."),
                )
            )
        if text_of(activity.settings, "evaluation") == "Engagement" and self._winner(activity) is None:
            found.append(
                Problem(
                    "path_optimizer.by_hand",
                    said(
                        "{name}: engagement decides in Marketing Cloud; here all paths go on being tried.",
                        name=activity.name,
                    ),
                    activity.key,
                    said("Name the winner by hand when you know it."),
                    Severity.WARNING,
                )
            )
        return tuple(found)

    def repair(self, activity: Activity, problem: Problem, context: JourneyContext) -> Repair | None:
        """No winner, where it is no path."""
        if problem.code == "path_optimizer.winner":
            return Repair({"winner": ""}, said("Name no winner"))
        if problem.code == "path_optimizer.by_hand":
            return Repair({"evaluation": "Manual"}, said("Decide by hand"))
        return super().repair(activity, problem, context)

    def decide(self, activity: Activity, situation: Situation) -> Step:
        """The winner's path, else by percentage."""
        winner = self._winner(activity)
        if winner:
            return Step(winner.key, note=said("Took the winner, {path}.", path=winner.label or winner.key))
        outcome = by_chance(activity.outcomes, situation.chance)
        return Step(outcome.key, note=said("Tries {path}.", path=outcome.label or outcome.key))

    def _winner(self, activity: Activity) -> Outcome | None:
        key = text_of(activity.settings, "winner")
        return next((outcome for outcome in activity.outcomes if key and outcome.key == key), None)
