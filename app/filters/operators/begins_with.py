"""Begins with: the value starts with the text."""

from __future__ import annotations

from app.filters.operators.operator import TEXTS, Operator, Shape

OPERATOR = Operator(
    key="begins_with",
    label="begins with",
    kinds=TEXTS,
    shape=Shape.VALUE,
    match=lambda left, right: f"{left}.startswith({right})",
    sql=lambda left, right: left.begins_with(right),
    phrase="begins with {value}",
    negative="does not begin with {value}",
    xml="Begins",
)
