"""Dragging conditions by their grip: where they would land, shown while the pointer moves."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QGraphicsOpacityEffect, QLabel, QWidget

from app.filters.tree import Group, Path
from app.ui.filter_builder.lines import GAP, Line, LineLayout
from app.ui.filter_builder.model import find


def slot_at(layout: LineLayout, group: Group, y: int) -> tuple[Path, int]:
    """The path that a node dropped at height `y` would get, and the height of the mark that shows it."""
    line = _nearest(layout, y)
    if line.empty:
        return (*line.path, 0), line.top
    if isinstance(line.node, Group):
        if line.path and y < line.top + line.height // 3:
            return line.path, line.top - GAP // 2
        return (*line.path, 0), line.bottom - 3
    if y < line.top + line.height // 2:
        return line.path, line.top - GAP // 2
    return _after(layout, group, line, y)


def _after(layout: LineLayout, group: Group, line: Line, y: int) -> tuple[Path, int]:
    """Below a condition: after it, or after the groups that end with it when the pointer is past their boxes."""
    path = line.path
    mark = line.bottom + GAP // 2
    while len(path) > 1:
        around = find(group, path[:-1])
        frame = layout.frame(path[:-1])
        last = isinstance(around, Group) and path[-1] == len(around.children) - 1
        if not last or frame is None or y < frame.bottom:
            break
        path = path[:-1]
        mark = frame.bottom + GAP // 2
    return (*path[:-1], path[-1] + 1), mark


def _nearest(layout: LineLayout, y: int) -> Line:
    inside = [line for line in layout.lines if line.top - GAP <= y < line.bottom]
    if inside:
        return inside[-1]
    return min(layout.lines, key=lambda line: min(abs(line.top - y), abs(line.bottom - y)))


class Drag:
    """One drag under way: what is dragged, its picture under the pointer, and the slot that is lit."""

    def __init__(self, sheet: QWidget, picture: QPixmap, targets: tuple[Path, ...], hold: QPoint) -> None:
        """`hold` is where the picture was taken hold of, from its corner."""
        self.targets = targets
        self.slot: tuple[Path, int] | None = None
        self._hold = hold
        self._ghost = QLabel(sheet)
        self._ghost.setPixmap(picture)
        self._ghost.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        effect = QGraphicsOpacityEffect(self._ghost)
        effect.setOpacity(0.8)
        self._ghost.setGraphicsEffect(effect)
        self._ghost.adjustSize()
        self._ghost.show()

    def move(self, layout: LineLayout, group: Group, at: QPoint) -> None:
        """The pointer is at `at` of the sheet."""
        self._ghost.move(at - self._hold)
        self._ghost.raise_()
        slot = slot_at(layout, group, at.y())
        inside = any(slot[0][: len(path)] == path and len(slot[0]) > len(path) for path in self.targets)
        self.slot = None if inside else slot

    def end(self) -> None:
        """Take the picture away."""
        self._ghost.deleteLater()
