"""Is one of: equals any of the values."""

from __future__ import annotations

from app.filters.operators.operator import NUMBERS, TEXTS, Operator, Shape

OPERATOR = Operator(
    key="is_one_of",
    label="is one of",
    kinds=(*TEXTS, *NUMBERS),
    shape=Shape.VALUES,
    ready=frozenset,
    match=lambda left, items: f"{left} in {items}",
    sql=lambda left, items: left.is_one_of(items),
    phrase="is one of {value}",
    negative="is none of {value}",
    help="Equals any of the values.",
)
