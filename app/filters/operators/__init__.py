"""The operators, in the order in which people see them: one file and one line here for each."""

from __future__ import annotations

from app.filters.operators import (
    after,
    anniversary_of,
    before,
    begins_with,
    between,
    contains,
    ends_with,
    equal,
    exists_in,
    exists_in_whole_word,
    greater_or_equal,
    greater_than,
    in_the_last,
    in_the_next,
    is_empty,
    is_false,
    is_not_empty,
    is_not_null,
    is_null,
    is_one_of,
    is_true,
    less_or_equal,
    less_than,
    not_contains,
    not_equal,
    not_exists_in,
    not_on,
    on,
    on_or_after,
    on_or_before,
)
from app.filters.operators.operator import Operator, Shape
from app.kernel.registry import Registry

__all__ = ["OPERATORS", "Operator", "Shape", "operators_for"]

OPERATORS: Registry[Operator] = Registry(
    "operator",
    (
        equal.OPERATOR,
        not_equal.OPERATOR,
        greater_than.OPERATOR,
        greater_or_equal.OPERATOR,
        less_than.OPERATOR,
        less_or_equal.OPERATOR,
        between.OPERATOR,
        contains.OPERATOR,
        not_contains.OPERATOR,
        begins_with.OPERATOR,
        ends_with.OPERATOR,
        exists_in.OPERATOR,
        not_exists_in.OPERATOR,
        exists_in_whole_word.OPERATOR,
        is_one_of.OPERATOR,
        on.OPERATOR,
        not_on.OPERATOR,
        before.OPERATOR,
        after.OPERATOR,
        on_or_before.OPERATOR,
        on_or_after.OPERATOR,
        in_the_last.OPERATOR,
        in_the_next.OPERATOR,
        anniversary_of.OPERATOR,
        is_true.OPERATOR,
        is_false.OPERATOR,
        is_empty.OPERATOR,
        is_not_empty.OPERATOR,
        is_null.OPERATOR,
        is_not_null.OPERATOR,
    ),
)


def operators_for(kind: str) -> tuple[Operator, ...]:
    """The operators that fit a kind of field, in the order in which people see them."""
    return tuple(each for each in OPERATORS if each.fits(kind))
