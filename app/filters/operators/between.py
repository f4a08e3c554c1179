"""Between: from one bound to the other, both included."""

from __future__ import annotations

from app.filters.operators.operator import DATES, NUMBERS, Operator, Shape

OPERATOR = Operator(
    key="between",
    label="is between",
    kinds=(*NUMBERS, *DATES),
    shape=Shape.RANGE,
    other=True,
    match=lambda left, low, high: f"{low} <= {left} <= {high}",
    sql=lambda left, low, high: (left >= low) & (left <= high),
    phrase="is between {low} and {high}",
    negative="is not between {low} and {high}",
    help="From one bound to the other, both included; a day counts to its end.",
)
