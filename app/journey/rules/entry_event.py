"""The journey starts with an API Event that exists and populates a data extension."""

from __future__ import annotations

from collections.abc import Iterator

from app.journey.context import JourneyContext
from app.journey.edits import SetEntry
from app.journey.journey import ENTRY, Entry, Journey
from app.journey.rules.rule import GENERAL, Finding, Rule
from app.kernel.errors import Problem
from app.kernel.said import said


class EntryEventRule(Rule):
    """An entry source, its event, the event's data extension; in the original's words (reference, 4.4)."""

    key = "entry_event"

    def check(self, journey: Journey, context: JourneyContext) -> Iterator[Finding]:
        """The first of them that is missing."""
        if journey.entry is None:
            hint = said("Drag API Event from the palette to the start of the journey.")
            yield Finding(
                Problem(
                    GENERAL, said("An entry event must be configured before activation can be successful."), ENTRY, hint
                ),
                SetEntry(Entry(), said("Add API Event")),
            )
        elif journey.entry.event_definition_id is None:
            hint = said("Open the API Event tile and choose or create an event.")
            yield Finding(
                Problem(
                    GENERAL,
                    said(
                        "An entry event must be configured before activation can be successful: no event is chosen yet."
                    ),
                    ENTRY,
                    hint,
                )
            )
        elif context.event is None:
            hint = said("Open the API Event tile and choose another event.")
            yield Finding(Problem("entry_event.gone", said("The chosen event no longer exists."), ENTRY, hint))
        elif context.event.data_extension_id is None or context.schema is None:
            yield Finding(
                Problem(
                    "entry_event.data_extension",
                    said("The event {event} has no data extension to populate.", event=context.event.name),
                    ENTRY,
                    said("Open the API Event tile and choose or create one in the step Data extension."),
                )
            )
