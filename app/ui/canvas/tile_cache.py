"""Pictures of tiles, one for each look and scale, so that a tile in view costs one blit."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from time import perf_counter

from PySide6.QtCore import QSizeF, Qt
from PySide6.QtGui import QPainter, QPixmap

from app.ui.canvas.tile import Tile
from app.ui.canvas.tile_painter import MARGIN, paint_ring, paint_tile

_BUDGET = 96 * 1024 * 1024
"""Bytes of pictures that are kept; about 1,200 tiles at natural size."""

Look = Hashable
"""What a picture shows: equal looks share it."""

Strokes = Callable[[QPainter], None]


class TileCache:
    """Keeps what was used last. Equal tiles share a picture, whoever they belong to.

    While the view is in motion `allow` limits the time that new pictures may take in a frame; a tile whose picture is
    not there in time is shown from another scale, and `behind` says that a later frame should catch up.
    """

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[Look, float, float], QPixmap] = OrderedDict()
        self._latest: dict[Look, tuple[float, float]] = {}
        self._bytes = 0
        self._until = 0.0
        self.behind = False

    def clear(self) -> None:
        """Forget everything: the theme or a font changed."""
        self._kept.clear()
        self._latest.clear()
        self._bytes = 0

    def allow(self, milliseconds: float | None) -> None:
        """Begin a frame: new pictures may take so long together (None: as long as they need)."""
        self._until = float("inf") if milliseconds is None else perf_counter() + milliseconds / 1000
        self.behind = False

    def picture(self, look: Look, size: QSizeF, zoom: float, ratio: float, strokes: Strokes) -> QPixmap | None:
        """`size` (world) painted by `strokes`, made for `zoom` and a screen of `ratio` device pixels where the time
        allows, else the latest that there is; None where there is none at all."""
        key = (look, zoom, ratio)
        found = self._kept.get(key)
        if found is not None:
            self._kept.move_to_end(key)
            return found
        if perf_counter() > self._until:
            self.behind = True
            latest = self._latest.get(look)
            return self._kept.get((look, *latest)) if latest else None
        made = render(size, zoom, ratio, strokes)
        self._kept[key] = made
        self._latest[look] = (zoom, ratio)
        self._bytes += _cost(made)
        while self._bytes > _BUDGET:
            (dropped_look, *scale), dropped = self._kept.popitem(last=False)
            self._bytes -= _cost(dropped)
            if self._latest.get(dropped_look) == tuple(scale):
                del self._latest[dropped_look]
        return made

    def tile(self, tile: Tile, size: QSizeF, zoom: float, ratio: float, ring: float) -> QPixmap | None:
        """A picture of a tile with MARGIN (world) around it."""
        look = (tile, ring)
        found = self._kept.get((look, zoom, ratio))
        if found is not None:
            self._kept.move_to_end((look, zoom, ratio))
            return found

        def strokes(painter: QPainter) -> None:
            painter.translate(MARGIN, MARGIN)
            paint_tile(painter, tile, size, ring, lifted=False)

        return self.picture(look, with_margin(size), zoom, ratio, strokes)

    def ring(self, size: QSizeF, zoom: float, ratio: float, ring: float) -> QPixmap | None:
        """A picture of the ring round a tile alone: many tiles may be selected in one frame."""

        def strokes(painter: QPainter) -> None:
            painter.translate(MARGIN, MARGIN)
            paint_ring(painter, size, ring)

        return self.picture(("ring", ring, size.width(), size.height()), with_margin(size), zoom, ratio, strokes)


def with_margin(size: QSizeF) -> QSizeF:
    """The size of a tile's picture, in the world."""
    return QSizeF(size.width() + 2 * MARGIN, size.height() + 2 * MARGIN)


def render(size: QSizeF, zoom: float, ratio: float, strokes: Strokes) -> QPixmap:
    """A picture of `size` (world) at a scale; its device pixel ratio is set."""
    scale = zoom * ratio
    pixmap = QPixmap(max(1, round(size.width() * scale)), max(1, round(size.height() * scale)))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
    painter.scale(scale, scale)
    strokes(painter)
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


def render_lifted(tile: Tile, size: QSizeF, zoom: float, ratio: float) -> QPixmap:
    """A picture of a tile that is being dragged, with MARGIN (world) around it."""

    def strokes(painter: QPainter) -> None:
        painter.translate(MARGIN, MARGIN)
        paint_tile(painter, tile, size, 0.0, lifted=True)

    return render(with_margin(size), zoom, ratio, strokes)


def _cost(pixmap: QPixmap) -> int:
    return pixmap.width() * pixmap.height() * 4
