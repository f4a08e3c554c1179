"""What the five steps fill in, before anything of it is applied."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from app.data_extensions.data_extension import DataExtension
from app.events.event_definition import EventDefinition
from app.filters.catalog import Catalog
from app.filters.paths import with_attributes
from app.filters.tree import EMPTY, EVENT, Attribute, Group
from app.journey.journey import Entry, EntryMode, Journey
from app.services.views import DataExtensionCard, EventCard


@dataclass
class Draft:
    """The choices so far. `new_event` and `new_data_extension` say that a thing does not exist yet."""

    entry: Entry
    entry_mode: EntryMode
    event: EventDefinition | None = None
    new_event: bool = False
    data_extension: DataExtension | None = None
    new_data_extension: bool = False
    filter: Group = EMPTY
    events: tuple[EventCard, ...] = ()
    data_extensions: tuple[DataExtensionCard, ...] = ()
    journey_name: str = ""
    doubt: str = ""
    """What is wrong, or strange, about the filter; it does not keep anybody from going on."""
    loaded: bool = False
    _names: dict[str, str] = field(default_factory=dict)
    """Names of the fields of every data extension that was chosen, by id."""

    @classmethod
    def of(cls, journey: Journey) -> Draft:
        """What the journey has now."""
        entry = journey.entry or Entry()
        return cls(entry, journey.entry_mode, filter=entry.filter, journey_name=journey.name)

    def load(self, events: tuple[EventCard, ...], data_extensions: tuple[DataExtensionCard, ...]) -> None:
        """The workspace's events and data extensions have been read."""
        self.events, self.data_extensions = events, data_extensions
        self.loaded = True
        self._names |= {each.id: each.name for card in data_extensions for each in card.data_extension.fields}
        if self.event is None and not self.new_event:
            card = self.event_card(self.entry.event_definition_id or "")
            if card is not None:
                self.event = card.definition
                self.data_extension = card.data_extension

    def event_card(self, event_id: str) -> EventCard | None:
        """The listed event with that id."""
        return next((card for card in self.events if card.definition.id == event_id), None)

    def data_extension_card(self, data_extension_id: str) -> DataExtensionCard | None:
        """The listed data extension with that id."""
        return next((card for card in self.data_extensions if card.data_extension.id == data_extension_id), None)

    def key_taken(self, key: str) -> bool:
        """Whether another event has that key."""
        own = self.event.id if self.event else ""
        return any(card.definition.key == key and card.definition.id != own for card in self.events)

    def fixed_by(self) -> tuple[str, ...]:
        """The running journeys that keep the event's data extension as it is; empty: it can be chosen."""
        if self.new_event or self.event is None:
            return ()
        card = self.event_card(self.event.id)
        if card is None or card.data_extension is None or not card.running:
            return ()
        return card.journeys

    def shared_with(self) -> tuple[str, ...]:
        """Other journeys that use the event."""
        card = self.event_card(self.event.id) if self.event and not self.new_event else None
        return tuple(name for name in card.journeys if name != self.journey_name) if card else ()

    def choose_data_extension(self, data_extension: DataExtension | None, *, new: bool) -> None:
        """Take another data extension; the filter follows to the fields of the same name."""
        self.data_extension, self.new_data_extension = data_extension, new
        if data_extension is None:
            return
        self._names |= {each.id: each.name for each in data_extension.fields}
        home = data_extension

        def rename(attribute: Attribute) -> Attribute:
            if attribute.source != EVENT or home.field(attribute.field) is not None:
                return attribute
            same = home.named(self._names.get(attribute.field, ""))
            return replace(attribute, field=same.id) if same else attribute

        self.filter = with_attributes(self.filter, rename)

    def catalog(self) -> Catalog:
        """What the filter may ask: the event's data and that of every data extension linked to contacts."""
        linked = tuple(card.data_extension for card in self.data_extensions if card.data_extension.link)
        return Catalog(self.data_extension, linked)

    def rows(self) -> int:
        """How many rows the chosen data extension has."""
        card = self.data_extension_card(self.data_extension.id) if self.data_extension else None
        return card.rows if card else 0
