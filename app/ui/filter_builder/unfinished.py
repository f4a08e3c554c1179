"""What the builder hands out of a tree that is still being written."""

from __future__ import annotations

from dataclasses import replace

from app.filters.tree import Attribute, Condition, Group, Node

NEW = Condition(Attribute(""), "", disabled=True)
"""A condition that names no field yet. It is disabled, so that nothing asks it, and is never handed out."""


def is_new(node: Node) -> bool:
    """Whether a condition names no field yet."""
    return isinstance(node, Condition) and not node.attribute.field


def without_new(group: Group) -> Group:
    """The tree without conditions that name no field yet."""
    children: list[Node] = []
    for child in group.children:
        if isinstance(child, Group):
            children.append(without_new(child))
        elif not is_new(child):
            children.append(child)
    return replace(group, children=tuple(children))
