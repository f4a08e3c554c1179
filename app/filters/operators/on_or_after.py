"""On or after: from that day's first moment on."""

from __future__ import annotations

from app.filters.operators.operator import DATES, Operator, Shape

OPERATOR = Operator(
    key="on_or_after",
    label="is on or after",
    kinds=DATES,
    shape=Shape.VALUE,
    other=True,
    match=lambda left, first, _last: f"{left} >= {first}",
    sql=lambda left, first, _last: left >= first,
    phrase="is on or after {value}",
    negative="is not on or after {value}",
    inverse="before",
    xml="AtOrAfter",
    help="From the start of that day on, or from that moment on.",
)
