"""What the comparisons write into the code: the ids and columns of the story's journey in a workspace."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Any

from app.bootstrap import open_workspace
from app.services.list_events import list_events
from app.services.list_journeys import list_journeys
from app.services.open_journey import open_journey


@dataclass(frozen=True)
class Place:
    """The workspace's file with the names in it."""

    path: str
    table: str
    columns: tuple[str, ...]
    key: str
    fields: dict[str, str]
    journey: str
    version: str
    event: str
    event_key: str

    @property
    def marks(self) -> str:
        """A question mark for each column of the rows."""
        return ",".join("?" * len(self.columns))

    def row(
        self, row_id: int, instance: str, contact: str, data: dict[str, Any], total: int, now: int
    ) -> tuple[Any, ...]:
        """A row in the order of the table's columns."""
        values: dict[str, Any] = {
            "row_id": row_id,
            "event_instance_id": instance,
            self.fields["Contact key"]: contact,
            self.fields["First name"]: data["First name"],
            self.fields["Email"]: data["Email"],
            self.fields["Cart total"]: total,
            self.fields["Country"]: data["Country"],
            self.fields["Abandoned at"]: now,
            self.fields["Gift"]: 0,
        }
        twins = {f"{name}_ci": value.casefold() for name, value in values.items() if isinstance(value, str)}
        values |= twins
        return tuple(values.get(column) for column in self.columns)


def find_place(location: str) -> Place:
    """Look the names up."""
    ws = open_workspace(location)
    card = list_events(ws)[0]
    journey = list_journeys(ws)[0]
    version = open_journey(ws, journey.id)
    ws.close()
    assert card.data_extension is not None
    with sqlite3.connect(location) as connection:
        (table,) = connection.execute("SELECT table_name FROM data_extension").fetchone()
        columns = tuple(row[1] for row in connection.execute(f"PRAGMA table_info({table})"))
    connection.close()
    fields = {field.name: field.id for field in card.data_extension.fields}
    return Place(
        location,
        table,
        columns,
        fields["Contact key"],
        fields,
        journey.id,
        version.version_id,
        card.definition.id,
        card.definition.key,
    )
