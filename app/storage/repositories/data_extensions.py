"""Data extensions and their rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

import msgspec
from sqlalchemy import Connection, delete, desc, func, insert, literal, or_, select, union_all, update
from sqlalchemy import table as clause

from app.data_extensions.check_row import CheckedRow
from app.data_extensions.data_extension import DataExtension, Field, Value
from app.data_extensions.document import from_document, to_document
from app.data_extensions.fold import fold
from app.data_extensions.kinds import KINDS
from app.filters.tree import Group
from app.kernel.errors import NotFound
from app.kernel.said import said
from app.services.views import FilterCount, RowPage
from app.storage.counting import count_rows
from app.storage.moments import to_micros
from app.storage.physical import ROW_ID, change_table, new_table_name, twin
from app.storage.rows import RowTable, RowWrite
from app.storage.tables import data_extension as table

COUNTED_AT_ONCE = 100
"""Tables counted in one statement: SQLite joins at most 500."""

WRITTEN_AT_ONCE = 500
"""Rows in one statement."""

SAMPLED_ROWS = 5000
"""Sample values come from so many of the newest rows: enough to be typical, few enough to be quick."""


class SqlDataExtensions:
    """The table `data_extension`, and one table for each of its rows."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self) -> tuple[DataExtension, ...]:
        """All, by name."""
        rows = self._connection.execute(select(table.c.document).order_by(table.c.name_ci))
        return tuple(_read(row.document) for row in rows)

    def get(self, data_extension_id: str) -> DataExtension:
        """The one with that id. Raises NotFound."""
        document = self._connection.execute(select(table.c.document).where(table.c.id == data_extension_id)).scalar()
        if document is None:
            raise NotFound(said("There is no such data extension; it may have been deleted."), where=data_extension_id)
        return _read(document)

    def find(self, *, key: str = "", name: str = "") -> DataExtension | None:
        """The one with that external key or that name, whatever its case, or None."""
        same = table.c.key_ci == fold(key) if key else table.c.name_ci == fold(name)
        document = self._connection.execute(select(table.c.document).where(same)).scalar()
        return None if document is None else _read(document)

    def save(self, data_extension: DataExtension, now: datetime) -> None:
        """Keep a new one and make its table, or change the table of one that is there."""
        values = {
            "key": data_extension.key,
            "key_ci": fold(data_extension.key),
            "name": data_extension.name,
            "name_ci": fold(data_extension.name),
            "modified_at": to_micros(now),
            "document": msgspec.json.encode(to_document(data_extension)).decode(),
        }
        found = self._connection.execute(
            select(table.c.table_name, table.c.document).where(table.c.id == data_extension.id)
        ).first()
        if found is None:
            name = new_table_name()
            RowTable(name, data_extension).table.create(self._connection)
            new = {"id": data_extension.id, "table_name": name, "created_at": to_micros(now)}
            self._connection.execute(insert(table).values(new | values))
            return
        old = _read(found.document)
        fresh = change_table(self._connection, found.table_name, data_extension)
        self._connection.execute(update(table).where(table.c.id == data_extension.id).values(values))
        rows = RowTable(found.table_name, data_extension)
        for field in data_extension.fields:
            # A field that comes back has its old values; a required one must have one in every row.
            joined = field.id in fresh or (field.required and old.field(field.id) is None)
            if joined and field.default is not None:
                rows.fill_gaps(self._connection, field.id, _default(field, now))

    def delete(self, data_extension_id: str) -> None:
        """Forget it and its rows."""
        rows = self.row_table(self.get(data_extension_id))
        self._connection.execute(delete(table).where(table.c.id == data_extension_id))
        rows.table.drop(self._connection)

    def has_rows(self, data_extension: DataExtension) -> bool:
        """Whether it has any row."""
        first = select(self.row_table(data_extension).table.c[ROW_ID]).limit(1)
        return self._connection.execute(first).first() is not None

    def row_counts(self) -> Mapping[str, int]:
        """How many rows each has, by id. One statement for many tables at a time."""
        names = self._connection.execute(select(table.c.id, table.c.table_name)).all()
        counts: dict[str, int] = {}
        for start in range(0, len(names), COUNTED_AT_ONCE):
            each = [
                select(literal(row.id).label("id"), func.count().label("rows")).select_from(clause(row.table_name))
                for row in names[start : start + COUNTED_AT_ONCE]
            ]
            counts.update({row.id: row.rows for row in self._connection.execute(union_all(*each))})
        return counts

    def page(self, data_extension: DataExtension, offset: int, limit: int, search: str) -> RowPage:
        """Rows in the order in which they came; `search` keeps those with the text in any text field."""
        rows = self.row_table(data_extension)
        query = select(*(rows.table.c[field.id] for field in data_extension.fields))
        counted = select(func.count()).select_from(rows.table)
        if search.strip():
            wanted = fold(search.strip())
            hits = []
            for field in data_extension.fields:
                kind = KINDS[field.kind]
                if kind.storage(field) == "text":
                    column = rows.table.c[twin(field.id)] if kind.fold else func.lower(rows.table.c[field.id])
                    hits.append(column.contains(wanted, autoescape=True))
            query, counted = query.where(or_(False, *hits)), counted.where(or_(False, *hits))
        found = self._connection.execute(query.order_by(rows.table.c[ROW_ID]).offset(offset).limit(limit))
        values = tuple(tuple(rows.load(row).values()) for row in found.mappings())
        return RowPage(values, int(self._connection.execute(counted).scalar_one()), offset)

    def write(self, data_extension: DataExtension, values: Mapping[str, Value]) -> int:
        """Insert a row, or update the one with the same primary key; the row's id."""
        return self.row_table(data_extension).write(self._connection, [RowWrite(values)])[0].row_id

    def write_all(self, data_extension: DataExtension, rows: Sequence[CheckedRow]) -> None:
        """The same for many rows; of a row that is there already only the fields that were given are set."""
        table = self.row_table(data_extension)
        for start in range(0, len(rows), WRITTEN_AT_ONCE):
            some = rows[start : start + WRITTEN_AT_ONCE]
            table.write(self._connection, [RowWrite(row.values, given=row.given) for row in some])

    def stored_keys(self, data_extension: DataExtension, rows: Sequence[Mapping[str, Value]]) -> Sequence[bool]:
        """For each of these rows (values by field id), whether a stored row has its primary key."""
        return self.row_table(data_extension).has_keys(self._connection, rows)

    def count(
        self, data_extension: DataExtension, group: Group, now: datetime, time_zone: str, cancelled: Callable[[], bool]
    ) -> FilterCount:
        """How many rows pass. Raises Cancelled."""
        homes = row_tables(self._connection)
        return count_rows(self._connection, homes[data_extension.id], homes, group, now, ZoneInfo(time_zone), cancelled)

    def samples(self, data_extension: DataExtension, field_id: str, limit: int) -> tuple[Value, ...]:
        """The most frequent values of a field among the newest rows."""
        field = data_extension.field(field_id)
        if field is None:
            raise NotFound(said("There is no such field; it may have been removed."), where=field_id)
        rows = self.row_table(data_extension).table
        newest = select(rows.c[field_id].label("value")).order_by(desc(rows.c[ROW_ID])).limit(SAMPLED_ROWS).subquery()
        often = (
            select(newest.c.value)
            .where(newest.c.value.is_not(None))
            .group_by(newest.c.value)
            .order_by(desc(func.count()), newest.c.value)
            .limit(limit)
        )
        return tuple(KINDS[field.kind].load(row.value, field) for row in self._connection.execute(often))

    def row_table(self, data_extension: DataExtension) -> RowTable:
        """The table of its rows. Raises NotFound."""
        name = self._connection.execute(select(table.c.table_name).where(table.c.id == data_extension.id)).scalar()
        if name is None:
            raise NotFound(
                said("The data extension {name} is not there any more.", name=data_extension.name),
                where=data_extension.id,
            )
        return RowTable(name, data_extension)


def row_tables(connection: Connection) -> dict[str, RowTable]:
    """The tables of all data extensions as they are now, by id."""
    found = connection.execute(select(table.c.id, table.c.table_name, table.c.document))
    return {row.id: RowTable(row.table_name, _read(row.document)) for row in found}


def _read(document: str) -> DataExtension:
    return from_document(msgspec.json.decode(document))


def _default(field: Field, now: datetime) -> Value:
    # The time zone matters only to a date's default without an offset; such a one was checked to be readable.
    return KINDS[field.kind].parse(field.default, field, now, ZoneInfo("UTC"))
