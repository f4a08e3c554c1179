"""Statements compiled once: many rows go in as they were given, whatever their number."""

from __future__ import annotations

import pytest
from sqlalchemy import Column, Engine, Integer, MetaData, Table, Text, bindparam, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.elements import ClauseElement

from app.storage.prepared import MOST_ROWS, Prepared, prepared_insert
from app.storage.statements import MOST_PARAMETERS

COUNTS = Table("counts", MetaData(), Column("key", Text, primary_key=True), Column("number", Integer))
WIDE = Table("wide", MetaData(), *(Column(f"c{number}", Integer) for number in range(MOST_PARAMETERS // 3)))


def _add_up(dialect: str) -> ClauseElement:
    table = postgresql.insert(COUNTS) if dialect == "postgresql" else sqlite.insert(COUNTS)
    statement = table.values({"key": bindparam("key"), "number": bindparam("number")})
    total = COUNTS.c.number + statement.excluded.number
    return statement.on_conflict_do_update(index_elements=[COUNTS.c.key], set_={"number": total})


@pytest.mark.parametrize("count", [0, 1, 2, 3, MOST_ROWS - 1, MOST_ROWS, MOST_ROWS + 1, 5 * MOST_ROWS - 1])
def test_every_row_goes_in_once(engine: Engine, count: int) -> None:
    # Values in another order than the columns, as a caller may name them.
    insert = prepared_insert(COUNTS, ("number", "key"))
    rows = [(number, f"key-{number:04}") for number in range(count)]
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        COUNTS.create(connection)
        insert.run_many(connection, rows)
        found = connection.execute(select(COUNTS).order_by("key")).all()
    assert [(row.number, row.key) for row in found] == rows


def test_rows_that_are_there_are_added_up(engine: Engine) -> None:
    add_up = Prepared(_add_up, ("key", "number"))
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        COUNTS.create(connection)
        for _ in range(2):
            add_up.run_many(connection, [(f"key-{number:02}", number) for number in range(40)])
        found = connection.execute(select(COUNTS).order_by("key")).all()
    assert [row.number for row in found] == [2 * number for number in range(40)]


def test_wide_rows_stay_below_the_most_parameters(engine: Engine) -> None:
    insert = prepared_insert(WIDE, tuple(WIDE.c.keys()))
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        WIDE.create(connection)
        insert.run_many(connection, [tuple(range(number, number + len(WIDE.c))) for number in range(50)])
        found = connection.execute(select(WIDE.c.c0).order_by("c0")).scalars().all()
    assert list(found) == list(range(50))
