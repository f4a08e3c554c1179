"""The far view: below a third of the natural size no text can be read, so tiles and wires are painted in batches."""

from __future__ import annotations

from collections.abc import Callable, Collection
from itertools import pairwise

from PySide6.QtCore import QLineF, QRectF
from PySide6.QtGui import QColor, QPainter, QPen

from app.journey.activities import ACTIVITIES
from app.journey.journey import ENTRY
from app.ui.canvas.scene import NOTE, Scene
from app.ui.canvas.tile import CATEGORY_TOKENS

Colours = Callable[[str], QColor]


class Overview:
    """Lists of rectangles by colour and of lines, made once for each state of a scene."""

    def __init__(self, scene: Scene) -> None:
        self._rects: dict[str, list[QRectF]] = {}
        self._by_key: dict[str, tuple[str, QRectF]] = {}
        categories = {leaf.key: leaf.category for leaf in ACTIVITIES}
        activities = scene.drawn.activities
        for key, box in scene.boxes.items():
            if key == ENTRY:
                category = "entry"
            elif key.startswith(NOTE):
                category = "note"
            else:
                category = categories.get(activities[key].type, "unknown")
            rect = QRectF(*box)
            self._rects.setdefault(category, []).append(rect)
            self._by_key[key] = (category, rect)
        self._lines: list[QLineF] | None = None
        self._scene = scene

    def paint(self, painter: QPainter, colour: Colours, selected: Collection[str], lit: Collection[str] | None) -> None:
        """Paint everything with a painter in world coordinates; `lit` not None dims all other tiles."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setOpacity(0.35 if lit is not None else 1.0)
        pen = QPen(colour("wire"), 1.2)
        pen.setCosmetic(True)
        painter.setPen(pen)
        painter.drawLines(self._all_lines())
        self.paint_blocks(painter, colour)
        painter.setOpacity(1.0)
        self._paint_strong(painter, colour, lit or (), "accent_soft")
        self._paint_strong(painter, colour, selected, "accent")

    def paint_blocks(self, painter: QPainter, colour: Colours) -> None:
        """The tiles alone: what the map in the corner shows."""
        # A thin line round each tile: soft colours alone do not stand out from the canvas.
        for category, rects in self._rects.items():
            ink, soft = ("note_line", "note") if category == "note" else CATEGORY_TOKENS[category]
            edge = QPen(colour(ink), 1)
            edge.setCosmetic(True)
            painter.setPen(edge)
            painter.setBrush(colour(soft))
            painter.drawRects(rects)

    def _paint_strong(self, painter: QPainter, colour: Colours, keys: Collection[str], fill: str) -> None:
        rects = [self._by_key[key][1] for key in keys if key in self._by_key]
        if not rects:
            return
        pen = QPen(colour("accent"), 2)
        pen.setCosmetic(True)
        painter.setPen(pen)
        painter.setBrush(colour(fill))
        painter.drawRects(rects)

    def _all_lines(self) -> list[QLineF]:
        """The pieces of every wire that leads somewhere; open ends cannot be seen from afar."""
        if self._lines is None:
            self._lines = [
                QLineF(x1, y1, x2, y2)
                for connector in self._scene.wires.connectors.values()
                if connector.target is not None
                for (x1, y1), (x2, y2) in pairwise(connector.points)
            ]
        return self._lines
