"""The table behind a data extension: typed columns whose names are ours, and the changes that a schema allows."""

from __future__ import annotations

import os
import re

from sqlalchemy import BigInteger, Column, Connection, Identity, Index, Integer, MetaData, Table, inspect
from sqlalchemy.schema import CreateColumn

from app.data_extensions.data_extension import DataExtension, Field
from app.data_extensions.kinds import KINDS
from app.kernel.errors import InvalidInput
from app.kernel.said import said
from app.storage.tables import TEXT

ROW_ID = "row_id"
EVENT_INSTANCE = "event_instance_id"
_FIELD_ID = re.compile(r"f_[0-9a-z_]{1,40}")


def new_table_name() -> str:
    """A name for the table of a new data extension."""
    return f"de_{os.urandom(8).hex()}"


def twin(field_id: str) -> str:
    """The column with the case-folded twin of a text."""
    return f"{field_id}_ci"


def columns_of(field: Field) -> tuple[Column[object], ...]:
    """The columns of one field. None of them is NOT NULL: rows are checked before they come, and a field may later
    become optional."""
    kind = KINDS[field.kind]
    value: Column[object] = Column(field.id, BigInteger if kind.storage(field) == "integer" else TEXT)
    return (value, Column(twin(field.id), TEXT)) if kind.fold else (value,)


def row_table(name: str, data_extension: DataExtension) -> Table:
    """The table `name` as SQLAlchemy sees it: a row's id in order of arrival, the event that wrote it last, and the
    columns of the fields. The primary key is a unique index; so can the field of the contact key be looked up."""
    for field in data_extension.fields:
        if not _FIELD_ID.fullmatch(field.id):
            raise InvalidInput(
                said("The field {name} has the id {id!r}.", name=field.name, id=field.id),
                where=field.name,
                hint=said("Ids begin with f_."),
            )
    table = Table(
        name,
        MetaData(),
        # SQLite gives an INTEGER PRIMARY KEY no tree of its own; PostgreSQL numbers it from a sequence.
        Column(ROW_ID, BigInteger().with_variant(Integer, "sqlite"), Identity(), primary_key=True),
        Column(EVENT_INSTANCE, TEXT),
        *(column for field in data_extension.fields for column in columns_of(field)),
    )
    key = [field.id for field in data_extension.primary_keys]
    if key:
        Index(f"uq_{name}", *(table.c[field_id] for field_id in key), unique=True)
    if data_extension.link and key != [data_extension.link]:
        Index(f"ix_{name}_link", table.c[data_extension.link])
    return table


def change_table(connection: Connection, name: str, new: DataExtension) -> frozenset[str]:
    """Make the table fit a changed schema; the ids of the fields whose columns are new.

    The column of a field that was removed stays, unseen: its values are there again when the removal is undone.
    """
    table = row_table(name, new)
    looking = inspect(connection)
    there = {column["name"] for column in looking.get_columns(name)}
    quote = connection.dialect.identifier_preparer.quote
    added = [column for field in new.fields for column in columns_of(field) if column.name not in there]
    for column in added:
        definition = CreateColumn(table.c[column.name]).compile(dialect=connection.dialect)
        connection.exec_driver_sql(f"ALTER TABLE {quote(name)} ADD COLUMN {definition}")
    _fit_indexes(
        table, {str(index["name"]): tuple(index["column_names"]) for index in looking.get_indexes(name)}, connection
    )
    return frozenset(column.name for column in added)


def _fit_indexes(table: Table, there: dict[str, tuple[str | None, ...]], connection: Connection) -> None:
    wanted = {str(index.name): index for index in table.indexes}
    preparer = connection.dialect.identifier_preparer
    for name, columns in there.items():
        if name not in wanted or tuple(column.name for column in wanted[name].columns) != columns:
            connection.exec_driver_sql(f"DROP INDEX {preparer.quote(name)}")
        else:
            del wanted[name]
    for index in wanted.values():
        index.create(connection)
