"""A filter as plain JSON values and back, without loss: what drafts, versions and journey files keep."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.filters.prune import check_limits
from app.filters.tree import (
    EVENT,
    MAX_LEVELS,
    Attribute,
    Condition,
    Extra,
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
from app.kernel.errors import InvalidInput, Problem

Document = dict[str, Any]


def to_document(node: Node) -> Document:
    """The node as JSON values. Members that say nothing out of the ordinary are left out."""
    document: Document
    if isinstance(node, Group):
        document = {"join": node.join.value, "children": [to_document(child) for child in node.children]}
        if node.negated:
            document["negated"] = True
    else:
        document = {"attribute": attribute_document(node.attribute), "operator": node.operator}
        if node.operand is not None:
            document["operand"] = operand_document(node.operand)
    if node.disabled:
        document["disabled"] = True
    if node.extra:
        document["extra"] = [list(pair) for pair in node.extra]
    return document


def attribute_document(attribute: Attribute) -> Document:
    """An attribute as JSON values."""
    if attribute.source == EVENT:
        return {"field": attribute.field}
    return {"field": attribute.field, "source": attribute.source}


def operand_document(operand: Operand) -> Document | None:
    """A right-hand side as JSON values."""
    match operand:
        case Literal(text):
            return {"value": text}
        case Literals(texts):
            return {"values": list(texts)}
        case OtherAttribute(attribute):
            return {"attribute": attribute_document(attribute)}
        case RelativeDate(amount, unit):
            return {"today": amount, "unit": unit.value}
        case Span(amount, unit):
            return {"span": amount, "unit": unit.value}
        case Range(low, high):
            return {"low": operand_document(low), "high": operand_document(high)}
        case _:
            return None


def from_document(document: object) -> Group:
    """The filter of JSON values. Raises InvalidInput with the place of what is wrong (`filter/children/2/operator`)."""
    group = _node(document, "filter", 1)
    if not isinstance(group, Group):
        group = Group(children=(group,))
    check_limits(group)
    return group


def operand_from_document(document: object, where: str = "operand") -> Operand:
    """The right-hand side of JSON values. Raises InvalidInput."""
    if document is None:
        return None
    members = _members(document, where)
    if "value" in members:
        return Literal(_text(members["value"], f"{where}/value"))
    if "values" in members:
        texts = _list(members["values"], f"{where}/values")
        return Literals(tuple(_text(text, f"{where}/values/{i}") for i, text in enumerate(texts)))
    if "attribute" in members:
        return OtherAttribute(attribute_from_document(members["attribute"], f"{where}/attribute"))
    for name, kind in (("today", RelativeDate), ("span", Span)):
        if name in members:
            return kind(_whole(members[name], f"{where}/{name}"), _unit(members.get("unit", "days"), f"{where}/unit"))
    if "low" in members and "high" in members:
        low, high = (operand_from_document(members[each], f"{where}/{each}") for each in ("low", "high"))
        if isinstance(low, _BOUND) and isinstance(high, _BOUND):
            return Range(low, high)
    raise _problem(where, "is no operand that Switchback knows")


def attribute_from_document(document: object, where: str = "attribute") -> Attribute:
    """The attribute of JSON values. Raises InvalidInput."""
    members = _members(document, where)
    field = _text(members.get("field"), f"{where}/field")
    return Attribute(field, _text(members.get("source", EVENT), f"{where}/source"))


_BOUND = (Literal, RelativeDate, OtherAttribute)


def _node(document: object, where: str, level: int) -> Node:
    members = _members(document, where)
    disabled = _truth(members.get("disabled", False), f"{where}/disabled")
    extra = _extra(members.get("extra", []), f"{where}/extra")
    if "children" not in members:
        return Condition(
            attribute_from_document(members.get("attribute"), f"{where}/attribute"),
            _text(members.get("operator"), f"{where}/operator"),
            operand_from_document(members.get("operand"), f"{where}/operand"),
            disabled,
            extra,
        )
    if level > MAX_LEVELS:
        raise _problem(where, f"is more than {MAX_LEVELS} levels deep")
    join = members.get("join", Join.ALL.value)
    if join not in (Join.ALL.value, Join.ANY.value):
        raise _problem(f"{where}/join", "is neither and nor or")
    children = _list(members["children"], f"{where}/children")
    return Group(
        Join(join),
        tuple(_node(child, f"{where}/children/{i}", level + 1) for i, child in enumerate(children)),
        _truth(members.get("negated", False), f"{where}/negated"),
        disabled,
        extra,
    )


def _members(value: object, where: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise _problem(where, "is no object")
    return value


def _list(value: object, where: str) -> list[Any] | tuple[Any, ...]:
    if not isinstance(value, (list, tuple)):
        raise _problem(where, "is no list")
    return value


def _text(value: object, where: str) -> str:
    if not isinstance(value, str):
        raise _problem(where, "is no text")
    return value


def _truth(value: object, where: str) -> bool:
    if not isinstance(value, bool):
        raise _problem(where, "is neither true nor false")
    return value


def _whole(value: object, where: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise _problem(where, "is no whole number")
    return value


def _unit(value: object, where: str) -> Unit:
    if value not in tuple(Unit):
        raise _problem(where, f"is none of {', '.join(Unit)}")
    return Unit(str(value))


def _extra(value: object, where: str) -> Extra:
    pairs = [_list(pair, f"{where}/{i}") for i, pair in enumerate(_list(value, where))]
    if any(len(pair) != 2 for pair in pairs):
        raise _problem(where, "is no list of pairs")
    return tuple((_text(name, where), _text(text, where)) for name, text in pairs)


def _problem(where: str, what: str) -> InvalidInput:
    message = f"The filter cannot be read: {where} {what}."
    return InvalidInput(message, (Problem("not_a_filter", message, where),), where=where)
