"""SQL on SQLite, SQL on PostgreSQL, the compiled match and the explanation's root say the same of every row."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import BigInteger, Column, Connection, Integer, MetaData, Table, Text, create_engine, literal, select

from app.data_extensions.data_extension import Value
from app.data_extensions.fold import fold
from app.data_extensions.kinds import KINDS
from app.filters.catalog import Catalog
from app.filters.compile import compile_filter
from app.filters.explain import explain
from app.filters.operators import OPERATORS
from app.filters.prune import asks
from app.filters.sql import Columns, to_sql
from app.filters.tree import EMPTY, Attribute, Group
from app.kernel.errors import InvalidInput
from tests.filters.simple import CATALOG, COUNT, COUNTRY, NOW, OSLO, all_of, any_of, ask
from tests.filters.worlds import World, conditions, trees, worlds


@pytest.fixture(scope="session")
def sqlite() -> Iterator[Connection]:
    engine = create_engine("sqlite://")
    with engine.connect() as connection:
        yield connection
    engine.dispose()


@pytest.fixture(scope="session")
def postgresql(postgresql_server: str) -> Iterator[Connection]:
    engine = create_engine(postgresql_server)
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def passing(connection: Connection, group: Group, catalog: Catalog, records: Any, now: Any, tz: Any) -> list[bool]:
    """For every record, whether the database lets it pass."""
    columns: list[Column[Any]] = [Column("n", Integer, primary_key=True)]
    for _, field in catalog:
        integer = KINDS[field.kind].storage(field) == "integer"
        columns.append(Column(field.id, BigInteger if integer else Text))
        if KINDS[field.kind].fold:
            columns.append(Column(f"{field.id}_folded", Text))
    table = Table("rows_to_ask", MetaData(), *columns, prefixes=["TEMPORARY"])
    transaction = connection.begin()
    try:
        table.create(connection)
        for n, record in enumerate(records):
            connection.execute(table.insert().values(n=n, **_stored(record, catalog)))

        def columns_of(attribute: Attribute) -> Columns:
            return Columns(table.c[attribute.field], table.c.get(f"{attribute.field}_folded"))

        found = connection.execute(select(table.c.n).where(to_sql(group, catalog, columns_of, now, tz))).scalars().all()
        opposite = replace(group, negated=not group.negated)
        turned = select(table.c.n).where(to_sql(opposite, catalog, columns_of, now, tz))
        others = connection.execute(turned).scalars().all()
    finally:
        transaction.rollback()
        with connection.begin():
            table.drop(connection, checkfirst=True)
    if asks(group):
        assert sorted([*found, *others]) == list(range(len(records))), "NOT is plain logic"
    return [n in found for n in range(len(records))]


def _stored(record: dict[str, Value], catalog: Catalog) -> dict[str, Any]:
    stored: dict[str, Any] = {}
    for _, field in catalog:
        kind, value = KINDS[field.kind], record[field.id]
        stored[field.id] = kind.store(value, field)
        if kind.fold:
            stored[f"{field.id}_folded"] = None if value is None else fold(str(value))
    return stored


def in_memory(group: Group, world: World) -> list[bool]:
    match = compile_filter(group, world.catalog, world.now, world.tz)
    verdicts = [match(record) for record in world.records]
    for record, verdict in zip(world.records, verdicts, strict=True):
        assert explain(group, world.catalog, record, world.now, world.tz).ok is verdict
    return verdicts


FEW = settings(max_examples=settings().max_examples // 2)
"""There are thirty operators."""


@given(st.data())
def test_trees_on_sqlite(sqlite: Connection, data: st.DataObject) -> None:
    world = data.draw(worlds())
    group = data.draw(trees(world))
    assert passing(sqlite, group, world.catalog, world.records, world.now, world.tz) == in_memory(group, world)


@given(st.data())
@pytest.mark.postgresql
def test_trees_on_postgresql(postgresql: Connection, data: st.DataObject) -> None:
    world = data.draw(worlds())
    group = data.draw(trees(world))
    assert passing(postgresql, group, world.catalog, world.records, world.now, world.tz) == in_memory(group, world)


@pytest.mark.parametrize("operator", [each.key for each in OPERATORS])
@FEW
@given(data=st.data())
def test_each_operator_on_sqlite(operator: str, sqlite: Connection, data: st.DataObject) -> None:
    _one_operator(operator, sqlite, data)


@pytest.mark.postgresql
@pytest.mark.parametrize("operator", [each.key for each in OPERATORS])
@FEW
@given(data=st.data())
def test_each_operator_on_postgresql(operator: str, postgresql: Connection, data: st.DataObject) -> None:
    _one_operator(operator, postgresql, data)


def _one_operator(operator: str, connection: Connection, data: st.DataObject) -> None:
    world = data.draw(worlds(kinds=OPERATORS[operator].kinds))
    group = Group(children=(data.draw(conditions(world, operator=operator)),))
    assert passing(connection, group, world.catalog, world.records, world.now, world.tz) == in_memory(group, world)


@pytest.mark.parametrize("negated", [False, True])
def test_the_largest_trees_pass_sqlite(sqlite: Connection, negated: bool) -> None:
    records = [{field.id: None for _, field in CATALOG} | {"f_count": n, "f_country": "NO"} for n in (7, 5000)]
    flat = any_of(*(ask(COUNT, "equal", str(n)) for n in range(1000)))
    assert passing(sqlite, flat, CATALOG, records, NOW, OSLO) == [True, False]

    deep = any_of(*(ask(COUNT, "equal", str(n)) for n in range(40)))
    for level in range(23):
        kind = all_of if level % 2 else any_of
        rest = (
            [ask(COUNT, "equal", str(n)) for n in range(40)] if kind is any_of else [ask(COUNTRY, "equal", "no")] * 40
        )
        deep = kind(deep, *rest, negated=negated)
    match = compile_filter(deep, CATALOG, NOW, OSLO)
    assert passing(sqlite, deep, CATALOG, records, NOW, OSLO) == [match(record) for record in records]

    many = all_of(*(any_of(ask(COUNT, "equal", "7"), ask(COUNT, "equal", "8"), negated=negated) for _ in range(500)))
    assert passing(sqlite, many, CATALOG, records, NOW, OSLO) == [not negated, negated]


def test_a_broken_filter_is_no_sql(sqlite: Connection) -> None:
    with pytest.raises(InvalidInput, match="not a number") as caught:
        passing(sqlite, all_of(ask(COUNTRY, "is_null"), ask(COUNT, "equal", "x")), CATALOG, [], NOW, OSLO)
    assert [problem.where for problem in caught.value.problems] == ["2"]


def test_a_filter_that_asks_nothing_lets_every_row_pass(sqlite: Connection) -> None:
    records = [{field.id: None for _, field in CATALOG}]
    assert passing(sqlite, EMPTY, CATALOG, records, NOW, OSLO) == [True]


def test_a_text_without_a_folded_twin_is_compared_as_it_is(sqlite: Connection) -> None:
    expression = to_sql(all_of(ask(COUNTRY, "equal", "NO")), CATALOG, lambda _: Columns(literal("no")), NOW, OSLO)
    with sqlite.begin():
        assert sqlite.execute(select(expression)).scalar() == 1


def test_nothing_of_sqlalchemy_is_loaded_for_the_match() -> None:
    code = (
        "import sys, app.filters.compile, app.filters.explain, app.filters.document, app.filters.sentence\n"
        "assert not {'sqlalchemy', 'networkx'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
