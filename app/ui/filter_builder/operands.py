"""Which operators fit a field, and what becomes of an operand when field or operator change."""

from __future__ import annotations

from dataclasses import replace

from app.data_extensions.data_extension import Field
from app.filters import operators
from app.filters.operators import OPERATORS, Operator, Shape
from app.filters.tree import (
    Attribute,
    Condition,
    Group,
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

_FIRST_SPAN = 7
"""A week: the length that a new *in the last* starts with."""


def comparable(kind: str) -> str:
    """Kinds with the same answer can be compared with each other and share their operands."""
    groups = {"number": "number", "decimal": "number", "date": "date", "boolean": "boolean"}
    return groups.get(kind, "text")


def operators_for(field: Field | None) -> tuple[Operator, ...]:
    """What can be asked about a field; about one that is gone, nothing."""
    return operators.operators_for(field.kind) if field else ()


def default_condition(attribute: Attribute, field: Field) -> Condition:
    """The condition that a newly chosen field starts with."""
    fitting = operators_for(field)
    first = next((operator for operator in fitting if operator.shape is not Shape.RANGE), fitting[0])
    return Condition(attribute, first.key, default_operand(first, field))


def default_operand(operator: Operator, field: Field) -> Operand:
    """An operand of the operator's shape to start from."""
    if operator.shape is Shape.NONE:
        return None
    if operator.shape is Shape.VALUES:
        return Literals(())
    if operator.shape is Shape.SPAN:
        return Span(_FIRST_SPAN)
    blank = RelativeDate(0) if field.kind == "date" else Literal("")
    return Range(blank, blank) if operator.shape is Shape.RANGE else blank


def with_attribute(condition: Condition, attribute: Attribute, field: Field) -> Condition:
    """The condition over another field; keeps operator and value where they still make sense."""
    operator = OPERATORS.get(condition.operator)
    if operator is None or not operator.fits(field.kind):
        return replace(default_condition(attribute, field), disabled=condition.disabled)
    operand = condition.operand
    bounds = (operand.low, operand.high) if isinstance(operand, Range) else (operand,)
    dated = any(isinstance(bound, (RelativeDate, Span)) for bound in bounds)
    if isinstance(operand, OtherAttribute) or (dated and field.kind != "date"):
        operand = default_operand(operator, field)
    return replace(condition, attribute=attribute, operand=operand)


def with_operator(condition: Condition, key: str, field: Field | None) -> Condition:
    """The condition with another operator; carries the value over where the new shape can hold it."""
    operator = OPERATORS.get(key)
    if operator is None or field is None:
        return condition
    return replace(condition, operator=key, operand=_carried(condition.operand, operator, field))


def opposite(node: Node) -> Node:
    """The node with its meaning turned around, by the opposite operator where there is one (*equals*, *not equal*).

    As everywhere in filters a contact without a value then passes neither; a negated group would let it pass.
    """
    if isinstance(node, Group):
        return replace(node, negated=not node.negated)
    operator = OPERATORS.get(node.operator)
    if operator is not None and operator.inverse:
        return replace(node, operator=operator.inverse)
    return Group(Join.ANY, (node,), negated=True)


def _carried(operand: Operand, operator: Operator, field: Field) -> Operand:
    blank = default_operand(operator, field)
    if operator.shape is Shape.NONE:
        return None
    if type(operand) is type(blank):
        return operand
    if operator.shape is Shape.VALUES:
        return Literals((operand.text,)) if isinstance(operand, Literal) and operand.text else blank
    if operator.shape in (Shape.VALUE, Shape.DAY):
        return _single(operand, operator) or blank
    if isinstance(blank, Range) and isinstance(operand, (Literal, RelativeDate, OtherAttribute)):
        return Range(operand, blank.high)
    return blank


def _single(operand: Operand, operator: Operator) -> Operand:
    """The one value in an operand of another shape."""
    if isinstance(operand, Literals):
        return Literal(operand.texts[0]) if operand.texts else None
    if isinstance(operand, Range):
        operand = operand.low
    if isinstance(operand, OtherAttribute) and not operator.other:
        return None
    return operand if isinstance(operand, (Literal, RelativeDate, OtherAttribute)) else None
