"""What surrounds a journey while it is edited."""

from __future__ import annotations

from datetime import datetime

from app.filters.catalog import Catalog
from app.journey.context import JourneyContext
from app.journey.journey import Journey
from app.services.ports import UnitOfWork
from app.services.settings import read_time_zone, settings_of
from app.services.workspace import Workspace


def journey_context(ws: Workspace, journey: Journey) -> JourneyContext:
    """The event, the schemas and the time zone that the journey's summaries, checks and filters need."""
    with ws.unit_of_work(writes=False) as work:
        return context_of(work, journey, ws.clock.now())


def context_of(work: UnitOfWork, journey: Journey, now: datetime) -> JourneyContext:
    """The same inside an open unit of work."""
    schemas = work.data_extensions.all()
    events = work.events.all()
    wanted = journey.entry.event_definition_id if journey.entry else None
    event = next((each for each in events if each.id == wanted), None)
    schema = next((each for each in schemas if event and each.id == event.data_extension_id), None)
    return JourneyContext(
        catalog=Catalog(schema, tuple(each for each in schemas if each.link)),
        event=event,
        data_extensions=schemas,
        events=events,
        time_zone=read_time_zone(work.facts),
        now=now,
        journey=journey,
        calls=settings_of(work.facts).calls,
    )
