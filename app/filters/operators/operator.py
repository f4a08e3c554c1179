"""What an operator is: one object with three voices (SQL, match in memory, sentence) that agree."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, tzinfo
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from app.filters.dates import Bounds
from app.filters.tree import Span

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement

TEXTS = ("text", "email", "phone", "locale")
NUMBERS = ("number", "decimal")
DATES = ("date",)
BOOLEANS = ("boolean",)
ALL = (*TEXTS, *NUMBERS, *DATES, *BOOLEANS)


class Shape(StrEnum):
    """What stands on the right-hand side."""

    NONE = "none"
    VALUE = "value"
    """A literal; where `other` allows it another attribute; for dates also a relative date."""
    VALUES = "values"
    SPAN = "span"
    RANGE = "range"
    DAY = "day"
    """A literal or relative date of which month and day count."""


@dataclass(frozen=True, slots=True)
class Operator:
    """One operator. `match` and `sql` are told the left side and what the operand stands for, by shape:

    - NONE: nothing; VALUE: the value, for dates the first and the last moment that the operand means;
    - VALUES: what `ready` made of the values; SPAN: first and last moment; RANGE: low and high, both included;
    - DAY: the `Anniversary`.

    `match` is handed names in generated source and answers with a Python expression; the left side is never None
    there unless `asks_null`, and texts are folded. `sql` is handed a term of `sql_terms` and terms or values, and
    answers with an expression that is NULL or false where a side has no value. `phrase` and `negative` are the
    sentence behind the attribute's name, `{value}` standing for the operand, `{low}` and `{high}` for a RANGE's two.
    `inverse` is the operator that holds for exactly the other values.
    `xml` is the original's name (None: its XML cannot carry it), `xml_value` the value written with it.
    """

    key: str
    label: str
    kinds: tuple[str, ...]
    shape: Shape
    match: Callable[..., str]
    sql: Callable[..., ColumnElement[bool]]
    phrase: str
    negative: str
    other: bool = False
    asks_null: bool = False
    inverse: str | None = None
    xml: str | None = None
    xml_value: str | None = None
    ready: Callable[[tuple[Any, ...]], Any] = tuple
    span: Callable[[Span, datetime, tzinfo], Bounds] | None = None
    """For SPAN: the moments that a length of time means."""
    symbol: str = ""
    """What the expression language writes; empty: the key's words."""
    help: str = ""

    def fits(self, kind: str) -> bool:
        """Whether fields of that kind can be asked so."""
        return kind in self.kinds

    @property
    def words(self) -> str:
        """The operator in the expression language."""
        return self.symbol or self.key.replace("_", " ")
