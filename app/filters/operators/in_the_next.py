"""In the next ...: so many days, weeks or months on from today, whole days, today included."""

from __future__ import annotations

from app.filters.dates import next_span
from app.filters.operators.operator import DATES, Operator, Shape

OPERATOR = Operator(
    key="in_the_next",
    label="is in the next",
    kinds=DATES,
    shape=Shape.SPAN,
    span=next_span,
    match=lambda left, first, last: f"{first} <= {left} <= {last}",
    sql=lambda left, first, last: (left >= first) & (left <= last),
    phrase="is in the next {value}",
    negative="is not in the next {value}",
    help="Whole days of the workspace's time zone, counted on from today, today included.",
)
