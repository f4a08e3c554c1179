"""Is not null: there is a value, an empty text included."""

from __future__ import annotations

from app.filters.operators.operator import ALL, Operator, Shape

OPERATOR = Operator(
    key="is_not_null",
    label="has a value",
    kinds=ALL,
    shape=Shape.NONE,
    asks_null=True,
    match=lambda left: f"{left} is not None",
    sql=lambda left: ~left.is_null(),
    phrase="has a value",
    negative="has no value",
    inverse="is_null",
    xml="IsNotNull",
)
