"""Where each line of a filter stands: the tree laid out from top to bottom, before any widget exists.

A filter may hold a thousand conditions; working out positions costs microseconds a line, building widgets for all of
them costs seconds. So the canvas asks this layout which lines are in view and builds only those.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection
from dataclasses import dataclass

from app.filters.tree import Condition, Group, Node, Path

ROW = 43
"""Height of a condition, in pixels: a 27 px editor, 7 px above and below, the border."""
TALL_ROW = 69
"""Height of a condition whose diagnostic does not fit beside it and stands below."""
HEADER = 42
"""Height of a group's own line: segmented control and buttons."""
EMPTY_HINT = 34
"""Height of the line that a group without conditions shows."""
GAP = 7
"""Space below a line."""
_GROUP_FOOT = 4
_INDENT = 11
_DEEP_INDENT = 4
_DEEP_FROM = 6
"""Past this depth the indentation shrinks, so that 25 levels stay readable."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line: a condition, or the header of a group (`empty`: the hint of a group without children)."""

    path: Path
    node: Node
    top: int
    height: int
    empty: bool = False

    @property
    def bottom(self) -> int:
        """The first pixel below the line."""
        return self.top + self.height


@dataclass(frozen=True, slots=True)
class Frame:
    """The box around a group, from above its header to below its last child."""

    path: Path
    top: int
    bottom: int
    disabled: bool


class LineLayout:
    """The lines and frames of one tree."""

    def __init__(self, group: Group, tall: Collection[Path] = ()) -> None:
        """`tall` names the conditions that need the room for a diagnostic below them."""
        self.lines: list[Line] = []
        self.frames: list[Frame] = []
        self._tall = tall
        self.deepest = 0
        self.height = self._add_group(group, (), 0)
        self._bottoms = [line.bottom for line in self.lines]
        self._tops = [line.top for line in self.lines]
        self._index = {line.path: at for at, line in enumerate(self.lines) if not line.empty}

    def between(self, top: int, bottom: int) -> list[Line]:
        """The lines that show between two heights."""
        return self.lines[bisect_right(self._bottoms, top) : bisect_left(self._tops, bottom)]

    def frames_between(self, top: int, bottom: int) -> list[Frame]:
        """The group boxes that show between two heights, outer before inner."""
        return [frame for frame in self.frames if frame.top < bottom and frame.bottom > top]

    def line(self, path: Path) -> Line | None:
        """The line of a node, or None."""
        at = self._index.get(path)
        return None if at is None else self.lines[at]

    def index(self, path: Path) -> int:
        """The position of a node's line; -1 when there is none."""
        return self._index.get(path, -1)

    def frame(self, path: Path) -> Frame | None:
        """The box of a group, or None."""
        return next((frame for frame in self.frames if frame.path == path), None)

    def _add_group(self, group: Group, path: Path, top: int) -> int:
        self.deepest = max(self.deepest, len(path))
        at = len(self.frames)
        self.frames.append(Frame(path, top, top, group.disabled))
        self.lines.append(Line(path, group, top, HEADER))
        y = top + HEADER
        for position, child in enumerate(group.children):
            y = self._add(child, (*path, position), y) + GAP
        if not group.children:
            self.lines.append(Line(path, group, y, EMPTY_HINT, empty=True))
            y += EMPTY_HINT + GAP
        bottom = y + _GROUP_FOOT
        self.frames[at] = Frame(path, top, bottom, group.disabled)
        return bottom

    def _add(self, node: Node, path: Path, top: int) -> int:
        if isinstance(node, Condition):
            height = TALL_ROW if path in self._tall else ROW
            self.lines.append(Line(path, node, top, height))
            return top + height
        return self._add_group(node, path, top)


def inset(depth: int) -> int:
    """How far the box of a group at that depth (0: the root) stands in from the root's, on either side."""
    return _INDENT * min(depth, _DEEP_FROM) + _DEEP_INDENT * max(0, depth - _DEEP_FROM)
