"""Before: ahead of that day's first moment."""

from __future__ import annotations

from app.filters.operators.operator import DATES, Operator, Shape

OPERATOR = Operator(
    key="before",
    label="is before",
    kinds=DATES,
    shape=Shape.VALUE,
    other=True,
    match=lambda left, first, _last: f"{left} < {first}",
    sql=lambda left, first, _last: left < first,
    phrase="is before {value}",
    negative="is not before {value}",
    inverse="on_or_after",
    xml="Before",
    help="Ahead of that day, or of that moment.",
)
