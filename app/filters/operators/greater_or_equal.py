"""Greater than or equal: a number not below the other."""

from __future__ import annotations

from app.filters.operators.operator import NUMBERS, Operator, Shape

OPERATOR = Operator(
    key="greater_or_equal",
    label="is greater than or equal to",
    kinds=NUMBERS,
    shape=Shape.VALUE,
    other=True,
    match=lambda left, right: f"{left} >= {right}",
    sql=lambda left, right: left >= right,
    phrase="is greater than or equal to {value}",
    negative="is not greater than or equal to {value}",
    inverse="less_than",
    xml="GreaterThanOrEqual",
    symbol=">=",
)
