"""The Entry Sources page: events and who uses them."""

from __future__ import annotations

from app.journey.journey import Status
from app.services.views import EventCard
from app.services.workspace import Workspace


def list_events(ws: Workspace) -> tuple[EventCard, ...]:
    """All events by name, with their data extension, the journeys that name them, and how many of those run."""
    with ws.unit_of_work(writes=False) as work:
        schemas = {each.id: each for each in work.data_extensions.all()}
        users = work.journeys.by_event()
        return tuple(
            EventCard(
                definition=event,
                data_extension=schemas.get(event.data_extension_id or ""),
                journeys=tuple(dict.fromkeys(name for name, _ in users.get(event.id, ()))),
                running=sum(status is Status.RUNNING for _, status in users.get(event.id, ())),
                created_at=created_at,
                modified_at=modified_at,
            )
            for event, created_at, modified_at in work.events.dated()
        )
