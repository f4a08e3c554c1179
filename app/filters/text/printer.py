"""From a tree to the expression language. `parser.parse` gives the same tree back."""

from __future__ import annotations

import json

from app.filters.catalog import Catalog
from app.filters.document import operand_document
from app.filters.operands import Family, family_of
from app.filters.operators import OPERATORS, Shape
from app.filters.text.tokens import KEYWORDS, PLAIN, WORD, Names
from app.filters.tree import (
    EVENT,
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
    Unit,
)


def to_text(node: Node, catalog: Catalog) -> str:
    """The filter, or one condition, as one line."""
    printer = _Printer(catalog)
    if isinstance(node, Condition):
        return printer.unit(node)
    if node.negated or node.disabled or node.extra:
        return printer.unit(node)
    if len(node.children) > 1 or (
        node.join is Join.ALL and (not node.children or isinstance(node.children[0], Condition))
    ):
        return printer.row(node)
    return printer.unit(node)


def quoted(text: str) -> str:
    """A text in quotes."""
    return json.dumps(text, ensure_ascii=False)


def name_text(name: str) -> str:
    """A name as it is written: plain, or in square brackets."""
    if WORD.fullmatch(name) and name.lower() not in KEYWORDS:
        return name
    return "[" + name.replace("]", "]]") + "]"


class _Printer:
    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._names = Names.of(catalog)

    def unit(self, node: Node) -> str:
        """A node as one member of a row."""
        text = self.condition(node) if isinstance(node, Condition) else self._group(node)
        if node.extra:
            text += " " + json.dumps({"xml": node.extra}, ensure_ascii=False)
        return f"off {text}" if node.disabled else text

    def row(self, group: Group) -> str:
        """The members of a group, joined."""
        return f" {group.join.value} ".join(self.unit(child) for child in group.children)

    def _group(self, group: Group) -> str:
        bare = len(group.children) < 2 and group.join is Join.ANY
        return f"{'not ' if group.negated else ''}{'any' if bare else ''}({self.row(group)})"

    def condition(self, condition: Condition) -> str:
        """A condition; one whose operand does not fit its operator is written with JSON."""
        left = self.attribute(condition.attribute)
        operator = OPERATORS.get(condition.operator)
        schema = self._catalog.field(condition.attribute)
        family = family_of(schema) if schema else None
        right = self._operand(condition.operand, operator.shape, family) if operator else None
        if operator is not None and right is not None:
            return f"{left} {operator.words} {right}" if right else f"{left} {operator.words}"
        key = condition.operator if WORD.fullmatch(condition.operator) else quoted(condition.operator)
        document = operand_document(condition.operand)
        return f"{left} :{key}" + ("" if document is None else f" {json.dumps(document, ensure_ascii=False)}")

    def attribute(self, attribute: Attribute) -> str:
        """An attribute by name, where that leads back to it."""
        schema, home = self._catalog.field(attribute), self._catalog.home(attribute)
        if schema is not None and home is not None:
            place = None if attribute.source == EVENT else home.name
            if self._names.find(schema.name, place) == attribute:
                name = name_text(schema.name)
                if place is not None:
                    return f"{name_text(place)}.{name}"
                return f"[{name}]" if name == schema.name and self._names.begins(name) else name
        ids = (attribute.field,) if attribute.source == EVENT else (attribute.field, attribute.source)
        return f"field({', '.join(map(quoted, ids))})"

    def _operand(self, operand: Operand, shape: Shape, family: Family | None) -> str | None:
        """The right-hand side, or None where the shape has no way of saying it."""
        if shape is Shape.NONE:
            return "" if operand is None else None
        if shape in (Shape.VALUE, Shape.DAY):
            return self._value(operand, family)
        if shape is Shape.VALUES and isinstance(operand, Literals):
            return "(" + ", ".join(_literal(text, family) for text in operand.texts) + ")"
        if shape is Shape.SPAN and isinstance(operand, Span):
            return f"{operand.amount} {operand.unit.value}"
        if shape is Shape.RANGE and isinstance(operand, Range):
            return f"{self._value(operand.low, family)} and {self._value(operand.high, family)}"
        return None

    def _value(self, operand: Operand, family: Family | None) -> str | None:
        match operand:
            case Literal(text):
                return _literal(text, family)
            case OtherAttribute(attribute):
                return self.attribute(attribute)
            case RelativeDate(amount, unit):
                if not amount and unit is Unit.DAYS:
                    return "today"
                return f"today {'-' if amount < 0 else '+'} {abs(amount)} {unit.value}"
            case _:
                return None


def _literal(text: str, family: Family | None) -> str:
    return text if family in (Family.NUMBER, Family.DATE) and PLAIN.fullmatch(text) else quoted(text)
