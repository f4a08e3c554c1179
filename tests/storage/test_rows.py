"""Rows go in by primary key, and come back as they were."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import Engine, select

from app.data_extensions.data_extension import DataExtension, Field, Value
from app.data_extensions.kinds import KINDS
from app.kernel.errors import InvalidInput
from app.storage.physical import change_table, new_table_name, row_table
from app.storage.rows import RowTable, RowWrite

CARTS = DataExtension(
    id="carts",
    key="Carts",
    name="Carts",
    fields=(
        Field("f_key", "Contact key", "text", length=50, required=True, primary_key=True),
        Field("f_total", "Cart total", "decimal", length=10, scale=2),
        Field("f_big", "Big", "decimal", length=30, scale=5),
        Field("f_items", "Items", "number"),
        Field("f_at", "Abandoned at", "date"),
        Field("f_gift", "Gift", "boolean"),
        Field("f_mail", "Email", "email"),
        Field("f_phone", "Phone", "phone"),
        Field("f_locale", "Locale", "locale"),
    ),
    link="f_key",
)
PLAIN = replace(CARTS, fields=tuple(replace(field, primary_key=False) for field in CARTS.fields))


def make(engine: Engine, schema: DataExtension) -> RowTable:
    rows = RowTable(new_table_name(), schema)
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        rows.table.create(connection)
    return rows


def write(engine: Engine, rows: RowTable, *writes: RowWrite) -> list[dict[str, Value]]:
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        rows.write(connection, writes)
    return read(engine, rows)


def read(engine: Engine, rows: RowTable) -> list[dict[str, Value]]:
    with engine.connect() as connection:
        return [rows.load(row) for row in connection.execute(select(rows.table).order_by("row_id")).mappings()]


FULL: dict[str, Value] = {
    "f_key": "NTO-1001 Ærlig",
    "f_total": Decimal("59.90"),
    "f_big": Decimal("-1234567890123456789.12345"),
    "f_items": -(2**63),
    "f_at": datetime(2026, 2, 28, 23, 59, 59, 999999, tzinfo=UTC),
    "f_gift": False,
    "f_mail": "Ana@Example.com",
    "f_phone": "+4712345678",
    "f_locale": "EN-US",
}


def test_every_kind_comes_back_as_it_was(engine: Engine) -> None:
    rows = make(engine, CARTS)
    empty = {field.id: None for field in CARTS.fields} | {"f_key": "x"}
    assert write(engine, rows, RowWrite(FULL), RowWrite({"f_key": "x"})) == [FULL, empty]


def test_text_has_its_folded_twin(engine: Engine) -> None:
    rows = make(engine, CARTS)
    write(engine, rows, RowWrite(FULL))
    with engine.connect() as connection:
        row = connection.execute(select(rows.table)).mappings().one()
    assert row["f_key_ci"] == "nto-1001 ærlig"
    folded = [field.id for field in CARTS.fields if KINDS[field.kind].fold]
    assert [name for name in row if name.endswith("_ci")] == [f"{name}_ci" for name in folded]


def test_a_known_primary_key_updates_only_what_was_given(engine: Engine) -> None:
    rows = make(engine, CARTS)
    write(engine, rows, RowWrite(FULL, "event-1"))
    given = frozenset({"f_key", "f_total"})
    (row,) = write(engine, rows, RowWrite({"f_key": FULL["f_key"], "f_total": None, "f_items": 7}, "event-2", given))
    assert row == FULL | {"f_total": None}


def test_what_a_row_was_before_is_answered(engine: Engine) -> None:
    rows = make(engine, CARTS)
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        (first,) = rows.write(connection, [RowWrite({"f_key": "a", "f_items": 1}, "e1")])
        again, third = rows.write(
            connection, [RowWrite({"f_key": "a", "f_items": 2}, "e2"), RowWrite({"f_key": "a", "f_items": 3}, "e3")]
        )
    assert first.before is None
    assert again.row_id == third.row_id == first.row_id
    assert again.before is not None
    assert third.before is not None
    assert (again.before["f_items"], again.before["event_instance_id"]) == (1, "e1")
    assert (third.before["f_items"], third.before["event_instance_id"]) == (2, "e2")
    assert [row["f_items"] for row in read(engine, rows)] == [3]


def test_two_of_a_batch_with_a_new_primary_key_are_one_row(engine: Engine) -> None:
    rows = make(engine, CARTS)
    found = write(engine, rows, RowWrite({"f_key": "a", "f_items": 1}), RowWrite({"f_key": "a", "f_gift": True}))
    assert [(row["f_items"], row["f_gift"]) for row in found] == [(1, True)]


def test_without_a_primary_key_every_write_is_a_row_in_order(engine: Engine) -> None:
    rows = make(engine, PLAIN)
    write(engine, rows, *(RowWrite({"f_key": "a", "f_items": n}) for n in range(3)))
    found = write(engine, rows, *(RowWrite({"f_key": "a", "f_items": n}) for n in range(3, 450)))
    assert [row["f_items"] for row in found] == list(range(450))


def test_a_primary_key_of_three_fields(engine: Engine) -> None:
    keys = ("f_key", "f_items", "f_at")
    schema = replace(CARTS, fields=tuple(replace(f, primary_key=f.id in keys) for f in CARTS.fields))
    rows = make(engine, schema)
    at = datetime(2026, 1, 1, tzinfo=UTC)
    many = [
        RowWrite({"f_key": "a", "f_items": n % 2, "f_at": at + timedelta(days=n // 2), "f_gift": True})
        for n in range(500)
    ]
    assert len(write(engine, rows, *many)) == 500
    changed = [replace(each, values={**each.values, "f_gift": False}) for each in many]
    assert {row["f_gift"] for row in write(engine, rows, *changed)} == {False}
    assert len(read(engine, rows)) == 500


def test_a_field_joins_a_filled_table_and_leaves_it_with_its_values_kept(engine: Engine) -> None:
    small = replace(CARTS, fields=CARTS.fields[:2])
    name = new_table_name()
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        rows = RowTable(name, small)
        rows.table.create(connection)
        rows.write(connection, [RowWrite({"f_key": "a"})])
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        change_table(connection, name, CARTS)
        grown = RowTable(name, CARTS)
        grown.fill_gaps(connection, "f_mail", "none@example.com")
    assert read(engine, grown)[0]["f_mail"] == "none@example.com"
    for schema in (small, CARTS):
        with engine.connect().execution_options(writes=True) as connection, connection.begin():
            change_table(connection, name, schema)
    assert read(engine, grown)[0]["f_mail"] == "none@example.com"


def test_the_index_of_the_contact_key_follows_the_schema(engine: Engine) -> None:
    from sqlalchemy import inspect

    name = new_table_name()
    for schema in (PLAIN, replace(PLAIN, link="f_mail"), replace(PLAIN, link=None)):
        with engine.connect().execution_options(writes=True) as connection, connection.begin():
            if schema is PLAIN:
                row_table(name, schema).create(connection)
            else:
                change_table(connection, name, schema)
            found = [index["column_names"] for index in inspect(connection).get_indexes(name)]
        assert found == ([[schema.link]] if schema.link else [])


def test_no_text_of_a_user_becomes_a_name_in_the_database() -> None:
    with pytest.raises(InvalidInput, match="id"):
        row_table("de_x", DataExtension("i", "k", "n", fields=(Field('f_"; DROP TABLE meta', "n", "text"),)))
