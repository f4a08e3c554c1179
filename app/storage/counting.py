"""How many rows pass a filter, and how many are left after each of its conditions: one pass over the table."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Connection, Text, and_, case, cast, desc, func, literal, not_, or_, select, true

from app.data_extensions.data_extension import Field
from app.data_extensions.kinds import KINDS
from app.filters.catalog import Catalog
from app.filters.prune import asked_children
from app.filters.sql import Columns, to_sql
from app.filters.tree import EVENT, Attribute, Group, Join, Node, Path
from app.kernel.errors import Cancelled
from app.kernel.said import said
from app.services.views import FilterCount
from app.storage import postgresql, sqlite
from app.storage.physical import ROW_ID, twin
from app.storage.rows import RowTable

MOST_GROUPS = 50
"""A filter with more groups than this is counted by the lines of its outermost group only."""


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

    def asked(node: Node) -> ColumnElement[bool]:
        return to_sql(Group(children=(node,)), catalog, columns, now, time_zone)

    stages = {path: _stage(each, asked) for path, each in _groups(group)}
    if len(stages) > MOST_GROUPS:
        stages = {(): stages[()]}
    # OFFSET 0 keeps the database from asking each condition anew in every count: it is asked once a row, and not at all
    # where one before it decided.
    named = [stage.label(f"s{number}") for number, stage in enumerate(stages.values())]
    inner = select(*named).select_from(rows.table).offset(0).subquery()
    lines = dict(_lines(group, dict(zip(stages, inner.c, strict=True))))
    query = select(func.count(), *(func.count().filter(line) for line in lines.values())).select_from(inner)
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    with dialect.cancellable(connection, cancelled):
        total, *counts = map(int, connection.execute(query).one())
    if cancelled():  # it was quicker than the word, but nobody wants the answer any more
        raise Cancelled(said("The question was taken back."))
    left = dict(zip(lines, counts, strict=True))
    return FilterCount(counts[-1] if counts else total, total, left)


def _groups(group: Group, path: Path = ()) -> Iterator[tuple[Path, Group]]:
    """The group and those below it that ask something."""
    yield path, group
    for number, child in asked_children(group):
        if isinstance(child, Group):
            yield from _groups(child, (*path, number))


def _stage(group: Group, asked: Callable[[Node], ColumnElement[bool]]) -> ColumnElement[int]:
    """How far a row comes in the group: how many children it passes in a row (ALL), or misses in a row (ANY)."""
    children = [asked(child) for _, child in asked_children(group)]
    if group.join is Join.ALL:
        children = [child.is_not(true()) for child in children]
    if not children:
        return literal(0)
    return case(*((ends, number) for number, ends in enumerate(children)), else_=len(children))


def _lines(
    group: Group, stages: Mapping[Path, ColumnElement[Any]], path: Path = ()
) -> Iterator[tuple[Path, ColumnElement[bool]]]:
    """For every line below `group`, in reading order: its path, and what holds for the rows that are left when the
    group is cut off after it. The last one is the group itself."""
    stage = stages[path]
    for number, (place, child) in enumerate(asked_children(group)):
        here = (*path, place)
        passed = stage > number if group.join is Join.ALL else stage <= number
        if isinstance(child, Group) and here in stages:
            for deeper, inside in _lines(child, stages, here):
                cut = and_(stage >= number, inside) if group.join is Join.ALL else or_(stage < number, inside)
                yield deeper, not_(cut) if group.negated else cut
        yield here, not_(passed) if group.negated else passed


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
