"""What can be done with the conditions that are selected, one method a command: keys, menus and buttons call these."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMenu, QWidget

from app.filters import paths
from app.filters.tree import Group, Join, Path
from app.kernel.errors import Conflict, UserError
from app.kernel.said import sentences
from app.ui.filter_builder import clipboard
from app.ui.filter_builder.model import FilterModel, find
from app.ui.filter_builder.operands import opposite
from app.ui.filter_builder.surroundings import Surroundings
from app.ui.filter_builder.unfinished import NEW
from app.ui.translation import mark, shown, tr


@dataclass(frozen=True, slots=True)
class _Entry:
    text: str
    keys: str
    command: str


class Commands(QObject):
    """Acts on the model's selection. `refused` says in one sentence why a command did nothing."""

    refused = Signal(str)

    def __init__(self, model: FilterModel, surroundings: Surroundings) -> None:
        super().__init__(model)
        self._model = model
        self._surroundings = surroundings

    def add_condition(self, after: Path | None = None) -> Path:
        """A new condition after a node (in a group: at its end)."""
        return self._model.add(NEW, after)

    def add_condition_here(self) -> None:
        """A new condition after the current one."""
        self.add_condition(self._model.current)

    def add_condition_at_end(self) -> None:
        """A new condition at the end of the current group."""
        current = self._model.current or ()
        node = find(self._model.group, current)
        self.add_condition(current if isinstance(node, Group) else current[:-1])

    def add_group(self, after: Path | None = None) -> Path:
        """A new group with one new condition in it, joined the other way than the group around it."""
        where = self._model.place_after(after)
        around = find(self._model.group, where[:-1])
        join = Join.ANY if isinstance(around, Group) and around.join is Join.ALL else Join.ALL
        self._model.add(Group(join, (NEW,)), after)
        self._model.select((*where, 0))
        return where

    def group(self) -> None:
        """Put the selected nodes into a group of their own."""
        targets = self._model.targets()
        if not targets:
            return
        try:
            self._model.apply(lambda group: (paths.wrap(group, targets), targets[0]))
        except Conflict as problem:
            self.refused.emit(tr("{problem} Move them together first.", problem=problem))

    def ungroup(self) -> None:
        """Replace the selected group by its children."""
        current = self._model.current
        node = self._model.node(current)
        path = current if isinstance(node, Group) else (current or ())[:-1]
        if not path:
            self.refused.emit(tr("The outermost group holds the whole filter and cannot be dissolved."))
            return
        try:
            self._model.apply(lambda group: (paths.unwrap(group, path), path))
        except Conflict as problem:
            self.refused.emit(tr("{problem} Choose All of or Any of first.", problem=problem))

    def negate(self) -> None:
        """Turn the meaning of the selected nodes around."""
        model = self._model
        targets = model.targets()
        if not targets and model.current == ():
            targets = ((),)

        def change(group: Group) -> tuple[Group, Path | None]:
            for path in targets:
                node = find(group, path)
                if isinstance(node, Group) and path and node.negated and len(node.children) == 1:
                    group = paths.replace(group, path, node.children[0])
                elif node is not None:
                    group = paths.replace(group, path, opposite(node))
            return group, model.current

        if targets:
            model.apply(change)

    def duplicate(self) -> None:
        """A copy of each selected node after it."""
        self._model.duplicate(self._model.targets())

    def remove(self) -> None:
        """Take the selected nodes out."""
        self._model.remove(self._model.targets())

    def toggle_disabled(self) -> None:
        """Keep the selected nodes but ask them no more, or ask them again."""
        self._model.toggle_disabled(self._model.targets())

    def copy(self) -> None:
        """Copy the selected nodes, as text too."""
        nodes = tuple(node for path in self._model.targets() if (node := self._model.node(path)) is not None)
        if nodes:
            clipboard.put(nodes, self._model.catalog)

    def cut(self) -> None:
        """Copy and remove."""
        self.copy()
        self.remove()

    def paste(self) -> None:
        """Insert what was copied here, in another filter, or written as text, after the current node."""
        try:
            nodes = clipboard.take(self._model.catalog)
        except UserError as problem:
            self.refused.emit(shown(sentences(problem.message, problem.hint)))
            return
        self._model.paste(nodes, self._model.current)

    def move(self, direction: str) -> None:
        """Move the selected nodes "up", "down", "out" of their group or "in" to the group beside them."""
        targets = self._model.targets()
        if not targets:
            return
        to = destination(self._model.group, targets, direction)
        if to is not None:
            self._model.move(targets, to)

    def menu(self, parent: QWidget, is_group: bool) -> QMenu:
        """Everything that can be done, with its keys."""
        menu = QMenu(parent)
        entries = _GROUP_MENU if is_group else _CONDITION_MENU
        node = self._model.node(self._model.current)
        for entry in entries:
            if entry is None:
                menu.addSeparator()
                continue
            text = tr(entry.text)
            if entry.command == "toggle_disabled" and node is not None and node.disabled:
                text = tr("Enable")
            action = menu.addAction(f"{text}\t{entry.keys}" if entry.keys else text)
            action.triggered.connect(lambda _checked=False, command=entry.command: self.run(command))
            if self._model.current == () and entry.command not in _FOR_ROOT:
                action.setEnabled(False)
        return menu

    def run(self, command: str) -> None:
        """Do a command by its name, as menus and keys do."""
        if self._model.read_only and command != "copy":
            return
        verb, _, argument = command.partition(" ")
        method = getattr(self, verb)
        method(argument) if argument else method()


