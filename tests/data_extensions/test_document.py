"""A data extension as JSON and back."""

from __future__ import annotations

import json
from typing import Any

import pytest

from app.data_extensions.data_extension import DataExtension, Field
from app.data_extensions.document import from_document, to_document
from app.kernel.errors import InvalidInput

CARTS = DataExtension(
    "id-1",
    "carts",
    "Carts",
    "What was left behind",
    (
        Field("f_k", "Key", "text", 50, required=True, primary_key=True),
        Field("f_t", "Cart total", "decimal", 10, 0, default="0"),
        Field("f_a", "At", "date"),
    ),
    "f_k",
)


def test_there_and_back() -> None:
    document = to_document(CARTS)
    assert from_document(json.loads(json.dumps(document))) == CARTS
    assert document["fields"][2] == {"id": "f_a", "name": "At", "kind": "date"}


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"name": 3}, ["name"]),
        ({"key": None}, ["key"]),
        ({"fields": "none"}, ["fields"]),
        ({"link": 1}, ["link"]),
        ({"fields": [{"id": "f", "name": "F"}, 7]}, ["fields[0].kind", "fields[1]"]),
        (
            {"fields": [{"id": "f", "name": "F", "kind": "text", "length": True, "required": 1}]},
            ["fields[0].length", "fields[0].required"],
        ),
    ],
)
def test_every_wrong_member_is_named(change: dict[str, Any], where: list[str]) -> None:
    with pytest.raises(InvalidInput) as caught:
        from_document({**to_document(CARTS), **change})
    assert [p.where for p in caught.value.problems] == where


def test_fields_are_found_by_id_and_by_exact_name() -> None:
    assert CARTS.field("f_t") is CARTS.named("Cart total")
    assert CARTS.field("f_x") is None
    assert CARTS.named("cart total") is None
    assert [field.name for field in CARTS.primary_keys] == ["Key"]
