"""What a `.journey` file holds: one journey with its event and the data extensions that it needs. No contacts."""

from __future__ import annotations

from dataclasses import dataclass

from app.data_extensions.data_extension import DataExtension
from app.events.event_definition import EventDefinition
from app.filters.catalog import Catalog
from app.filters.tree import EVENT, Attribute
from app.journey.journey import Journey
from app.kernel.said import said

SUFFIX = ".journey"
FORMAT = "format"
BEYOND = "$file"
"""Member of the journey's `extra` that keeps what a newer Switchback wrote outside the journey's own part: unknown
members by their place (`event`, `dataExtensions/KEY/FIELD`), so that they are in the file again when it is exported."""

KEY_PREFIX = "key:"
"""In a file the source of an attribute is `event`, or this and the external key of a linked data extension."""


@dataclass(frozen=True, slots=True)
class JourneyFile:
    """A file that was read whole. Ids are the file's own and begin with `file:`; plan_import gives real ones.

    `name` is the file's name, for messages.
    """

    name: str
    journey: Journey
    event: EventDefinition | None
    data_extensions: tuple[DataExtension, ...]

    @property
    def catalog(self) -> Catalog:
        """What filters of the file may ask: the event's data extension, and those linked to contacts."""
        home = self.event.data_extension_id if self.event else None
        return Catalog(
            next((each for each in self.data_extensions if each.id == home), None),
            tuple(each for each in self.data_extensions if each.link is not None),
        )


def attribute_in_words(attribute: Attribute) -> str:
    """An attribute of a file as a message names it."""
    if attribute.source == EVENT:
        return f'"{attribute.field}"'
    return said('"{field}" of {key}', field=attribute.field, key=attribute.source.removeprefix(KEY_PREFIX))
