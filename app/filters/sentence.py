"""A filter in words, so that two filters that decide some contact differently never read the same.

A negated group is said from the inside: each condition with its opposite, *and* and *or* exchanged. That is where no
value passes, and so each says "or has no value" itself.

The sentence is English text that still knows what it was made of (`app.kernel.said`), down to single values.
"""

from __future__ import annotations

import re

from app.filters.catalog import Catalog
from app.filters.operands import FIELD_ID
from app.filters.operators import OPERATORS, Operator
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
from app.kernel.said import Said, counted, joined, listed, said

EVERYONE = said("Everyone passes")
STRONG = frozenset(("field", "value", "low", "high"))
"""Under these names the sentence holds names and values; they are what catches the eye."""

_WORD = re.compile(r"[\w.@+:/%#-]+")
_RESERVED = frozenset(
    ("is", "equals", "does", "contains", "begins", "ends", "has", "and", "or", "not", "the", "today", "nothing")
)


def sentence(node: Node, catalog: Catalog) -> Said:
    """The filter, or one node of it, in words."""
    return _node(node, catalog, negative=False, alone=True) if asks(node) else EVERYONE


def attribute_name(attribute: Attribute, catalog: Catalog) -> str:
    """The attribute as sentences name it: `Country`, `Tier (Loyalty)`, in quotes where it would be misread."""
    field, home = catalog.field(attribute), catalog.home(attribute)
    name = _quoted(field.name if field else attribute.field, spaces=True)
    if not field:
        lost = FIELD_ID.fullmatch(attribute.field)
        name = said("a deleted field") if lost else said("the missing field {name}", name=name)
    if attribute.source == EVENT:
        return name
    return said("{name} ({home})", name=name, home=_quoted(home.name if home else attribute.source, spaces=True))


def operand_text(operand: Operand, catalog: Catalog) -> str:
    """A right-hand side in words."""
    match operand:
        case Literal(text):
            return _quoted(text)
        case Literals(texts):
            return listed(map(_quoted, texts)) or said("nothing")
        case OtherAttribute(attribute):
            return said("the value of {attribute}", attribute=attribute_name(attribute, catalog))
        case RelativeDate(amount, unit):
            if not amount:
                return said("today")
            length = length_words(abs(amount), unit)
            return (
                said("today plus {length}", length=length)
                if amount > 0
                else said("today minus {length}", length=length)
            )
        case Span(amount, unit):
            return length_words(amount, unit)
        case Range(low, high):
            return said("{low} and {high}", low=operand_text(low, catalog), high=operand_text(high, catalog))
        case _:
            return "…"


def length_words(amount: int, unit: str) -> Said:
    """`3 days`, `1 hour`: so many of a unit."""
    match unit:
        case "minutes":
            return counted("{n} minute", "{n} minutes", amount)
        case "hours":
            return counted("{n} hour", "{n} hours", amount)
        case "weeks":
            return counted("{n} week", "{n} weeks", amount)
        case "months":
            return counted("{n} month", "{n} months", amount)
        case _:
            return counted("{n} day", "{n} days", amount)


def predicate(operator: Operator, operand: Operand, catalog: Catalog, *, negative: bool = False) -> Said:
    """What is asked of an attribute: `is between 1 and 5`."""
    template = operator.negative if negative else operator.phrase
    values: dict[str, object] = {}
    if "{low}" in template:
        low, high = (operand.low, operand.high) if isinstance(operand, Range) else (operand, operand)
        values = {"low": operand_text(low, catalog), "high": operand_text(high, catalog)}
    elif "{value}" in template:
        values = {"value": operand_text(operand, catalog)}
    return Said(template.format(**values), template, values)


def _node(node: Node, catalog: Catalog, *, negative: bool, alone: bool) -> Said:
    """The sentence of a node; `alone` says that nothing stands beside it, so it needs no brackets."""
    if isinstance(node, Condition):
        text = _condition(node, catalog, negative=negative)
        operator = OPERATORS.get(node.operator)
        if not negative or (operator and operator.asks_null):
            return text
        text = said("{condition} or has no value", condition=text)
        return text if alone else said("({inner})", inner=text)
    negative ^= node.negated
    children = [child for _, child in asked_children(node)]
    if len(children) == 1:
        return _node(children[0], catalog, negative=negative, alone=alone)
    parts = [_node(child, catalog, negative=negative, alone=False) for child in children]
    every = (node.join is Join.ALL) != negative
    text = joined("{first} and {rest}", parts) if every else joined("{first} or {rest}", parts)
    return text if alone else said("({inner})", inner=text)


def _condition(condition: Condition, catalog: Catalog, *, negative: bool) -> Said:
    operator = OPERATORS.get(condition.operator)
    if operator is None:
        asked, value = repr(condition.operator), operand_text(condition.operand, catalog)
        words = (
            said("does not meet {operator} {value}", operator=asked, value=value)
            if negative
            else said("meets {operator} {value}", operator=asked, value=value)
        )
    else:
        words = predicate(operator, condition.operand, catalog, negative=negative)
    return said("{field} {asked}", field=attribute_name(condition.attribute, catalog), asked=words)


def _quoted(text: str, *, spaces: bool = False) -> str:
    """The text as it is where that cannot be misread, else in quotes (a quote inside comes twice)."""
    words = text.split(" ") if spaces else [text]
    if all(_WORD.fullmatch(word) and word.lower() not in _RESERVED for word in words):
        return text
    return "“" + text.replace("”", "””") + "”"
