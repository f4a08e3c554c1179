"""Ends with: the value stops with the text."""

from __future__ import annotations

from app.filters.operators.operator import TEXTS, Operator, Shape

OPERATOR = Operator(
    key="ends_with",
    label="ends with",
    kinds=TEXTS,
    shape=Shape.VALUE,
    match=lambda left, right: f"{left}.endswith({right})",
    sql=lambda left, right: left.ends_with(right),
    phrase="ends with {value}",
    negative="does not end with {value}",
    xml="Ends",
)
