"""Is false: the answer was no."""

from __future__ import annotations

from app.filters.operators.operator import BOOLEANS, Operator, Shape

OPERATOR = Operator(
    key="is_false",
    label="is false",
    kinds=BOOLEANS,
    shape=Shape.NONE,
    match=lambda left: f"{left} is False",
    sql=lambda left: left.is_false(),
    phrase="is false",
    negative="is not false",
    inverse="is_true",
    xml="Is",
    xml_value="false",
)
