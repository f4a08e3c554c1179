"""The rules of a schema."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.data_extensions.data_extension import DataExtension, Field
from app.data_extensions.rules import check_field, check_schema, tidy
from app.kernel.errors import Severity

KEY = Field("f_k", "Key", "text", length=50, required=True, primary_key=True)
TOTAL = Field("f_t", "Cart total", "decimal", length=10, scale=2)
AT = Field("f_a", "At", "date")


def table(*fields: Field, **more: str | None) -> DataExtension:
    return replace(DataExtension("id", "carts", "Carts", fields=fields), **more)  # type: ignore[arg-type]


def codes(data_extension: DataExtension) -> list[tuple[str, str]]:
    return [(p.code, p.where) for p in check_schema(data_extension)]


def test_a_good_schema() -> None:
    assert check_schema(table(KEY, TOTAL, AT, link="f_k")) == ()


@pytest.mark.parametrize(
    ("schema", "problem"),
    [
        (table(), ("no_fields", "fields")),
        (table(KEY, name="  "), ("empty", "name")),
        (table(KEY, key=""), ("empty", "key")),
        (table(KEY, key="k" * 201), ("too_long", "key")),
        (table(KEY, name="n" * 201), ("too_long", "name")),
        (table(KEY, name="n" * 41), ("long_name", "name")),
        (table(KEY, name="a\nb"), ("invalid_characters", "name")),
        (table(KEY, name="a\ud800"), ("invalid_characters", "name")),
        (table(KEY, replace(TOTAL, name=" ")), ("empty", "field 2")),
        (table(KEY, replace(TOTAL, name="n" * 129)), ("too_long", f"field 2 ({'n' * 129})")),
        (table(KEY, replace(TOTAL, name="a\tb")), ("invalid_characters", "field 2 (a\tb)")),
        (table(KEY, replace(TOTAL, name="KEY")), ("duplicate_field", "field 2 (KEY)")),
        (table(KEY, replace(TOTAL, kind="blob")), ("unknown_kind", "field 2 (Cart total)")),
        (table(replace(KEY, length=0)), ("bad_length", "field 1 (Key)")),
        (table(replace(TOTAL, length=39)), ("bad_length", "field 1 (Cart total)")),
        (table(replace(TOTAL, scale=11)), ("bad_scale", "field 1 (Cart total)")),
        (table(replace(TOTAL, default="lots")), ("bad_default", "field 1 (Cart total)")),
        (table(replace(AT, default="yesterday")), ("bad_default", "field 1 (At)")),
        (table(replace(AT, primary_key=True)), ("date_key", "field 1 (At)")),
        (table(replace(KEY, length=451)), ("long_key", "field 1 (Key)")),
        (table(KEY, link="f_x"), ("no_link", "link")),
        (table(KEY, AT, link="f_a"), ("bad_link", "link")),
        (table(replace(KEY, length=300), link="f_k"), ("bad_link", "link")),
        (table(*(replace(KEY, id=f"f_{i}", name=f"K{i}") for i in range(4))), ("too_many_keys", "fields")),
        (table(*(Field(f"f_{i}", f"F{i}", "text") for i in range(501))), ("too_many_fields", "fields")),
    ],
    ids=lambda v: v[0] if isinstance(v, tuple) else "",
)
def test_what_is_wrong_with_a_schema(schema: DataExtension, problem: tuple[str, str]) -> None:
    assert problem in codes(schema)
    assert all(p.hint for p in check_schema(schema))


@pytest.mark.parametrize("name", ["name", "key", "link", "fields", "field 2"])
def test_a_field_may_have_the_name_of_a_place(name: str) -> None:
    """Its problem is at the field, not at the data extension's own name or key."""
    assert codes(table(replace(KEY, name="Id"), replace(TOTAL, name=name, length=39))) == [
        ("bad_length", f"field 2 ({name})")
    ]


def test_a_long_name_is_only_a_warning() -> None:
    assert [p.severity for p in check_schema(table(KEY, name="n" * 41))] == [Severity.WARNING]


def test_a_date_and_another_field_may_be_the_key() -> None:
    assert codes(table(KEY, replace(AT, primary_key=True, required=True))) == []


def test_now_is_a_default_of_a_date_and_three_keys_are_allowed() -> None:
    assert check_field(replace(AT, default="GetDate()")) == ()
    assert codes(table(*(replace(KEY, id=f"f_{i}", name=f"K{i}") for i in range(3)))) == []


def test_a_nullable_key_is_made_required() -> None:
    tidied = tidy(table(replace(KEY, required=False, name=" Key "), name=" Carts "))
    assert tidied.fields[0] == KEY
    assert tidied.name == "Carts"
