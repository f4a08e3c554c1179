"""What is known of a contact beside an event's data: its values in the data extensions linked to contacts."""

from __future__ import annotations

from collections.abc import Mapping

from app.data_extensions.data_extension import DataExtension, Field, Value
from app.data_extensions.kinds import KINDS
from app.filters.catalog import Catalog
from app.services.workspace import Workspace


def contact_data(ws: Workspace, catalog: Catalog, contact_key: str) -> dict[str, Value]:
    """The values by field id of the contact's newest row in each of the catalog's linked data extensions, as the
    admission of an event reads them. A contact without a row has no value there."""
    with ws.unit_of_work(writes=False) as work:
        record: dict[str, Value] = {}
        for home in catalog.linked:
            record.update(work.stays.linked_rows(home, {contact_key}).get(contact_key, {}))
        return record


def contact_field(home: DataExtension) -> Field | None:
    """The field that says whose row it is: the one linked to contacts, else the only primary key, else None."""
    if home.link:
        return home.field(home.link)
    return home.primary_keys[0] if len(home.primary_keys) == 1 else None


def contact_of(home: DataExtension, values: Mapping[str, Value]) -> str | None:
    """The contact key in a row's values by field id, as text; None when the row does not say."""
    field = contact_field(home)
    value = values.get(field.id) if field else None
    return None if field is None or value is None else KINDS[field.kind].to_text(value, field)
