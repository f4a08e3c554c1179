"""A connector on the canvas: its points, its label, its plus, and how it follows tiles that move."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFont, QPainterPath

from app.journey.layout import Connector
from app.ui.canvas.brush import font, metrics, rounded
from app.ui.canvas.index import Edges
from app.ui.canvas.motion import NOWHERE

PLUS_RADIUS = 9.0
_REACH = PLUS_RADIUS + 2


class Wire:
    """From a place to the next tile, or to an open end (`target` None). Points run left to right.

    Only the numbers are kept at first: of thousands of wires, what Qt needs is made for those that are seen.
    """

    __slots__ = ("_connector", "_label_rect", "_path", "_points", "edges", "label", "place", "spots", "target")

    def __init__(self, connector: Connector, label: str) -> None:
        self._connector = connector
        self.place = connector.place
        self.target = connector.target
        self.spots = connector.points
        self.label = label if connector.label is not None else ""
        self._points: tuple[QPointF, ...] | None = None
        self._path: QPainterPath | None = None
        self._label_rect: QRectF | None = None
        spots = self.spots
        left, right = span(connector)
        if len(spots) == 2:
            top = spots[0][1] - _REACH
            bottom = top + 2 * _REACH
        else:
            ys = [spot[1] for spot in spots]
            top, bottom = min(ys) - _REACH, max(ys) + _REACH
        room = connector.label
        if room is not None:
            top, bottom = min(top, room.y), max(bottom, room.y + room.height)
        self.edges: Edges = (left, top, right, bottom)

    @property
    def points(self) -> tuple[QPointF, ...]:
        """The corners of the line."""
        if self._points is None:
            self._points = tuple(QPointF(x, y) for x, y in self.spots)
        return self._points

    @property
    def path(self) -> QPainterPath:
        """The rounded line."""
        if self._path is None:
            self._path = rounded(self.points)
        return self._path

    @property
    def label_rect(self) -> QRectF:
        """Where the label lies; empty without one."""
        if self._label_rect is None:
            room = self._connector.label
            self._label_rect = QRectF()
            if room is not None and self.label:
                face = font("body", 11, QFont.Weight.DemiBold)
                width = min(room.width, metrics(face).horizontalAdvance(self.label) + 14)
                self._label_rect = QRectF(room.x, room.y, width, room.height)
        return self._label_rect

    @property
    def plus(self) -> QPointF:
        """The plus of an open end is its tip; another sits in the middle of the last level piece."""
        (one_x, _), (two_x, two_y) = self.spots[-2], self.spots[-1]
        return QPointF(two_x, two_y) if self.target is None else QPointF((one_x + two_x) / 2, two_y)

    def followed(self, offsets: Mapping[str, QPointF]) -> QPainterPath:
        """The line while its ends are away from their places."""
        points = self.moved(offsets)
        return self.path if points is self.points else rounded(points)

    def moved(self, offsets: Mapping[str, QPointF]) -> tuple[QPointF, ...]:
        """The corners while the ends are away from their places; `points` itself where they are not."""
        start, end = self._ends(offsets)
        if start is end is NOWHERE or (start == NOWHERE and end == NOWHERE):
            return self.points
        if start == end:
            return tuple([point + start for point in self.points])
        (first_x, first_y), (last_x, last_y) = self.spots[0], self.spots[-1]
        moved = []
        for x, y in self.spots:
            # An upright piece goes with the end that it is nearer to, so that it stays upright; what lies at the
            # height of an end keeps to that height.
            dx = start.x() if abs(x - first_x) <= abs(last_x - x) and x != last_x else end.x()
            dy = start.y() if y == first_y else end.y() if y == last_y else (start.y() + end.y()) / 2
            moved.append(QPointF(x + dx, y + dy))
        return tuple(moved)

    def plus_at(self, offsets: Mapping[str, QPointF]) -> tuple[float, float]:
        """The plus, also while the ends are away from their places."""
        (one_x, _), (x, y) = self.spots[-2], self.spots[-1]
        if self.target is not None:
            x = (one_x + x) / 2
        if offsets:
            start, end = self._ends(offsets)
            if start is not NOWHERE or end is not NOWHERE:
                x, y = x + (start.x() + end.x()) / 2, y + (start.y() + end.y()) / 2
        return x, y

    def _ends(self, offsets: Mapping[str, QPointF]) -> tuple[QPointF, QPointF]:
        start = offsets.get(self.place.source, NOWHERE)
        return start, offsets.get(self.target, NOWHERE) if self.target else start

    def distance(self, at: QPointF) -> float:
        """How far `at` is from the line, in the layout's pixels."""
        points = self.points
        return min(_to_piece(at, one, two) for one, two in pairwise(points))


def span(connector: Connector) -> tuple[float, float]:
    """The left and the right edge of a connector with its plus and its label."""
    # Nothing runs backwards: the first and the last corner are the leftmost and the rightmost.
    _, _, spots, room = connector
    left, right = spots[0][0] - _REACH, spots[-1][0] + _REACH
    return left, right if room is None else max(right, room[0] + room[2])


def _to_piece(at: QPointF, one: QPointF, two: QPointF) -> float:
    run = two - one
    length = run.x() * run.x() + run.y() * run.y()
    share = 0.0 if length == 0 else QPointF.dotProduct(at - one, run) / length
    near = one + run * min(1.0, max(0.0, share))
    gap = at - near
    return float((gap.x() * gap.x() + gap.y() * gap.y()) ** 0.5)
