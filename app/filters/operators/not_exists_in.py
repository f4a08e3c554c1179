"""Does not exist in: there is a value, and none of the texts occurs in it."""

from __future__ import annotations

from app.filters.operators.operator import TEXTS, Operator, Shape
from app.filters.operators.parts import search_any

OPERATOR = Operator(
    key="not_exists_in",
    label="does not exist in",
    kinds=TEXTS,
    shape=Shape.VALUES,
    ready=search_any,
    match=lambda left, search: f"{search}({left}) is None",
    sql=lambda left, items: ~left.contains_any(items),
    phrase="contains none of {value}",
    negative="contains any of {value}",
    inverse="exists_in",
    xml="NotExistsIn",
    help="There is a value, and none of the texts occurs in it.",
)
