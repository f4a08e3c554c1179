"""Values that a field really has: proposals for a condition."""

from __future__ import annotations

from app.data_extensions.data_extension import Value
from app.services.workspace import Workspace


def sample_values(ws: Workspace, data_extension_id: str, field_id: str, limit: int = 20) -> tuple[Value, ...]:
    """The most frequent values of the field among the newest rows, the most frequent first. Raises NotFound."""
    with ws.unit_of_work(writes=False) as work:
        return work.data_extensions.samples(work.data_extensions.get(data_extension_id), field_id, limit)
