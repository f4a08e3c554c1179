"""What surrounds a journey: the schemas, the event and the time zone that summaries and checks need."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, tzinfo

from app.data_extensions.data_extension import DataExtension
from app.events.event_definition import EventDefinition
from app.filters.catalog import Catalog
from app.journey.calls import CallPolicy
from app.journey.journey import Journey


@dataclass(frozen=True, slots=True)
class JourneyContext:
    """The journey's surroundings as they are now.

    `catalog` holds what filters may ask; `event` is the event that the entry source listens to (None: none chosen, or
    deleted); `data_extensions` and `events` are all of the workspace. `now` None leaves out checks that need a date.
    `journey` is set by `of`, so that an activity can look at its neighbours. `calls` is what the workspace lets REST
    activities do.
    """

    catalog: Catalog = field(default_factory=Catalog)
    event: EventDefinition | None = None
    data_extensions: tuple[DataExtension, ...] = ()
    events: tuple[EventDefinition, ...] = ()
    time_zone: tzinfo = UTC
    now: datetime | None = None
    journey: Journey | None = None
    calls: CallPolicy = CallPolicy.RECORD

    def of(self, journey: Journey) -> JourneyContext:
        """The same surroundings for that state of the journey."""
        return replace(self, journey=journey)

    def data_extension(self, data_extension_id: str) -> DataExtension | None:
        """The data extension with that id, or None."""
        return next((each for each in self.data_extensions if each.id == data_extension_id), None)

    @property
    def schema(self) -> DataExtension | None:
        """The data extension that the event populates, or None."""
        return self.catalog.event
