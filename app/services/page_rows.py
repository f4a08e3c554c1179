"""A page of a data extension's rows."""

from __future__ import annotations

from app.services.views import RowPage
from app.services.workspace import Workspace


def page_rows(ws: Workspace, data_extension_id: str, offset: int, limit: int, search: str = "") -> RowPage:
    """Rows `offset` to `offset + limit` in the order in which they came; `search` keeps those with the text in any
    text field, without regard to case. Raises NotFound."""
    with ws.unit_of_work(writes=False) as work:
        data_extension = work.data_extensions.get(data_extension_id)
        return work.data_extensions.page(data_extension, max(0, offset), max(0, limit), search)
