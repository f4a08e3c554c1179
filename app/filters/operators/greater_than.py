"""Greater than: a number above the other."""

from __future__ import annotations

from app.filters.operators.operator import NUMBERS, Operator, Shape

OPERATOR = Operator(
    key="greater_than",
    label="is greater than",
    kinds=NUMBERS,
    shape=Shape.VALUE,
    other=True,
    match=lambda left, right: f"{left} > {right}",
    sql=lambda left, right: left > right,
    phrase="is greater than {value}",
    negative="is not greater than {value}",
    inverse="less_or_equal",
    xml="GreaterThan",
    symbol=">",
)
