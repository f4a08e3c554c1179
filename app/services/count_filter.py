"""How many rows would pass a filter."""

from __future__ import annotations

from collections.abc import Callable

from app.filters.tree import Group
from app.services.settings import read_time_zone
from app.services.views import FilterCount
from app.services.workspace import Workspace


def count_filter(
    ws: Workspace, group: Group, data_extension_id: str, cancelled: Callable[[], bool] = lambda: False
) -> FilterCount:
    """Count the rows that pass `group`, and those left after each of its lines.

    `cancelled` is asked every few milliseconds: soon after it says yes, Cancelled is raised. Raises NotFound.
    """
    with ws.unit_of_work(writes=False) as work:
        data_extension = work.data_extensions.get(data_extension_id)
        zone = read_time_zone(work.facts)
        return work.data_extensions.count(data_extension, group, ws.clock.now(), zone.key, cancelled)
