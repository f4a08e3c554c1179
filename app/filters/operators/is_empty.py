"""Is empty: a text without a character. No value is another matter."""

from __future__ import annotations

from app.filters.operators.operator import TEXTS, Operator, Shape

OPERATOR = Operator(
    key="is_empty",
    label="is empty",
    kinds=TEXTS,
    shape=Shape.NONE,
    match=lambda left: f"not {left}",
    sql=lambda left: left == "",
    phrase="is an empty text",
    negative="is not an empty text",
    inverse="is_not_empty",
    xml="IsEmpty",
)
