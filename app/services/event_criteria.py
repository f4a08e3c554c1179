"""The filter that an event definition brings of its own, as the original's XML."""

from __future__ import annotations

from app.data_extensions.data_extension import DataExtension
from app.filters.catalog import Catalog
from app.filters.xml import from_xml
from app.services.workspace import Workspace


def check_criteria(ws: Workspace, criteria: str, key: str, own: DataExtension | str | None) -> None:
    """Raise InvalidInput for a filter that cannot be read: nobody would ever enter by it.

    `key` is the event definition's, `own` the data extension that it fills, or its id.
    """
    if not criteria.strip():
        return
    with ws.unit_of_work(writes=False) as work:
        schemas = work.data_extensions.all()
    schema = next((each for each in schemas if each.id == own), None) if isinstance(own, str) else own
    from_xml(criteria, Catalog(schema, tuple(each for each in schemas if each.link)), key)
