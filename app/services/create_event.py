"""Make an event together with its data extension, in one transaction."""

from __future__ import annotations

from dataclasses import replace

from app.data_extensions.data_extension import DataExtension
from app.events.event_definition import EventDefinition
from app.services.save_data_extension import save_data_extension_in
from app.services.save_event import save_event_in
from app.services.workspace import Workspace


def create_event(ws: Workspace, event: EventDefinition, schema: DataExtension | None = None) -> EventDefinition:
    """Keep a new event, and first its data extension where one is given; both or neither.

    Raises InvalidInput with all problems of whichever is wrong first.
    """
    with ws.unit_of_work() as work:
        if schema is not None:
            event = replace(event, data_extension_id=save_data_extension_in(work, schema, ws).id)
        kept = save_event_in(work, event, ws)
        work.commit()
    return kept
