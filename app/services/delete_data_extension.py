"""Delete a data extension that nobody uses, with its rows."""

from __future__ import annotations

from app.kernel.errors import Conflict
from app.kernel.said import listed, said
from app.services.workspace import Workspace


def delete_data_extension(ws: Workspace, data_extension_id: str) -> None:
    """Delete it and its rows; this cannot be undone. Raises Conflict while an event populates it or a journey that
    goes on names it, NotFound."""
    with ws.unit_of_work() as work:
        data_extension = work.data_extensions.get(data_extension_id)
        events = [each.name for each in work.events.all() if each.data_extension_id == data_extension_id]
        if events:
            raise Conflict(
                said("{name} is populated by {events}.", name=data_extension.name, events=listed(events)),
                where=data_extension_id,
                hint=said("Delete the event first, or let it populate another data extension."),
            )
        journeys = work.journeys.going_with(data_extension_id)
        if journeys:
            raise Conflict(
                said("{name} is used by {journeys}.", name=data_extension.name, journeys=listed(journeys)),
                where=data_extension_id,
                hint=said("Stop that journey first."),
            )
        work.data_extensions.delete(data_extension_id)
        work.changed("data_extensions", "running")
        work.commit()
