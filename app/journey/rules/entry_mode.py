"""An entry mode is chosen."""

from __future__ import annotations

from collections.abc import Iterator

from app.journey.context import JourneyContext
from app.journey.edits import SetJourney
from app.journey.journey import ENTRY, EntryMode, Journey
from app.journey.rules.rule import Finding, Rule
from app.kernel.errors import Problem
from app.kernel.said import Said, said


class EntryModeRule(Rule):
    """`NotSet` must not be activated (reference, section 9)."""

    key = "entry_mode"

    def check(self, journey: Journey, context: JourneyContext) -> Iterator[Finding]:  # noqa: ARG002 - looks inside only
        """Not set. The mend offered is the strictest mode that lets a contact come back."""
        if journey.entry_mode is EntryMode.NOT_SET:
            label = EntryMode.AFTER_EXIT.label
            yield Finding(
                Problem(
                    "entry_mode.not_set",
                    said("It is not said who may enter again."),
                    ENTRY,
                    said("Choose an entry mode in the API Event's last step or in the journey's settings."),
                ),
                SetJourney(entry_mode=EntryMode.AFTER_EXIT),
                said("Set {mode}", mode=Said(label[:1].lower() + label[1:], label)),
            )
