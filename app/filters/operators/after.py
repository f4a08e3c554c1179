"""After: past that day's last moment."""

from __future__ import annotations

from app.filters.operators.operator import DATES, Operator, Shape

OPERATOR = Operator(
    key="after",
    label="is after",
    kinds=DATES,
    shape=Shape.VALUE,
    other=True,
    match=lambda left, _first, last: f"{left} > {last}",
    sql=lambda left, _first, last: left > last,
    phrase="is after {value}",
    negative="is not after {value}",
    inverse="on_or_before",
    xml="After",
    help="Past the end of that day, or past that moment.",
)
