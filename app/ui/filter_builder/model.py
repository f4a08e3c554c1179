"""The filter that is being edited: the tree, what is selected in it, and its own undo."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal

from app.filters import paths
from app.filters.catalog import Catalog
from app.filters.tree import EMPTY, Condition, Group, Join, Node, Path

_MOST_STEPS = 500


@dataclass(frozen=True, slots=True)
class _State:
    group: Group
    current: Path | None


class FilterModel(QObject):
    """Every change goes through here, is undoable, and is announced once by `changed`.

    `current` is the node that the keyboard acts on; `selected` those that a command acts on (always holds
    `current` unless that is None).
    """

    changed = Signal()
    selection_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.group: Group = EMPTY
        self.catalog = Catalog()
        self.current: Path | None = None
        self.selected: tuple[Path, ...] = ()
        self.read_only = False
        self._undo: list[_State] = []
        self._redo: list[_State] = []
        self._burst: tuple[str, Path] | None = None

    def reset(self, group: Group, catalog: Catalog) -> None:
        """Start over with another filter; forgets the history."""
        self.group, self.catalog = group, catalog
        self._undo.clear()
        self._redo.clear()
        self._burst = None
        self.select(None)
        self.changed.emit()

    def node(self, path: Path | None) -> Node | None:
        """The node at a path, or None when there is none."""
        return None if path is None else find(self.group, path)

    # --- selection -------------------------------------------------------------------------------------------

    def select(self, path: Path | None, *, also: bool = False) -> None:
        """Make `path` current; `also` keeps what was selected (and takes it out when it was in)."""
        before = (self.current, self.selected)
        if path is None:
            self.current, self.selected = None, ()
        elif also:
            kept = tuple(p for p in self.selected if p != path)
            self.selected = kept if len(kept) < len(self.selected) and kept else (*kept, path)
            self.current = path
        else:
            self.current, self.selected = path, (path,)
        if before != (self.current, self.selected):
            self._burst = None
            self.selection_changed.emit()

    def targets(self) -> tuple[Path, ...]:
        """What a command acts on: the selected nodes, without those inside another selected one, in order."""
        chosen = sorted(p for p in set(self.selected) if p and find(self.group, p) is not None)
        return tuple(p for p in chosen if not any(p[: len(other)] == other for other in chosen if len(other) < len(p)))

    # --- changes ---------------------------------------------------------------------------------------------

    def set_condition(self, path: Path, condition: Condition, burst: str = "") -> None:
        """Replace a condition. Changes of the same `burst` at the same place are undone together (typing)."""
        self._put(paths.replace(self.group, path, condition), path, (burst, path) if burst else None)

    def replace_node(self, path: Path, node: Node) -> None:
        """Put another node in the place of one."""
        self._put(paths.replace(self.group, path, node), path)

    def set_group(self, path: Path, *, join: Join, negated: bool) -> None:
        """Change how a group joins its children."""
        node = self.node(path)
        if isinstance(node, Group):
            self._put(paths.replace(self.group, path, replace(node, join=join, negated=negated)), path)

    def add(self, node: Node, after: Path | None = None) -> Path:
        """Insert after the node at `after`: at its end when that is a group, at the root's end for None."""
        where = self.place_after(after)
        self._put(paths.insert(self.group, where, node), where)
        return where

    def place_after(self, path: Path | None) -> Path:
        """The path that a new node after `path` gets."""
        node = self.node(path)
        if path is None or node is None:
            return (len(self.group.children),)
        if isinstance(node, Group):
            return (*path, len(node.children))
        return (*path[:-1], path[-1] + 1)

    def remove(self, targets: tuple[Path, ...]) -> None:
        """Take nodes out; the nearest that is left becomes current."""
        if not targets:
            return
        group = self.group
        for path in reversed(targets):
            group = paths.remove(group, path)
        self._put(group, _nearest(group, targets[0]))

    def duplicate(self, targets: tuple[Path, ...]) -> None:
        """A copy of each, right after it."""
        group = self.group
        for path in reversed(targets):
            node = find(self.group, path)
            if node is not None:
                group = paths.insert(group, (*path[:-1], path[-1] + 1), node)
        if targets:
            first = targets[0]
            self._put(group, (*first[:-1], first[-1] + 1))

    def paste(self, nodes: tuple[Node, ...], after: Path | None) -> None:
        """Insert several nodes after `after`, in order."""
        where = self.place_after(after)
        group = self.group
        for offset, node in enumerate(nodes):
            group = paths.insert(group, (*where[:-1], where[-1] + offset), node)
        if nodes:
            self._put(group, where)

    def move(self, targets: tuple[Path, ...], to: Path) -> None:
        """Move nodes so that the first stands where `to` points in the tree as it is now."""
        moved = paths.move(self.group, targets, to)
        if moved is not None:
            group, places = moved
            self._put(group, places[0])
            self.selected = places
            self.selection_changed.emit()

    def toggle_disabled(self, targets: tuple[Path, ...]) -> None:
        """Disable what is enabled, else enable it; a disabled node is kept but not asked."""
        nodes = [find(self.group, path) for path in targets]
        disabled = any(node is not None and not node.disabled for node in nodes)
        group = self.group
        for path, node in zip(targets, nodes, strict=True):
            if node is not None:
                group = paths.replace(group, path, replace(node, disabled=disabled))
        if targets:
            self._put(group, self.current)

    def apply(self, change: Callable[[Group], tuple[Group, Path | None]]) -> None:
        """Any other change of the tree: gives the new tree and what is current in it."""
        group, current = change(self.group)
        self._put(group, current)

    def replace_all(self, group: Group, burst: str = "") -> None:
        """Another tree as one undoable step: from text or XML, or a fix."""
        self._put(group, self.current if find(group, self.current or ()) else None, (burst, ()) if burst else None)

    # --- history ---------------------------------------------------------------------------------------------

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        return bool(self._undo)

    @property
    def can_redo(self) -> bool:
        """Whether there is a step to do again."""
        return bool(self._redo)

    def undo(self) -> None:
        """Take back the last step."""
        self._travel(self._undo, self._redo)

    def redo(self) -> None:
        """Do the last taken-back step again."""
        self._travel(self._redo, self._undo)

    def _travel(self, source: list[_State], target: list[_State]) -> None:
        if not source or self.read_only:
            return
        target.append(_State(self.group, self.current))
        state = source.pop()
        self._burst = None
        self._show(state.group, state.current)

    def _put(self, group: Group, current: Path | None, burst: tuple[str, Path] | None = None) -> None:
        if self.read_only or group == self.group:
            return
        if burst is None or burst != self._burst:
            self._undo.append(_State(self.group, self.current))
            del self._undo[:-_MOST_STEPS]
        self._burst = burst
        self._redo.clear()
        self._show(group, current)

    def _show(self, group: Group, current: Path | None) -> None:
        self.group = group
        if current is not None and find(group, current) is None:
            current = None
        moved = current != self.current or self.selected != ((current,) if current is not None else ())
        self.current = current
        self.selected = () if current is None else (current,)
        self.changed.emit()
        if moved:
            self.selection_changed.emit()


def find(group: Group, path: Path) -> Node | None:
    """The node at `path`, or None when the tree has none there."""
    node: Node = group
    for position in path:
        if not isinstance(node, Group) or not 0 <= position < len(node.children):
            return None
        node = node.children[position]
    return node


def _nearest(group: Group, path: Path) -> Path | None:
    """What is nearest to a removed node: its next sibling, the one before, or its group."""
    parent = find(group, path[:-1])
    if not isinstance(parent, Group):
        return None
    if parent.children:
        return (*path[:-1], min(path[-1], len(parent.children) - 1))
    return path[:-1]
