"""Is not empty: a text with a character at least."""

from __future__ import annotations

from app.filters.operators.operator import TEXTS, Operator, Shape

OPERATOR = Operator(
    key="is_not_empty",
    label="is not empty",
    kinds=TEXTS,
    shape=Shape.NONE,
    match=lambda left: f"{left} != ''",
    sql=lambda left: left != "",
    phrase="is not an empty text",
    negative="is an empty text",
    inverse="is_empty",
    xml="IsNotEmpty",
)
