"""A filter in words, so that two filters that decide some contact differently never read the same.

A negated group is said from the inside: each condition with its opposite, *and* and *or* exchanged. That is where no
value passes, and so each says "or has no value" itself.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from app.filters.catalog import Catalog
from app.filters.operands import FIELD_ID
from app.filters.operators import OPERATORS
from app.filters.prune import asked_children, asks
from app.filters.tree import (
    EVENT,
    Attribute,
    Condition,
    Join,
    Literal,
    Literals,
    Node,
    Operand,
    OtherAttribute,
    Range,
    RelativeDate,
    Span,
)

EVERYONE = "Everyone passes"

_WORD = re.compile(r"[\w.@+:/%#-]+")
_RESERVED = frozenset(
    ("is", "equals", "does", "contains", "begins", "ends", "has", "and", "or", "not", "the", "today", "nothing")
)


class Run(NamedTuple):
    """A stretch of the sentence; names and values are strong."""

    text: str
    strong: bool = False


def sentence(node: Node, catalog: Catalog) -> str:
    """The filter, or one node of it, in words."""
    return "".join(run.text for run in sentence_runs(node, catalog))


def sentence_runs(node: Node, catalog: Catalog) -> tuple[Run, ...]:
    """The sentence with its strong stretches, for showing it with emphasis."""
    if not asks(node):
        return (Run(EVERYONE),)
    return tuple(_node(node, catalog, negative=False, alone=True))


def attribute_name(attribute: Attribute, catalog: Catalog) -> str:
    """The attribute as sentences name it: `Country`, `Tier (Loyalty)`, in quotes where it would be misread."""
    field, home = catalog.field(attribute), catalog.home(attribute)
    name = _quoted(field.name if field else attribute.field, spaces=True)
    if not field:
        name = "a deleted field" if FIELD_ID.fullmatch(attribute.field) else f"the missing field {name}"
    if attribute.source == EVENT:
        return name
    return f"{name} ({_quoted(home.name if home else attribute.source, spaces=True)})"


def operand_text(operand: Operand, catalog: Catalog) -> str:
    """A right-hand side in words."""
    match operand:
        case Literal(text):
            return _quoted(text)
        case Literals(texts):
            return ", ".join(map(_quoted, texts)) or "nothing"
        case OtherAttribute(attribute):
            return f"the value of {attribute_name(attribute, catalog)}"
        case RelativeDate(amount, unit):
            return "today" if not amount else f"today {'plus' if amount > 0 else 'minus'} {_length(abs(amount), unit)}"
        case Span(amount, unit):
            return _length(amount, unit)
        case Range(low, high):
            return f"{operand_text(low, catalog)} and {operand_text(high, catalog)}"
        case _:
            return "…"


def _node(node: Node, catalog: Catalog, *, negative: bool, alone: bool) -> list[Run]:
    """The runs of a node; `alone` says that nothing stands beside it, so it needs no brackets."""
    if isinstance(node, Condition):
        runs = _condition(node, catalog, negative=negative)
        operator = OPERATORS.get(node.operator)
        if negative and not (operator and operator.asks_null):
            runs.append(Run(" or has no value"))
            return runs if alone else [Run("("), *runs, Run(")")]
        return runs
    negative ^= node.negated
    children = [child for _, child in asked_children(node)]
    if len(children) == 1:
        return _node(children[0], catalog, negative=negative, alone=alone)
    word = " and " if (node.join is Join.ALL) != negative else " or "
    runs = [Run("(")] if not alone else []
    for i, child in enumerate(children):
        if i:
            runs.append(Run(word))
        runs += _node(child, catalog, negative=negative, alone=False)
    if not alone:
        runs.append(Run(")"))
    return runs


def _condition(condition: Condition, catalog: Catalog, *, negative: bool) -> list[Run]:
    runs = [Run(attribute_name(condition.attribute, catalog), True), Run(" ")]
    operator = OPERATORS.get(condition.operator)
    if operator is None:
        phrase = f"does not meet {condition.operator!r} {{}}" if negative else f"meets {condition.operator!r} {{}}"
    else:
        phrase = operator.negative if negative else operator.phrase
    if isinstance(condition.operand, Range) and phrase.count("{}") == 2:
        values = [operand_text(condition.operand.low, catalog), operand_text(condition.operand.high, catalog)]
    else:
        values = [operand_text(condition.operand, catalog)] * phrase.count("{}")
    pieces = phrase.split("{}")
    for piece, value in zip(pieces, values, strict=False):
        runs += [Run(piece), Run(value, True)]
    return [run for run in (*runs, Run(pieces[-1])) if run.text]


def _length(amount: int, unit: str) -> str:
    return f"{amount} {unit[:-1] if amount == 1 else unit}"


def _quoted(text: str, *, spaces: bool = False) -> str:
    """The text as it is where that cannot be misread, else in quotes (a quote inside comes twice)."""
    words = text.split(" ") if spaces else [text]
    if all(_WORD.fullmatch(word) and word.lower() not in _RESERVED for word in words):
        return text
    return "“" + text.replace("”", "””") + "”"
