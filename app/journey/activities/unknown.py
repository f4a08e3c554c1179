"""An activity of a type that this Switchback does not know: shown, kept and moved, never lost."""

from __future__ import annotations

from app.journey.activities.base import CUSTOM, ActivityType
from app.journey.context import JourneyContext
from app.journey.journey import Activity
from app.journey.step import Situation, Step
from app.kernel.errors import Problem, Severity
from app.kernel.said import said


class UnknownActivity(ActivityType):
    """Stands in for an imported type. Its settings are kept as they came; contacts pass it by its first way out."""

    category = CUSTOM
    help = "Kept as it was imported; contacts pass it by"
    icon = "unknown"

    def __init__(self, key: str) -> None:
        self.key = key
        self.label = key
        self.mc_type = key
        self.key_prefix = "".join(character for character in key.upper() if character.isalnum()) or "ACTIVITY"

    def describe(self, activity: Activity, context: JourneyContext) -> str:
        """The imported type."""
        return said("Imported: {key}", key=self.key)

    def problems(self, activity: Activity, context: JourneyContext) -> tuple[Problem, ...]:
        """A warning: it does nothing here."""
        return (
            Problem(
                "unknown.type",
                said(
                    "{name} is of the type {key}, which Switchback does not run: contacts pass it by.",
                    name=activity.name,
                    key=self.key,
                ),
                activity.key,
                said("It is kept for export. Replace it if the journey is to do something here."),
                Severity.WARNING,
            ),
        )

    def decide(self, activity: Activity, situation: Situation) -> Step:
        """Passes by."""
        return Step(self.bypass(activity), note=said("{type} does not run here: passed by.", type=self.key))
