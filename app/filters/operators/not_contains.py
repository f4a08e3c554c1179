"""Does not contain: there is a value, and the text does not occur in it."""

from __future__ import annotations

from app.filters.operators.operator import TEXTS, Operator, Shape

OPERATOR = Operator(
    key="not_contains",
    label="does not contain",
    kinds=TEXTS,
    shape=Shape.VALUE,
    match=lambda left, right: f"{right} not in {left}",
    sql=lambda left, right: ~left.contains(right),
    phrase="does not contain {value}",
    negative="contains {value}",
    inverse="contains",
    xml="NotContains",
)
