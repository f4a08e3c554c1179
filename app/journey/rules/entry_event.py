"""The journey starts with an API Event that exists and populates a data extension."""

from __future__ import annotations

from collections.abc import Iterator

from app.journey.context import JourneyContext
from app.journey.edits import SetEntry
from app.journey.journey import ENTRY, Entry, Journey
from app.journey.rules.rule import GENERAL, Finding, Rule
from app.kernel.errors import Problem

MESSAGE = "An entry event must be configured before activation can be successful"
"""The original's words (reference, 4.4)."""


class EntryEventRule(Rule):
    """An entry source, its event, the event's data extension."""

    key = "entry_event"

    def check(self, journey: Journey, context: JourneyContext) -> Iterator[Finding]:
        """The first of them that is missing."""
        if journey.entry is None:
            hint = "Drag API Event from the palette to the start of the journey."
            yield Finding(Problem(GENERAL, f"{MESSAGE}.", ENTRY, hint), SetEntry(Entry(), "Add API Event"))
        elif journey.entry.event_definition_id is None:
            hint = "Open the API Event tile and choose or create an event."
            yield Finding(Problem(GENERAL, f"{MESSAGE}: no event is chosen yet.", ENTRY, hint))
        elif context.event is None:
            hint = "Open the API Event tile and choose another event."
            yield Finding(Problem("entry_event.gone", "The chosen event no longer exists.", ENTRY, hint))
        elif context.event.data_extension_id is None or context.schema is None:
            yield Finding(
                Problem(
                    "entry_event.data_extension",
                    f"The event {context.event.name} has no data extension to populate.",
                    ENTRY,
                    "Open the API Event tile and choose or create one in the step Data extension.",
                )
            )
