"""Rows of a data extension in the original's shapes (`keys` and `values`, or flat items)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.api.answer import refuse
from app.data_extensions.data_extension import DataExtension
from app.data_extensions.kinds import KINDS

MOST_ROWS = 10_000
"""Rows of one call; the size of a body bounds them sooner."""


def read_rows(body: Any, member: str = "") -> list[dict[str, Any]]:
    """The rows of a body: a list of `{"keys": {...}, "values": {...}}` or of flat objects, or an object whose `member`
    is such a list. Raises Refusal."""
    if isinstance(body, dict):
        names = {name.lower(): value for name, value in body.items()}
        body = names.get(member, [body] if not member or member not in names else None)
    if not isinstance(body, list) or not body or not all(isinstance(each, dict) for each in body):
        raise refuse(400, 10003, 'The body must hold a list of rows: [{"keys": {...}, "values": {...}}].')
    if len(body) > MOST_ROWS:
        raise refuse(400, 10000, f"{len(body)} rows are too many for one call; send at most {MOST_ROWS}.")
    return [_row(each) for each in body]


def _row(item: dict[str, Any]) -> dict[str, Any]:
    names = {name.lower(): value for name, value in item.items()}
    if not names.keys() <= {"keys", "values"}:
        return item
    keys, values = names.get("keys") or {}, names.get("values") or {}
    if not isinstance(keys, dict) or not isinstance(values, dict):
        raise refuse(400, 10001, "keys and values of a row must be objects.")
    return {**keys, **values}


def row_json(schema: DataExtension, row: Sequence[object]) -> dict[str, Any]:
    """A stored row; names of columns in lower case, as the original gives them."""
    keys: dict[str, Any] = {}
    values: dict[str, Any] = {}
    for field, value in zip(schema.fields, row, strict=True):
        shown = None if value is None else KINDS[field.kind].to_json(value, field)
        (keys if field.primary_key else values)[field.name.lower()] = shown
    return {"keys": keys, "values": values}
