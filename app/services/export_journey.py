"""Write a journey to a file for sharing."""

from __future__ import annotations

from app.exchange.write_journey import write_journey_file
from app.services.workspace import Workspace


def export_journey(ws: Workspace, journey_id: str, number: int | None = None) -> bytes:
    """The content of a `.journey` file with that version (or the newest), its event and the data extensions that it
    needs; no contacts. Raises InvalidInput where the journey names a field that is gone, NotFound."""
    with ws.unit_of_work(writes=False) as work:
        version = work.journeys.version(journey_id, number)
        if version.frozen is not None:
            frozen = version.frozen
            own = (frozen.data_extension,) if frozen.data_extension else ()
            return write_journey_file(version.journey, frozen.event, (*own, *frozen.linked))
        wanted = version.journey.entry.event_definition_id if version.journey.entry else None
        event = next((each for each in work.events.all() if each.id == wanted), None)
        return write_journey_file(version.journey, event, work.data_extensions.all())
