"""What the original's XML cannot carry, and a tree that says the same in what it can."""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.filters.catalog import Catalog
from app.filters.operators import OPERATORS, Operator, Shape
from app.filters.prune import asks, attributes_of
from app.filters.sentence import sentence
from app.filters.tree import (
    Condition,
    Group,
    Join,
    Literal,
    Literals,
    Node,
    Operand,
    Path,
    Range,
    RelativeDate,
    Span,
    Unit,
)
from app.filters.xml_conditions import Terms
from app.kernel.said import said

_CONDITION_OFF = said("A condition is switched off, which XML cannot say: it is left out.")
_GROUP_OFF = said("A group is switched off, which XML cannot say: it is left out.")


@dataclass(frozen=True, slots=True)
class Loss:
    """Something at `path` that XML cannot carry. `solved` says that the tree of the `Fit` says the same without it."""

    path: Path
    message: str
    solved: bool


@dataclass(frozen=True, slots=True)
class Fit:
    """A tree for `xml.to_xml`: as it was where nothing is lost; None where something has no equivalent."""

    tree: Group | None
    losses: tuple[Loss, ...] = ()


def fit(group: Group, catalog: Catalog) -> Fit:
    """What XML cannot carry of a filter, and the tree to export instead."""
    rewriter = _Rewriter(catalog)
    tree = rewriter.root(group)
    if not rewriter.losses:
        return Fit(group)
    return Fit(tree if all(loss.solved for loss in rewriter.losses) else None, tuple(rewriter.losses))


class _Rewriter:
    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._terms = Terms(catalog, "")
        self.losses: list[Loss] = []

    def root(self, group: Group) -> Group:
        """The tree, rewritten."""
        if group.disabled:
            self._lose(
                (), said("The whole filter is switched off, which XML cannot say: an empty one is written."), True
            )
            return Group()
        return self._group(group, (), negative=False)

    def _group(self, group: Group, path: Path, *, negative: bool) -> Group:
        if group.negated:
            self._lose(path, said("A negated group cannot be said: its conditions are written turned around."), True)
        if group.negated and not asks(group):
            return Group()
        negative ^= group.negated
        join = group.join if not negative else (Join.ANY if group.join is Join.ALL else Join.ALL)
        children = [self._child(child, (*path, i), negative=negative) for i, child in enumerate(group.children)]
        return Group(join, tuple(child for child in children if child is not None), extra=group.extra)

    def _child(self, node: Node, path: Path, *, negative: bool) -> Node | None:
        if node.disabled:
            one = isinstance(node, Condition)
            self._lose(path, _CONDITION_OFF if one else _GROUP_OFF, True)
            return None
        if isinstance(node, Group):
            if negative and not asks(node):
                return None
            return self._group(node, path, negative=negative)
        return self._condition(node, path, negative=negative)

    def _condition(self, condition: Condition, path: Path, *, negative: bool) -> Node:
        plain = self._plain(condition)
        asked = sentence(condition, self._catalog)
        if plain is None:
            self._lose(
                path, said("“{asked}” cannot be said in XML, and nothing else says the same.", asked=asked), False
            )
            return condition
        if plain != condition:
            instead = sentence(plain, self._catalog)
            message = said("“{asked}” cannot be said in XML; written as “{instead}”.", asked=asked, instead=instead)
            self._lose(path, message, True)
        if not negative:
            return plain
        turned = _opposite(plain)
        if turned is None:
            message = said("Not “{asked}” cannot be said in XML, and nothing else says the same.", asked=asked)
            self._lose(path, message, False)
            return condition
        return turned

    def _plain(self, condition: Condition) -> Node | None:
        """The same in operators and operands that XML has; the condition itself where it has them."""
        operator = OPERATORS.get(condition.operator)
        if operator is None:
            return condition if isinstance(condition.operand, Literal) and condition.extra else None
        if operator.xml is None:
            return self._without_operator(condition)
        operand = _in_days(condition.operand)
        if self._terms.says(operand, operator) is None or not _shaped(operand, operator):
            return None
        return condition if operand == condition.operand else replace(condition, operand=operand)

    def _without_operator(self, condition: Condition) -> Node | None:
        attribute, operand = condition.attribute, condition.operand
        parts: tuple[tuple[str, Operand], ...] = ()
        join = Join.ALL
        match operand:
            case Range(low, high):
                schema = self._catalog.field(attribute)
                dates = schema is not None and schema.kind == "date"
                above, below = ("on_or_after", "on_or_before") if dates else ("greater_or_equal", "less_or_equal")
                parts = ((above, low), (below, high))
            case Literals(texts):
                parts, join = tuple(("equal", Literal(text)) for text in texts), Join.ANY
            case Span(amount, unit) if unit is not Unit.MONTHS:
                day = amount * (7 if unit is Unit.WEEKS else 1)
                first, last = (-day, 0) if condition.operator == "in_the_last" else (0, day)
                parts = (("on_or_after", RelativeDate(first)), ("on_or_before", RelativeDate(last)))
        made = [self._plain(Condition(attribute, key, value)) for key, value in parts]
        known = tuple(each for each in made if each is not None)
        return Group(join, known) if made and len(known) == len(made) else None

    def _lose(self, path: Path, message: str, solved: bool) -> None:
        self.losses.append(Loss(path, message, solved))


def _in_days(operand: Operand) -> Operand:
    if isinstance(operand, RelativeDate) and (operand.unit is Unit.WEEKS or not operand.amount):
        return RelativeDate(operand.amount * (7 if operand.unit is Unit.WEEKS else 1))
    return operand


def _shaped(operand: Operand, operator: Operator) -> bool:
    """Whether reading the Value back gives the operand: a list only where the operator takes one."""
    if operand is None:
        return operator.shape is Shape.NONE
    return isinstance(operand, Literals) == (operator.shape is Shape.VALUES) and operator.shape is not Shape.NONE


def _opposite(node: Node) -> Node | None:
    """What holds exactly where `node` does not: no value counts as not holding."""
    if isinstance(node, Group):
        turned = [_opposite(child) for child in node.children]
        known = tuple(each for each in turned if each is not None)
        join = Join.ANY if node.join is Join.ALL else Join.ALL
        return Group(join, known) if len(known) == len(turned) else None
    operator = OPERATORS.get(node.operator)
    inverse = OPERATORS[operator.inverse] if operator and operator.inverse else None
    if operator is None or inverse is None or inverse.xml is None:
        return None
    other = Condition(node.attribute, inverse.key, node.operand)
    if operator.asks_null:
        return other
    missing = tuple(Condition(attribute, "is_null") for attribute in attributes_of(node))
    return Group(Join.ANY, (other, *missing))
