"""Less than: a number below the other."""

from __future__ import annotations

from app.filters.operators.operator import NUMBERS, Operator, Shape

OPERATOR = Operator(
    key="less_than",
    label="is less than",
    kinds=NUMBERS,
    shape=Shape.VALUE,
    other=True,
    match=lambda left, right: f"{left} < {right}",
    sql=lambda left, right: left < right,
    phrase="is less than {value}",
    negative="is not less than {value}",
    inverse="greater_or_equal",
    xml="LessThan",
    symbol="<",
)
