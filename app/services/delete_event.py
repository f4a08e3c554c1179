"""Delete an event that nobody uses."""

from __future__ import annotations

from app.kernel.errors import Conflict
from app.kernel.said import listed, said
from app.services.workspace import Workspace


def delete_event(ws: Workspace, event_id: str) -> None:
    """Delete the event; its data extension and rows stay. Raises Conflict while a journey names it, NotFound."""
    with ws.unit_of_work() as work:
        event = work.events.get(event_id)
        users = tuple(dict.fromkeys(name for name, _ in work.journeys.by_event().get(event_id, ())))
        if users:
            raise Conflict(
                said("{name} is the entry source of {users}.", name=event.name, users=listed(users)),
                where=event_id,
                hint=said("Choose another event there, or delete that journey, first."),
            )
        work.events.delete(event_id)
        work.changed("events", "running")
        work.commit()