_COMMON: tuple[_Entry | None, ...] = (
    _Entry(mark("Duplicate"), "Ctrl+D", "duplicate"),
    _Entry(mark("Negate"), "Ctrl+I", "negate"),
    _Entry(mark("Disable"), "Ctrl+E", "toggle_disabled"),
    None,
    _Entry(mark("Cut"), "Ctrl+X", "cut"),
    _Entry(mark("Copy"), "Ctrl+C", "copy"),
    _Entry(mark("Paste after"), "Ctrl+V", "paste"),
    None,
    _Entry(mark("Move up"), "Alt+Up", "move up"),
    _Entry(mark("Move down"), "Alt+Down", "move down"),
    _Entry(mark("Move out of the group"), "Alt+Left", "move out"),
    _Entry(mark("Move into the group beside"), "Alt+Right", "move in"),
    None,
)
_CONDITION_MENU = (*_COMMON, _Entry(mark("Group"), "Ctrl+G", "group"), None, _Entry(mark("Remove"), "Del", "remove"))
_GROUP_MENU = (
    *_COMMON,
    _Entry(mark("Group"), "Ctrl+G", "group"),
    _Entry(mark("Ungroup"), "Ctrl+Shift+G", "ungroup"),
    None,
    _Entry(mark("Remove group"), "Del", "remove"),
)
_FOR_ROOT = ("negate", "paste")


def destination(group: Group, targets: tuple[Path, ...], direction: str) -> Path | None:
    """Where nodes go that are moved by a key, in terms of the tree as it is; None when there is no way."""
    first, last = targets[0], targets[-1]
    parent = find(group, first[:-1])
    if not isinstance(parent, Group):
        return None
    if direction == "out":
        return (*first[:-2], first[-2] + 1) if len(first) > 1 else None
    after = (*last[:-1], last[-1] + 1)
    if direction == "up":
        return _up(first, parent)
    if direction == "down":
        around = find(group, last[:-1])  # another group than the first's where nodes of several are selected
        return _down(after, last, around) if isinstance(around, Group) else None
    beside = find(group, after)
    if isinstance(beside, Group):
        return (*after, 0)
    before = (*first[:-1], first[-1] - 1)
    inner = find(group, before) if first[-1] else None
    return (*before, len(inner.children)) if isinstance(inner, Group) else None


def _up(first: Path, parent: Group) -> Path | None:
    """Before the node above: into a group that ends there, out of the group at its head."""
    if first[-1] == 0:
        return first[:-1] or None
    above = parent.children[first[-1] - 1]
    place = (*first[:-1], first[-1] - 1)
    return (*place, len(above.children)) if isinstance(above, Group) else place


def _down(after: Path, last: Path, parent: Group) -> Path | None:
    """After the node below: into a group that begins there, out of the group at its end."""
    if after[-1] >= len(parent.children):
        return (*last[:-2], last[-2] + 1) if len(last) > 1 else None
    below = parent.children[after[-1]]
    return (*after, 0) if isinstance(below, Group) else (*after[:-1], after[-1] + 1)
