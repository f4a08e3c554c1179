"""On or before: not past that day's last moment."""

from __future__ import annotations

from app.filters.operators.operator import DATES, Operator, Shape

OPERATOR = Operator(
    key="on_or_before",
    label="is on or before",
    kinds=DATES,
    shape=Shape.VALUE,
    other=True,
    match=lambda left, _first, last: f"{left} <= {last}",
    sql=lambda left, _first, last: left <= last,
    phrase="is on or before {value}",
    negative="is not on or before {value}",
    inverse="after",
    xml="AtOrBefore",
    help="Up to the end of that day, or up to that moment.",
)
