"""On: within that day of the workspace's time zone, or at that very moment."""

from __future__ import annotations

from app.filters.operators.operator import DATES, Operator, Shape

OPERATOR = Operator(
    key="on",
    label="is on",
    kinds=DATES,
    shape=Shape.VALUE,
    other=True,
    match=lambda left, first, last: f"{first} <= {left} <= {last}",
    sql=lambda left, first, last: (left >= first) & (left <= last),
    phrase="is on {value}",
    negative="is not on {value}",
    inverse="not_on",
    xml="Equal",
    help="Within that day; a date with a time, or another attribute, means that very moment.",
)
