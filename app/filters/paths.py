"""Changing a tree at a path. Every function gives a new tree and leaves the old one as it is.

A path that leads nowhere raises NotFound, a change that a tree cannot take raises Conflict.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace as changed

from app.filters.tree import (
    EMPTY,
    Attribute,
    Group,
    Join,
    Node,
    Operand,
    OtherAttribute,
    Path,
    Range,
)
from app.kernel.errors import Conflict, NotFound


def at(group: Group, path: Path) -> Node:
    """The node at a path; the root for `()`."""
    node: Node = group
    for i in path:
        if not isinstance(node, Group) or not 0 <= i < len(node.children):
            raise NotFound(f"The filter has nothing at {'/'.join(map(str, path))}.")
        node = node.children[i]
    return node


def replace(group: Group, path: Path, node: Node) -> Group:
    """The tree with another node at a path. The root must stay a group: a condition becomes its only child."""
    if not path:
        return node if isinstance(node, Group) else Group(children=(node,))
    parent = _group_at(group, path[:-1])
    at(group, path)
    children = (*parent.children[: path[-1]], node, *parent.children[path[-1] + 1 :])
    return replace(group, path[:-1], changed(parent, children=children))


def insert(group: Group, path: Path, node: Node) -> Group:
    """The tree with `node` at `path`; what stood there and after it moves on by one."""
    if not path:
        raise Conflict("A filter has one root; insert into it instead.")
    parent, i = _group_at(group, path[:-1]), path[-1]
    if not 0 <= i <= len(parent.children):
        raise NotFound(f"There is no place {i} in a group of {len(parent.children)}.")
    return replace(group, path[:-1], changed(parent, children=(*parent.children[:i], node, *parent.children[i:])))


def remove(group: Group, path: Path) -> Group:
    """The tree without the node at a path; removing the root leaves the empty filter."""
    if not path:
        return EMPTY
    at(group, path)
    parent = _group_at(group, path[:-1])
    children = (*parent.children[: path[-1]], *parent.children[path[-1] + 1 :])
    return replace(group, path[:-1], changed(parent, children=children))


def move(group: Group, sources: tuple[Path, ...], to: Path) -> tuple[Group, tuple[Path, ...]] | None:
    """The tree with nodes moved, in their order, before what now stands at `to`, and where they are then.

    Every path is one of the tree as it is now; none of `sources` lies inside another. None where a group would have to
    go into itself, and for the root.
    """
    if not sources or not to or not all(sources) or any(to[: len(each)] == each and to != each for each in sources):
        return None
    _group_at(group, to[:-1])
    ordered = sorted(sources)
    nodes = [at(group, each) for each in ordered]
    for each in reversed(ordered):
        group = remove(group, each)
        if to != each:
            to = after_removal(to, each)
    for offset, node in enumerate(nodes):
        group = insert(group, (*to[:-1], to[-1] + offset), node)
    return group, tuple((*to[:-1], to[-1] + offset) for offset in range(len(nodes)))


def after_removal(path: Path, removed: Path) -> Path:
    """Where `path` is once the node at `removed` is gone (`path` is not inside it)."""
    level = len(removed) - 1
    if len(path) > level and path[:level] == removed[:level] and path[level] > removed[level]:
        return (*path[:level], path[level] - 1, *path[level + 1 :])
    return path


def wrap(group: Group, paths: tuple[Path, ...], join: Join = Join.ALL) -> Group:
    """The tree with siblings gathered in a new group, at the place of the first."""
    if not paths:
        raise Conflict("Choose the conditions to group first.")
    if paths == ((),):
        return Group(join, (group,))
    if not all(paths) or len({path[:-1] for path in paths}) > 1:
        raise Conflict("Only conditions of one group can be grouped.")
    parent = _group_at(group, paths[0][:-1])
    chosen = sorted({path[-1] for path in paths})
    inner = Group(join, tuple(at(parent, (i,)) for i in chosen))
    rest = [inner if i == chosen[0] else child for i, child in enumerate(parent.children) if i not in chosen[1:]]
    return replace(group, paths[0][:-1], changed(parent, children=tuple(rest)))


def unwrap(group: Group, path: Path) -> Group:
    """The tree with a group's children in its place; the NOT of a group that holds one other group goes on to that.

    Raises Conflict for the root, and for another negated group: its conditions would be asked without the NOT.
    """
    node = at(group, path)
    if not path or not isinstance(node, Group):
        raise Conflict("Only a group inside the filter can be dissolved.")
    inner = node.children
    if node.negated:
        if len(inner) != 1 or not isinstance(inner[0], Group):
            raise Conflict("A negated group cannot be dissolved: its conditions would be asked without the NOT.")
        inner = (changed(inner[0], negated=not inner[0].negated),)
    parent = _group_at(group, path[:-1])
    children = (*parent.children[: path[-1]], *inner, *parent.children[path[-1] + 1 :])
    return replace(group, path[:-1], changed(parent, children=children))


def with_attributes(group: Group, rename: Callable[[Attribute], Attribute]) -> Group:
    """The tree with every attribute replaced, on both sides: for files, where fields go by name."""

    def operand(given: Operand) -> Operand:
        if isinstance(given, OtherAttribute):
            return OtherAttribute(rename(given.attribute))
        if isinstance(given, Range):
            low, high = operand(given.low), operand(given.high)
            return Range(low, high)  # type: ignore[arg-type]  # a bound stays what it was
        return given

    def node(given: Node) -> Node:
        if isinstance(given, Group):
            return changed(given, children=tuple(node(child) for child in given.children))
        return changed(given, attribute=rename(given.attribute), operand=operand(given.operand))

    answer = node(group)
    assert isinstance(answer, Group)
    return answer


def _group_at(group: Group, path: Path) -> Group:
    node = at(group, path)
    if not isinstance(node, Group):
        raise Conflict("A condition holds no other conditions.")
    return node
