"""Not on: outside that day, or not at that moment."""

from __future__ import annotations

from app.filters.operators.operator import DATES, Operator, Shape

OPERATOR = Operator(
    key="not_on",
    label="is not on",
    kinds=DATES,
    shape=Shape.VALUE,
    other=True,
    match=lambda left, first, last: f"not {first} <= {left} <= {last}",
    sql=lambda left, first, last: (left < first) | (left > last),
    phrase="is not on {value}",
    negative="is on {value}",
    inverse="on",
    xml="NotEqual",
    help="There is a date, and it is outside that day.",
)
