"""Equal: the same text without regard to case, or the same number."""

from __future__ import annotations

from app.filters.operators.operator import NUMBERS, TEXTS, Operator, Shape

OPERATOR = Operator(
    key="equal",
    label="equals",
    kinds=(*TEXTS, *NUMBERS),
    shape=Shape.VALUE,
    other=True,
    match=lambda left, right: f"{left} == {right}",
    sql=lambda left, right: left == right,
    phrase="equals {value}",
    negative="does not equal {value}",
    inverse="not_equal",
    xml="Equal",
    symbol="=",
    help="The same text, capitals or not, or the same number.",
)
