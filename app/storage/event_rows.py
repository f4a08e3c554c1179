"""Writes the rows that events bring, and what their journeys' Update Contact set in linked data extensions."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import Connection, insert, select, update

from app.data_extensions.check_row import PrimaryKeys
from app.data_extensions.data_extension import DataExtension, Field, Value
from app.data_extensions.kinds import KINDS, ValueProblem
from app.engine.facts import Fired
from app.journey.step import Write
from app.kernel.ids import new_guid
from app.storage.physical import EVENT_INSTANCE, ROW_ID
from app.storage.rows import RowTable, RowWrite, Written
from app.storage.tables import data_extension as registry
from app.storage.tables import test_write

Row = dict[str, Any]

_WHOLE = re.compile(r"0|-?[1-9][0-9]{0,18}", re.ASCII)
"""A whole number as it is written canonically, of no more digits than 64 bits hold."""
_PAST_64_BITS = 2**63


@dataclass(frozen=True, slots=True)
class LinkedWrite:
    """What an Update Contact sets, for whom, and the event whose stay it belongs to."""

    contact_key: str
    write: Write
    event_instance_id: str
    test: bool


@dataclass(slots=True)  # made for every event: freezing would cost three times as much
class StoredRow:
    """The row that an event brought: its id, and the event's values in stored form, by field id."""

    row_id: int
    values: Mapping[str, Any]


class RowTables:
    """The tables of data extensions as admission writes and reads them. Kept as long as the schemas stand."""

    def __init__(self, connection: Connection, schemas: Iterable[DataExtension]) -> None:
        names = {row.id: row.table_name for row in connection.execute(select(registry.c.id, registry.c.table_name))}
        self._tables = {each.id: RowTable(names[each.id], each) for each in schemas}

    def write_events(self, connection: Connection, batch: Sequence[Fired]) -> dict[str, StoredRow]:
        """Write the events' rows in their order; what was stored, by event instance id."""
        by_home: dict[str, list[Fired]] = defaultdict(list)
        for fired in batch:
            if fired.listening and fired.listening.data_extension:
                by_home[fired.listening.data_extension.id].append(fired)
        rows: dict[str, StoredRow] = {}
        undo: list[Row] = []
        for home, some in by_home.items():
            table = self._tables[home]
            fields = tuple(field.id for field in table.data_extension.fields)
            writes = [RowWrite(fired.values, fired.event.instance_id, fired.given) for fired in some]
            listening = some[0].listening
            only_new = listening is not None and listening.primary_keys is not PrimaryKeys.UPDATE
            done = table.write(connection, writes, only_new=only_new)
            for fired, write, written in zip(some, writes, done, strict=True):
                kept = {name: form for name in fields if (form := write.stored.get(name)) is not None}
                rows[fired.event.instance_id] = StoredRow(written.row_id, kept)
                if fired.event.test:
                    undo.append(_undo(fired.event.instance_id, home, written))
        if undo:
            connection.execute(insert(test_write), undo)
        return rows

    def stored_keys(
        self, connection: Connection, home: DataExtension, rows: Sequence[Mapping[str, Value]]
    ) -> Sequence[bool]:
        """For each of these rows (values by field id), whether a stored row has its primary key."""
        table = self._tables.get(home.id)
        return table.has_keys(connection, rows) if table else [False] * len(rows)

    def linked(
        self, connection: Connection, home: DataExtension, contact_keys: Collection[str]
    ) -> Mapping[str, Mapping[str, Value]]:
        """The contacts' newest rows in a linked data extension; a data extension that was deleted has none."""
        table = self._tables.get(home.id)
        link = home.field(home.link) if home.link else None
        if table is None or link is None or link.id not in table.table.c:
            return {}
        by_link = {form: key for key in contact_keys if (form := _link_form(home, key)) is not None}
        rows = table.newest_of(connection, link.id, sorted(by_link, key=str)) if by_link else {}
        return {by_link[form]: row for form, row in rows.items()}

    def write_linked(self, connection: Connection, writes: Sequence[LinkedWrite]) -> None:
        """Set values in the contacts' newest rows; a contact without one gets one, if the schema allows it."""
        by_row: dict[tuple[str, str], list[LinkedWrite]] = defaultdict(list)
        for each in writes:
            by_row[each.write.data_extension_id, each.contact_key].append(each)
        for (home, contact_key), some in sorted(by_row.items()):
            table = self._tables.get(home)
            if table is not None:
                self._write_one(connection, table, contact_key, some)

    def _write_one(
        self, connection: Connection, table: RowTable, contact_key: str, writes: Sequence[LinkedWrite]
    ) -> None:
        home = table.data_extension
        form = _link_form(home, contact_key)
        if home.link is None or form is None:
            return
        values = {each.write.field_id: each.write.value for each in writes if home.field(each.write.field_id)}
        last = writes[-1]
        mine = table.table.c[home.link] == form
        newest = select(table.table).where(mine).order_by(table.table.c[ROW_ID].desc()).limit(1)
        row = connection.execute(newest).mappings().first()
        if row is not None:
            before = dict(row)
            written = Written(before[ROW_ID], before)
            columns = table.stored(values) | {EVENT_INSTANCE: last.event_instance_id}
            connection.execute(update(table.table).where(table.table.c[ROW_ID] == written.row_id).values(columns))
        else:
            values[home.link] = _link_value(home, contact_key)
            if any(each.required and values.get(each.id) is None for each in home.fields):
                return
            written = table.write(connection, [RowWrite(values, last.event_instance_id)])[0]
        if last.test:
            connection.execute(insert(test_write), [_undo(last.event_instance_id, home.id, written)])


def _undo(event_instance_id: str, home: str, written: Written) -> Row:
    before = None
    if written.before is not None:
        before = msgspec.json.encode({name: kept for name, kept in written.before.items() if name != ROW_ID}).decode()
    return {
        "id": new_guid(),
        "event_instance_id": event_instance_id,
        "data_extension_id": home,
        "row_id": written.row_id,
        "before": before,
    }


def _link_value(home: DataExtension, contact_key: str) -> Value:
    """The contact key as a value of the field that links rows to contacts; None where that field cannot hold it."""
    link = home.field(home.link) if home.link else None
    return None if link is None else _value_of(link, contact_key)


def _value_of(link: Field, contact_key: str) -> Value:
    kind = KINDS[link.kind]
    if link.kind == "number":
        # Only a key that is written as the number is: "007" is another contact than "7", in counts as well.
        held = _WHOLE.fullmatch(contact_key) is not None and abs(int(contact_key)) < _PAST_64_BITS
        return int(contact_key) if held else None
    try:
        return kind.load(contact_key, link) if kind.storage(link) == "text" else None
    except ValueProblem:
        return None


def _link_form(home: DataExtension, contact_key: str) -> int | str | None:
    link = home.field(home.link) if home.link else None
    value = None if link is None else _value_of(link, contact_key)
    return None if link is None or value is None else KINDS[link.kind].store(value, link)
