"""Which attributes a filter may ask: the event's data extension and those linked to contacts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from app.data_extensions.data_extension import DataExtension, Field
from app.filters.tree import EVENT, Attribute


@dataclass(frozen=True, slots=True)
class Catalog:
    """The schemas behind a filter. A record to match is a mapping from field id to value over all of them."""

    event: DataExtension | None = None
    linked: tuple[DataExtension, ...] = ()

    def field(self, attribute: Attribute) -> Field | None:
        """The field behind an attribute, or None when the data extension no longer has it."""
        home = self.home(attribute)
        return home.field(attribute.field) if home else None

    def home(self, attribute: Attribute) -> DataExtension | None:
        """The data extension that an attribute belongs to, or None."""
        if attribute.source == EVENT:
            return self.event
        return next((each for each in self.linked if each.id == attribute.source), None)

    def __iter__(self) -> Iterator[tuple[Attribute, Field]]:
        if self.event:
            for field in self.event.fields:
                yield Attribute(field.id), field
        for home in self.linked:
            if self.event and home.id == self.event.id:
                continue  # its fields are the event's own: a record holds one value for each
            for field in home.fields:
                yield Attribute(field.id, home.id), field
