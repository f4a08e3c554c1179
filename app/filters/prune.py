"""What a tree really asks: disabled nodes and groups that ask nothing do not count, in any voice."""

from __future__ import annotations

from collections.abc import Iterator

from app.filters.tree import (
    EVENT,
    MAX_CONDITIONS,
    MAX_LEVELS,
    Attribute,
    Condition,
    Group,
    Node,
    OtherAttribute,
    Path,
    Range,
    RelativeDate,
    Span,
)
from app.kernel.errors import InvalidInput, Problem
from app.kernel.said import said


def asks(node: Node) -> bool:
    """Whether the node asks anything: it is enabled and is a condition, or a group with a child that asks."""
    if node.disabled:
        return False
    return isinstance(node, Condition) or any(asks(child) for child in node.children)


def asked_children(group: Group) -> tuple[tuple[int, Node], ...]:
    """The children that ask anything, with their positions."""
    return tuple((i, child) for i, child in enumerate(group.children) if asks(child))


def conditions(node: Node, path: Path = ()) -> Iterator[tuple[Path, Condition]]:
    """Every condition, disabled ones too, with its path, in reading order."""
    if isinstance(node, Condition):
        yield path, node
    else:
        for i, child in enumerate(node.children):
            yield from conditions(child, (*path, i))


def attributes_of(condition: Condition) -> tuple[Attribute, ...]:
    """The attributes that a condition looks at, the left side first."""
    operand = condition.operand
    sides = (operand.low, operand.high) if isinstance(operand, Range) else (operand,)
    others = (side.attribute for side in sides if isinstance(side, OtherAttribute))
    return tuple(dict.fromkeys((condition.attribute, *others)))


def asks_contact_data(group: Group) -> bool:
    """Whether a condition that is asked looks at contact data."""
    if not asks(group):
        return False
    return any(
        asks_contact_data(child) if isinstance(child, Group) else any(a.source != EVENT for a in attributes_of(child))
        for _, child in asked_children(group)
    )


def follows_calendar(node: Node) -> bool:
    """Whether what the node asks changes with the day: a relative date or a length of time is in it. A filter that was
    compiled is right for the whole day (of the time zone) that it was compiled on, and for ever without those."""
    if isinstance(node, Group):
        return any(follows_calendar(child) for child in node.children)
    operand = node.operand
    sides = (operand.low, operand.high) if isinstance(operand, Range) else (operand,)
    return any(isinstance(side, (RelativeDate, Span)) for side in sides)


def check_limits(group: Group) -> None:
    """Raise InvalidInput for a tree with more levels or conditions than every voice can take."""
    count = 0
    waiting: list[tuple[Node, int]] = [(group, 1)]
    while waiting:
        node, level = waiting.pop()
        if isinstance(node, Condition):
            count += 1
            continue
        if level > MAX_LEVELS:
            raise _too_large(said("The filter has groups more than {n} levels deep.", n=MAX_LEVELS), "too_deep")
        waiting.extend((child, level + 1) for child in node.children)
    if count > MAX_CONDITIONS:
        message = said("The filter has {n:,} conditions; at most {most:,} are taken.", n=count, most=MAX_CONDITIONS)
        raise _too_large(message, "too_many")


def _too_large(message: str, code: str) -> InvalidInput:
    hint = said("Join conditions with “is one of”, or split the filter in two.")
    return InvalidInput(message, (Problem(code, message, hint=hint),), hint=hint)
