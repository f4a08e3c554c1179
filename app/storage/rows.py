"""Writing rows of data extensions, one or a whole batch at a time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from sqlalchemy import Connection, Table, Text, bindparam, func, insert, select, tuple_, update
from sqlalchemy.dialects import postgresql
from sqlalchemy.sql.elements import ClauseElement

from app.data_extensions.data_extension import DataExtension, Value
from app.data_extensions.fold import fold
from app.data_extensions.kinds import KINDS
from app.storage.physical import EVENT_INSTANCE, ROW_ID, row_table, twin
from app.storage.prepared import Prepared, among, listed, prepared_insert
from app.storage.statements import is_postgresql

Stored = dict[str, Any]
"""A row as its columns keep it, by column."""

_AT_ONCE = 200
"""Primary keys asked in one statement."""


@dataclass(slots=True)
class RowWrite:
    """A row to write. `values` (by field id) are all of a new row, its defaults included; of a row that is there
    already only those of the fields `given` are set (None: all of `values`)."""

    values: Mapping[str, Value]
    event_instance_id: str | None = None
    given: frozenset[str] | None = None
    stored: Stored = field(default_factory=dict)
    """Set by the writing: `values` as the columns keep them."""


@dataclass(slots=True)
class Written:
    """What became of a RowWrite: the row's id, and its columns as they were before (None: the row is new)."""

    row_id: int
    before: Stored | None = None


@dataclass
class _Pending:
    """A row of the batch as it will be: new ones are inserted whole, others get their changed columns. A column that
    is missing has no value."""

    row_id: int
    columns: Stored
    new: bool
    changed: set[str] = field(default_factory=set)


