"""Statements that are compiled once for each database, for the path that every event takes.

SQLAlchemy's expression language says what a statement is; its execution costs more than SQLite's own work when a batch
has a dozen statements (measured: two thirds of a batch). So the text is compiled once, and then given to the driver as
it is, with positional values.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from typing import Any

from sqlalchemy import (
    ARRAY,
    BigInteger,
    ColumnElement,
    Connection,
    Integer,
    Table,
    any_,
    bindparam,
    func,
    insert,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Dialect
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.elements import ClauseElement

from app.storage.engine import LOCATION
from app.storage.errors import translate
from app.storage.statements import MOST_PARAMETERS
from app.storage.tables import TEXT

Values = Sequence[Any]

MOST_ROWS = 32
"""Rows in one INSERT on SQLite."""

_VALUES = re.compile(r"VALUES (\([?, ]+\))")


def _postgresql() -> Dialect:
    make: Callable[..., Dialect] = postgresql.psycopg.dialect
    return make(paramstyle="format")


_DIALECTS: dict[str, Dialect] = {
    "sqlite": sqlite.dialect(paramstyle="qmark"),
    "postgresql": _postgresql(),
}


class Prepared:
    """One statement. `names` are its parameters in the order in which values are given."""

    def __init__(self, build: Callable[[str], ClauseElement], names: Sequence[str] = ()) -> None:
        """`build` gives the statement for a dialect's name: `sqlite` or `postgresql`."""
        self._build = build
        self._names = tuple(names)
        self._compiled: dict[str, tuple[str, tuple[int, ...] | None]] = {}
        self._wide: dict[int, str] = {}

    def rows(self, connection: Connection, *values: Any) -> list[tuple[Any, ...]]:
        """Execute it once and give all its rows."""
        text, order = self._text(connection)
        given = values if order is None else tuple(values[at] for at in order)
        with _cursor(connection) as cursor:
            cursor.execute(text, given)
            found: list[tuple[Any, ...]] = cursor.fetchall()
        return found

    def run_many(self, connection: Connection, rows: Sequence[Values]) -> None:
        """Execute it for each row of values, given as tuples; nothing for no rows."""
        if not rows:
            return
        text, order = self._text(connection)
        if order is not None:
            rows = [tuple(row[at] for at in order) for row in rows]
        with _cursor(connection) as cursor:
            if connection.dialect.name == "sqlite" and _VALUES.search(text):
                for some in _powers(rows, max(1, MOST_PARAMETERS // len(rows[0]))):
                    cursor.execute(self._for_rows(text, len(some)), [*chain.from_iterable(some)])
            else:
                cursor.executemany(text, rows)

    def _for_rows(self, text: str, count: int) -> str:
        """The INSERT with that many rows of values."""
        known = self._wide.get(count)
        if known is None:
            known = self._wide[count] = _VALUES.sub(lambda one: f"VALUES {', '.join([one[1]] * count)}", text)
        return known

    def _text(self, connection: Connection) -> tuple[str, tuple[int, ...] | None]:
        name = connection.dialect.name
        known = self._compiled.get(name)
        if known is None:
            known = self._compiled[name] = self._compile(name)
        return known

    def _compile(self, name: str) -> tuple[str, tuple[int, ...] | None]:
        compiled = self._build(name).compile(dialect=_DIALECTS[name])
        assert isinstance(compiled, SQLCompiler)
        order = tuple(self._names.index(each) for each in compiled.positiontup or ())
        return str(compiled), None if order == tuple(range(len(self._names))) else order


def _powers(rows: Sequence[Values], most: int) -> Iterator[Sequence[Values]]:
    """The rows in parts of 32, 16, 8, ... at most `most`: there are few statements to keep prepared.

    The driver lets other threads in at every step of a statement, and waits to get the interpreter back. Row by row
    that was a tenth of the writer's time, and more while the server's loop was busy.
    """
    at = 0
    while left := len(rows) - at:
        size = min(1 << (left.bit_length() - 1), 1 << (min(most, MOST_ROWS).bit_length() - 1))
        yield rows[at : at + size]
        at += size


@contextmanager
def _cursor(connection: Connection) -> Iterator[Any]:
    """A cursor of the driver, inside the connection's transaction; its errors leave as ours."""
    if not connection.in_transaction():
        connection.begin()
    cursor = connection.connection.cursor()
    try:
        yield cursor
    except Exception as error:
        plain = translate(error, connection.get_execution_options()[LOCATION])
        if plain is None:
            raise
        raise plain from error
    finally:
        cursor.close()


def prepared_insert(table: Table, columns: Sequence[str]) -> Prepared:
    """`INSERT` with a value for each of these columns."""
    return Prepared(lambda _dialect: insert(table).values({name: bindparam(name) for name in columns}), columns)


def among(dialect: str, column: ColumnElement[Any], name: str = "among") -> ColumnElement[bool]:
    """Whether `column`, of texts or of whole numbers, is one of a list given as the one parameter `name` (see
    `listed`)."""
    if dialect == "postgresql":
        each = BigInteger() if isinstance(column.type, Integer) else TEXT
        return column == any_(bindparam(name, type_=ARRAY(each)))
    given = func.json_each(bindparam(name)).table_valued("value")
    return column.in_(select(given.c.value))


def listed(connection: Connection, values: Sequence[Any]) -> Any:
    """A list as the parameter of `among`."""
    return list(values) if connection.dialect.name == "postgresql" else json.dumps(list(values))
