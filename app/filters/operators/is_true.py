"""Is true: the answer was yes."""

from __future__ import annotations

from app.filters.operators.operator import BOOLEANS, Operator, Shape

OPERATOR = Operator(
    key="is_true",
    label="is true",
    kinds=BOOLEANS,
    shape=Shape.NONE,
    match=lambda left: f"{left} is True",
    sql=lambda left: left.is_true(),
    phrase="is true",
    negative="is not true",
    inverse="is_false",
    xml="Is",
    xml_value="true",
)
