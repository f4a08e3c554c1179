"""In the last ...: so many days, weeks or months back from today, whole days, today included."""

from __future__ import annotations

from app.filters.dates import last_span
from app.filters.operators.operator import DATES, Operator, Shape

OPERATOR = Operator(
    key="in_the_last",
    label="is in the last",
    kinds=DATES,
    shape=Shape.SPAN,
    span=last_span,
    match=lambda left, first, last: f"{first} <= {left} <= {last}",
    sql=lambda left, first, last: (left >= first) & (left <= last),
    phrase="is in the last {value}",
    negative="is not in the last {value}",
    help="Whole days of the workspace's time zone, counted back from today, today included.",
)
