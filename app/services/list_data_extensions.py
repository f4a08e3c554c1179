"""The list of data extensions."""

from __future__ import annotations

from app.services.views import DataExtensionCard
from app.services.workspace import Workspace


def list_data_extensions(ws: Workspace) -> tuple[DataExtensionCard, ...]:
    """All data extensions by name, with how many rows they have and which events populate them."""
    with ws.unit_of_work(writes=False) as work:
        rows = work.data_extensions.row_counts()
        events: dict[str | None, list[str]] = {}
        for event in work.events.all():
            events.setdefault(event.data_extension_id, []).append(event.name)
        return tuple(
            DataExtensionCard(each, rows.get(each.id, 0), tuple(events.get(each.id, ())))
            for each in work.data_extensions.all()
        )
