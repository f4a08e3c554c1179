"""How many rows pass a filter, and how many are left after each of its conditions: one pass over the table."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Connection, Text, case, cast, desc, func, select

from app.data_extensions.data_extension import Field
from app.data_extensions.kinds import KINDS
from app.filters.catalog import Catalog
from app.filters.sql import Columns, to_sql
from app.filters.tree import EVENT, Attribute, Group, Path
from app.kernel.errors import Cancelled
from app.services.views import FilterCount
from app.storage import postgresql, sqlite
from app.storage.physical import ROW_ID, twin
from app.storage.rows import RowTable

MOST_STEPS = 200
"""A filter with more conditions than this is counted as a whole only: the statement would outgrow the database."""


def count_rows(
    connection: Connection,
    rows: RowTable,
    homes: Mapping[str, RowTable],
    group: Group,
    now: datetime,
    time_zone: ZoneInfo,
    cancelled: Callable[[], bool],
) -> FilterCount:
    """Ask `group` of every row of `rows`; `homes` are all data extensions by id, for linked ones. Raises Cancelled."""
    schema = rows.data_extension
    catalog = Catalog(schema, tuple(home.data_extension for id_, home in homes.items() if id_ != schema.id))

    def columns(attribute: Attribute) -> Columns:
        return _columns(rows, homes, attribute)

    def passing(tree: Group) -> ColumnElement[int]:
        return func.coalesce(func.sum(case((to_sql(tree, catalog, columns, now, time_zone), 1), else_=0)), 0)

    steps = list(prefixes(group))
    if len(steps) > MOST_STEPS:
        steps = []
    query = select(func.count(), passing(group), *(passing(tree) for _, tree in steps)).select_from(rows.table)
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    with dialect.cancellable(connection, cancelled):
        total, passed, *left = connection.execute(query).one()
    if cancelled():  # it was quicker than the word, but nobody wants the answer any more
        raise Cancelled("The question was taken back.")
    return FilterCount(int(passed), int(total), {path: int(n) for (path, _), n in zip(steps, left, strict=True)})


def prefixes(group: Group, path: Path = ()) -> Iterator[tuple[Path, Group]]:
    """For every condition and group below `group`, in reading order: its path, and `group` cut off after it.

    What passes the cut-off tree is what is left when everything up to that line has been asked.
    """
    for number, child in enumerate(group.children):
        if child.disabled:
            continue
        before = group.children[:number]
        here = (*path, number)
        if isinstance(child, Group):
            for deeper, cut in prefixes(child, here):
                yield deeper, replace(group, children=(*before, cut))
        yield here, replace(group, children=(*before, child))


def _columns(rows: RowTable, homes: Mapping[str, RowTable], attribute: Attribute) -> Columns:
    """The columns of an attribute: of the row itself, or of its contact's newest row in a linked data extension."""
    home = rows if attribute.source in (EVENT, rows.data_extension.id) else homes[attribute.source]
    field = home.data_extension.field(attribute.field)
    assert field is not None, "the SQL of a filter asks only for fields that its catalog has"
    value: ColumnElement[Any] = home.table.c[field.id]
    folded: ColumnElement[Any] | None = home.table.c[twin(field.id)] if KINDS[field.kind].fold else None
    if home is not rows:
        value = _linked(rows, home, value)
        folded = None if folded is None else _linked(rows, home, folded)
    return Columns(value, folded)


def _linked(rows: RowTable, home: RowTable, column: ColumnElement[Any]) -> ColumnElement[Any]:
    ours, theirs = _contact_key(rows), _contact_key(home)
    if ours is None or theirs is None:
        return select(column).where(home.table.c[ROW_ID].is_(None)).limit(1).scalar_subquery()
    newest = select(column).where(theirs == ours).order_by(desc(home.table.c[ROW_ID])).limit(1)
    return newest.correlate(rows.table).scalar_subquery()


def _contact_key(rows: RowTable) -> ColumnElement[Any] | None:
    """The column that holds the contact key, as text."""
    field: Field | None = rows.data_extension.field(rows.data_extension.link or "")
    if field is None:
        return None
    column = rows.table.c[field.id]
    return cast(column, Text) if KINDS[field.kind].storage(field) == "integer" else column
