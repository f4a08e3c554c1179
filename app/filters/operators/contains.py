"""Contains: the text occurs somewhere in the value."""

from __future__ import annotations

from app.filters.operators.operator import TEXTS, Operator, Shape

OPERATOR = Operator(
    key="contains",
    label="contains",
    kinds=TEXTS,
    shape=Shape.VALUE,
    match=lambda left, right: f"{right} in {left}",
    sql=lambda left, right: left.contains(right),
    phrase="contains {value}",
    negative="does not contain {value}",
    inverse="not_contains",
    xml="Contains",
)
