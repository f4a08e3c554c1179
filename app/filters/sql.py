"""A filter as one SQL expression over typed columns, every value a bound parameter; alike on SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, true
from sqlalchemy.sql.elements import Grouping

from app.filters.catalog import Catalog
from app.filters.compile import broken, where
from app.filters.operands import Asked, ConditionProblem, Family, make_ready
from app.filters.prune import asked_children, asks, check_limits
from app.filters.sql_terms import BooleanTerm, DateTerm, NumberTerm, Term, TextTerm
from app.filters.tree import Attribute, Condition, Group, Join, Node, Path
from app.kernel.errors import Problem

_FLAT = 16
"""So many operands stand in one row; more are put in brackets, since SQLite ends at a depth of 1,000."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of an attribute: its stored value, and for a text its folded twin."""

    value: ColumnElement[Any]
    folded: ColumnElement[Any] | None = None


def to_sql(
    group: Group, catalog: Catalog, columns: Callable[[Attribute], Columns], now: datetime, tz: tzinfo
) -> ColumnElement[bool]:
    """The expression that is true for exactly the rows that `compile_filter` lets pass (else false or NULL).

    `columns` gives the columns of an attribute as its kind stores it. Raises as `compile_filter` does.
    """
    check_limits(group)
    if not asks(group):
        return true()
    writer = _Writer(catalog, columns, now, tz)
    expression = writer.node(group, ())
    if writer.problems:
        raise broken(writer.problems)
    return expression


class _Writer:
    def __init__(self, catalog: Catalog, columns: Callable[[Attribute], Columns], now: datetime, tz: tzinfo) -> None:
        self._catalog, self._columns, self._now, self._tz = catalog, columns, now, tz
        self.problems: list[Problem] = []

    def node(self, node: Node, path: Path) -> ColumnElement[bool]:
        """The expression of a node that asks something."""
        if isinstance(node, Condition):
            return self._condition(node, path)
        parts = [(self.node(child, (*path, i)), child) for i, child in asked_children(node)]
        inner = _joined(node.join, parts)
        # Below, NULL stands for no; a NOT must make a yes of both.
        return _Brackets(inner).is_not(true()) if node.negated else inner

    def _condition(self, condition: Condition, path: Path) -> ColumnElement[bool]:
        try:
            ready = make_ready(condition, self._catalog, self._now, self._tz)
        except ConditionProblem as problem:
            self.problems.append(Problem(problem.code, problem.message, where(path), problem.hint))
            return true()
        right = (self._term(each) if isinstance(each, Asked) else each for each in ready.right)
        return ready.operator.sql(self._term(ready.left), *right)

    def _term(self, asked: Asked) -> Term:
        columns = self._columns(asked.attribute)
        if asked.family is Family.TEXT:
            folded = columns.value if columns.folded is None else columns.folded
            return TextTerm(columns.value, folded, asked.field)
        return _TERMS[asked.family](columns.value, asked.field)


_TERMS: dict[Family, type[Term]] = {Family.NUMBER: NumberTerm, Family.DATE: DateTerm, Family.BOOLEAN: BooleanTerm}


class _Brackets(Grouping[bool]):
    """Brackets that stay: SQLAlchemy looks through its own and makes one long row of what is inside."""

    inherit_cache = True
    operator = None


def _joined(join: Join, parts: list[tuple[ColumnElement[bool], Node]]) -> ColumnElement[bool]:
    """The operands in a row. Conditions beyond a few are gathered in brackets: that costs brackets only where nothing
    else nests, and SQLite counts both the depth of a row and the brackets that are open."""
    conditions = [expression for expression, node in parts if isinstance(node, Condition)]
    # A negated group has brackets of its own: two pairs a level would be too many for SQLite's parser.
    groups = [each if node.negated else _Brackets(each) for each, node in parts if isinstance(node, Group)]
    combine = and_ if join is Join.ALL else or_
    return combine(*(_gathered(conditions, combine) if len(conditions) > _FLAT else conditions), *groups)


def _gathered(expressions: list[ColumnElement[bool]], combine: Callable[..., ColumnElement[bool]]) -> list[Any]:
    size = -(-len(expressions) // _FLAT)
    pieces = [expressions[i : i + size] for i in range(0, len(expressions), size)]
    return [_Brackets(combine(*(_gathered(piece, combine) if len(piece) > _FLAT else piece))) for piece in pieces]