class RowTable:
    """Statements and conversions for one schema; made once and kept as long as the schema stands."""

    def __init__(self, name: str, data_extension: DataExtension) -> None:
        """`name` is the physical table's."""
        self.data_extension = data_extension
        self.table: Table = row_table(name, data_extension)
        self._fields = tuple((each, KINDS[each.kind]) for each in data_extension.fields)
        # Every event's row goes through here: what it takes is looked up once.
        self._stores = tuple(
            (each.id, each, kind.store, twin(each.id) if kind.fold else None) for each, kind in self._fields
        )
        self._key = tuple(each.id for each in data_extension.primary_keys)
        self._key_kinds = tuple((each, KINDS[each.kind]) for each in data_extension.primary_keys)
        self._of: dict[str, Prepared] = {}

    def stored(self, values: Mapping[str, Value]) -> Stored:
        """Values by field id as the columns keep them, folded twins included; fields without a value are left out."""
        columns: Stored = {}
        for name, each, store, folded in self._stores:
            if name in values:
                kept = columns[name] = store(values[name], each)
                if folded is not None:
                    columns[folded] = fold(kept) if isinstance(kept, str) else None
        return columns

    def load(self, row: Mapping[Any, Any]) -> dict[str, Value]:
        """A row's columns as values by field id."""
        return {each.id: kind.load(row[each.id], each) for each, kind in self._fields}

    @cached_property
    def _columns(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.table.columns)

    def has_keys(self, connection: Connection, rows: Sequence[Mapping[str, Value]]) -> list[bool]:
        """For each of these rows (values by field id), whether a row of the table has its primary key."""
        keys = [tuple(kind.store(row[each.id], each) for each, kind in self._key_kinds) for row in rows]
        known = self._known(connection, keys) if self._key else {}
        return [key in known for key in keys]

    def write(self, connection: Connection, writes: Sequence[RowWrite], *, only_new: bool = False) -> list[Written]:
        """Insert the rows, or update those whose primary key is known, in their order; what became of each.

        The caller holds a writing transaction. Two writes of one batch with the same primary key are one row.
        `only_new`: the caller asked `has_keys` and no row is known. Should another process have brought one since,
        this raises WorkspaceBusy, and what is done again sees it.
        """
        for write in writes:
            write.stored = self.stored(write.values)
        keys: list[Any] = [tuple(write.stored.get(name) for name in self._key) for write in writes]
        known = self._known(connection, keys) if self._key and not only_new else {}
        fresh = iter(self._reserve(connection, len(writes)))
        rows: dict[object, _Pending] = {}
        answers = []
        for number, write in enumerate(writes):
            key: object = keys[number] if self._key else number
            answers.append(self._take(rows, known, key, write.stored, write, fresh))
        inserted = [tuple(map(row.columns.get, self._columns)) for row in rows.values() if row.new]
        (self._only_new if only_new else self._new).run_many(connection, inserted)
        for row in rows.values():
            if not row.new:
                self._update(connection, row)
        return answers

    def newest_of(self, connection: Connection, column: str, forms: Sequence[Any]) -> dict[Any, dict[str, Value]]:
        """The newest rows whose column `column` has one of these stored forms: by form, values by field id."""
        question = self._of.get(column)
        if question is None:
            wanted, row_id = self.table.c[column], self.table.c[ROW_ID]
            question = self._of[column] = Prepared(
                lambda dialect: select(self.table).where(among(dialect, wanted)).order_by(row_id), ("among",)
            )
        found = {}
        for row in question.rows(connection, listed(connection, forms)):
            columns = dict(zip(self._columns, row, strict=True))
            found[columns[column]] = self.load(columns)
        return found

    def fill_gaps(self, connection: Connection, name: str, value: Value) -> None:
        """Give the rows that have no value for the field with the id `name` this one: a field that joined a filled
        table brings its default."""
        column = self.table.c[name]
        connection.execute(update(self.table).where(column.is_(None)).values(self.stored({name: value})))

    def _take(
        self,
        rows: dict[object, _Pending],
        known: Mapping[object, Stored],
        key: object,
        columns: Stored,
        write: RowWrite,
        fresh: Any,
    ) -> Written:
        columns[EVENT_INSTANCE] = write.event_instance_id
        row = rows.get(key)
        if row is None and key in known:
            row = rows[key] = _Pending(known[key][ROW_ID], dict(known[key]), new=False)
        if row is None:
            row_id = next(fresh)
            rows[key] = _Pending(row_id, {**columns, ROW_ID: row_id}, new=True)
            return Written(row_id)
        before = {name: row.columns.get(name) for name in self._columns}
        given = write.values.keys() if write.given is None else write.given
        names = [*(name for each in given for name in (each, twin(each)) if name in columns), EVENT_INSTANCE]
        row.columns.update((name, columns[name]) for name in names)
        row.changed.update(names)
        return Written(row.row_id, before)

    def _known(self, connection: Connection, keys: Sequence[tuple[Any, ...]]) -> dict[object, Stored]:
        found: dict[object, Stored] = {}
        asked = list(dict.fromkeys(keys))
        for start in range(0, len(asked), _AT_ONCE):
            for row in self._ask(connection, asked[start : start + _AT_ONCE]):
                columns = dict(zip(self._columns, row, strict=True))
                found[tuple(columns[name] for name in self._key)] = columns
        return found

    def _ask(self, connection: Connection, keys: Sequence[tuple[Any, ...]]) -> Iterable[Any]:
        """The rows with these primary keys."""
        if len(self._key) == 1 and isinstance(self.table.c[self._key[0]].type, Text):
            return self._by_text.rows(connection, listed(connection, [key[0] for key in keys]))
        columns = tuple_(*(self.table.c[name] for name in self._key))
        return connection.execute(select(self.table).where(columns.in_(keys)))

    @cached_property
    def _by_text(self) -> Prepared:
        """The usual primary key: one text."""
        column = self.table.c[self._key[0]]
        return Prepared(lambda dialect: select(self.table).where(among(dialect, column)), ("among",))

    @cached_property
    def _new(self) -> Prepared:
        return Prepared(self._insert_statement, self._columns)

    @cached_property
    def _only_new(self) -> Prepared:
        return prepared_insert(self.table, self._columns)

    def _insert_statement(self, dialect: str) -> ClauseElement:
        given: dict[str, Any] = {name: bindparam(name) for name in self._columns}
        if dialect == "sqlite" or not self._key:
            return insert(self.table).values(given)
        # Another process may have brought the same primary key since we looked: then ours, the later, counts.
        statement = postgresql.insert(self.table).values(given)
        taken = {name: statement.excluded[name] for name in self._columns if name != ROW_ID}
        return statement.on_conflict_do_update(index_elements=list(self._key), set_=taken)

    def _update(self, connection: Connection, row: _Pending) -> None:
        columns = {name: row.columns[name] for name in sorted(row.changed)}
        connection.execute(update(self.table).where(self.table.c[ROW_ID] == row.row_id).values(columns))

    def _reserve(self, connection: Connection, count: int) -> list[int]:
        """Ids for new rows, ahead of their insert: the batch then needs no answer from the database row by row."""
        if is_postgresql(connection):
            sequence = func.pg_get_serial_sequence(self.table.name, ROW_ID)
            numbers = connection.execute(
                select(func.nextval(sequence)).select_from(func.generate_series(1, count).alias())
            )
            return [row[0] for row in numbers]
        # The caller holds SQLite's one write lock: nobody else can take these.
        last = self._last.rows(connection)[0][0] or 0
        return list(range(last + 1, last + 1 + count))

    @cached_property
    def _last(self) -> Prepared:
        return Prepared(lambda _dialect: select(func.max(self.table.c[ROW_ID])))
