"""Not equal: there is a value, and it is another one."""

from __future__ import annotations

from app.filters.operators.operator import NUMBERS, TEXTS, Operator, Shape

OPERATOR = Operator(
    key="not_equal",
    label="does not equal",
    kinds=(*TEXTS, *NUMBERS),
    shape=Shape.VALUE,
    other=True,
    match=lambda left, right: f"{left} != {right}",
    sql=lambda left, right: left != right,
    phrase="does not equal {value}",
    negative="equals {value}",
    inverse="equal",
    xml="NotEqual",
    symbol="!=",
    help="There is a value and it is another one. No value at all does not pass.",
)
