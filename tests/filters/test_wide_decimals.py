"""Numbers of every width and scale against each other: exact in SQL on both databases, column against column."""

from __future__ import annotations

from decimal import Context, Decimal

import pytest
from sqlalchemy import BigInteger, Column, Connection, Integer, MetaData, Table, Text, create_engine, select

from app.data_extensions.data_extension import DataExtension, Field
from app.data_extensions.kinds import KINDS
from app.data_extensions.kinds.decimal import precision, scale
from app.filters.catalog import Catalog
from app.filters.compile import compile_filter
from app.filters.operators import OPERATORS
from app.filters.sql import Columns, to_sql
from app.filters.tree import Attribute, Condition, Group, OtherAttribute
from tests.filters.simple import NOW, OSLO

EXACT = Context(prec=100)
FIELDS = (
    Field("f_number", "number", "number"),
    Field("f_again", "again", "number"),
    *(
        Field(f"f_{length}_{places}", f"{length} {places}", "decimal", length, places)
        for length, places in ((1, 0), (5, 2), (18, 0), (18, 4), (18, 18), (19, 0), (38, 2), (38, 10), (38, 38))
    ),
)
CATALOG = Catalog(DataExtension("de", "de", "DE", fields=FIELDS))
VALUES = tuple(
    Decimal(text)
    for text in (
        *(
            "0",
            "1",
            "-1",
            "0.01",
            "-0.01",
            "1.23",
            "-1.23",
            "7",
            "-9",
            "9.0001",
            "0.0000000001",
            "-0.00000000000000000001",
        ),
        *(
            "9223372036854775807",
            "-9223372036854775808",
            "999999999999999999",
            "-999999999999999999",
            "1000000000000000000",
        ),
        *("999999999999999999.99", "-1000000000000000000.01", "123456789012345678901234.5", "-12345678901234567890.5"),
    )
)


def held(field: Field, number: Decimal) -> int | Decimal | None:
    """The number cut to what the field holds; None where it has too many digits."""
    places = scale(field) if field.kind == "decimal" else 0
    cut = number.quantize(Decimal(1).scaleb(-places), context=Context(prec=100, rounding="ROUND_DOWN"))
    if field.kind == "number":
        return int(cut) if -(2**63) <= cut < 2**63 else None
    return cut if abs(cut.scaleb(places, EXACT)) < 10 ** precision(field) else None


def check(connection: Connection, key: str) -> None:
    columns = (Column(f.id, BigInteger if KINDS[f.kind].storage(f) == "integer" else Text) for f in FIELDS)
    table = Table("wide", MetaData(), Column("n", Integer, primary_key=True), *columns, prefixes=["TEMPORARY"])
    table.create(connection)
    # Every value beside every other: the columns of a row hold it turned by one more each.
    records = [
        {field.id: held(field, VALUES[(n + turn * i) % len(VALUES)]) for i, field in enumerate(FIELDS)}
        for n in range(len(VALUES))
        for turn in range(4)
    ]
    for n, record in enumerate(records):
        stored = {field.id: KINDS[field.kind].store(record[field.id], field) for field in FIELDS}
        connection.execute(table.insert().values(n=n, **stored))
    filters = [
        Group(children=(Condition(Attribute(left.id), key, OtherAttribute(Attribute(right.id))),), negated=negated)
        for left in FIELDS
        for right in FIELDS
        for negated in (False, True)
    ]
    for group in filters:
        sql = to_sql(group, CATALOG, lambda attribute: Columns(table.c[attribute.field]), NOW, OSLO)
        found = set(connection.execute(select(table.c.n).where(sql)).scalars())
        match = compile_filter(group, CATALOG, NOW, OSLO)
        assert found == {n for n, record in enumerate(records) if match(record)}, group


KEYS = [each.key for each in OPERATORS if each.other and each.fits("decimal") and each.shape == "value"]


@pytest.mark.parametrize("key", KEYS)
def test_on_sqlite(key: str) -> None:
    engine = create_engine("sqlite://")
    with engine.connect() as connection:
        check(connection, key)
    engine.dispose()


@pytest.mark.postgresql
@pytest.mark.parametrize("key", KEYS)
def test_on_postgresql(key: str, postgresql_server: str) -> None:
    engine = create_engine(postgresql_server)
    with engine.connect() as connection:
        check(connection, key)
        connection.rollback()
    engine.dispose()
