"""Exists in: any of the texts occurs somewhere in the value (the original's partial match over a list)."""

from __future__ import annotations

from app.filters.operators.operator import TEXTS, Operator, Shape
from app.filters.operators.parts import search_any

OPERATOR = Operator(
    key="exists_in",
    label="exists in",
    kinds=TEXTS,
    shape=Shape.VALUES,
    ready=search_any,
    match=lambda left, search: f"{search}({left}) is not None",
    sql=lambda left, items: left.contains_any(items),
    phrase="contains any of {value}",
    negative="contains none of {value}",
    inverse="not_exists_in",
    xml="ExistsIn",
    help="Any of the texts occurs somewhere in the value, even as a part of a word.",
)
