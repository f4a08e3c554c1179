"""The condition tree: immutable values, addressed by path, compared by value.

A path is a tuple of child positions from the root: `()` is the root, `(2, 0)` the first child of its third child.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

EVENT = "event"
"""The source of event data: what came with the event, fixed at entry."""

Path = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Attribute:
    """A field that a condition looks at. `field` is its id (unique in the workspace); `source` is EVENT, or the id
    of the linked data extension whose current row is asked (contact data)."""

    field: str
    source: str = EVENT


class Unit(StrEnum):
    """Units of relative dates."""

    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"


@dataclass(frozen=True, slots=True)
class Literal:
    """A value as it was typed; its kind reads it when the filter is compiled."""

    text: str


@dataclass(frozen=True, slots=True)
class Literals:
    """Several values: for *is one of*, *exists in*."""

    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OtherAttribute:
    """The right-hand side is another attribute."""

    attribute: Attribute


@dataclass(frozen=True, slots=True)
class RelativeDate:
    """Today plus (or, with a negative amount, minus) a number of units, in the workspace's time zone."""

    amount: int
    unit: Unit = Unit.DAYS


@dataclass(frozen=True, slots=True)
class Span:
    """A length of time: for *in the last* and *in the next*."""

    amount: int
    unit: Unit = Unit.DAYS


@dataclass(frozen=True, slots=True)
class Range:
    """Two bounds, both included: for *between*."""

    low: Literal | RelativeDate | OtherAttribute
    high: Literal | RelativeDate | OtherAttribute


Extra = tuple[tuple[str, str], ...]
"""What a node's XML said beyond our terms (name and value), kept so that it goes back unchanged."""

Operand = Literal | Literals | OtherAttribute | RelativeDate | Span | Range | None


@dataclass(frozen=True, slots=True)
class Condition:
    """One comparison; `operator` is the key of an operator; a disabled one is kept but not asked."""

    attribute: Attribute
    operator: str
    operand: Operand = None
    disabled: bool = False
    extra: Extra = ()


class Join(StrEnum):
    """How a group joins its children."""

    ALL = "and"
    ANY = "or"


@dataclass(frozen=True, slots=True)
class Group:
    """Children joined by AND or OR, negated or not. A group that asks nothing lets everyone pass."""

    join: Join = Join.ALL
    children: tuple[Node, ...] = ()
    negated: bool = False
    disabled: bool = False
    extra: Extra = ()


Node = Condition | Group

MAX_LEVELS = 25
"""Groups inside groups, the root counted: SQLite's parser ends at 38 alternating levels."""
MAX_CONDITIONS = 1000

EMPTY = Group()
"""No filter: everyone passes."""
