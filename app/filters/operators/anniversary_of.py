"""Anniversary of: the same day and month, in whatever year."""

from __future__ import annotations

from app.filters.operators.operator import DATES, Operator, Shape

OPERATOR = Operator(
    key="anniversary_of",
    label="is an anniversary of",
    kinds=DATES,
    shape=Shape.DAY,
    match=lambda left, day: f"{day}.holds({left})",
    sql=lambda left, day: left.anniversary(day),
    phrase="is an anniversary of {value}",
    negative="is no anniversary of {value}",
    help="The same day and month in any year; 29 February counts as the 28th in years without one.",
)
