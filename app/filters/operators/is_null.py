"""Is null: there is no value."""

from __future__ import annotations

from app.filters.operators.operator import ALL, Operator, Shape

OPERATOR = Operator(
    key="is_null",
    label="has no value",
    kinds=ALL,
    shape=Shape.NONE,
    asks_null=True,
    match=lambda left: f"{left} is None",
    sql=lambda left: left.is_null(),
    phrase="has no value",
    negative="has a value",
    inverse="is_not_null",
    xml="IsNull",
)
