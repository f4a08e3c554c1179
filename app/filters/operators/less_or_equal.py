"""Less than or equal: a number not above the other."""

from __future__ import annotations

from app.filters.operators.operator import NUMBERS, Operator, Shape

OPERATOR = Operator(
    key="less_or_equal",
    label="is less than or equal to",
    kinds=NUMBERS,
    shape=Shape.VALUE,
    other=True,
    match=lambda left, right: f"{left} <= {right}",
    sql=lambda left, right: left <= right,
    phrase="is less than or equal to {value}",
    negative="is not less than or equal to {value}",
    inverse="greater_than",
    xml="LessThanOrEqual",
    symbol="<=",
)
