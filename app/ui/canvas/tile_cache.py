"""Pictures of tiles, one for each look and scale, so that a tile in view costs one blit."""

from __future__ import annotations

from collections import OrderedDict
from time import perf_counter

from PySide6.QtCore import QSizeF, Qt
from PySide6.QtGui import QPainter, QPixmap

from app.ui.canvas.tile import Tile
from app.ui.canvas.tile_painter import MARGIN, paint_tile

_BUDGET = 96 * 1024 * 1024
"""Bytes of pictures that are kept; about 1,200 tiles at natural size."""

_Look = tuple[Tile, float]


class TileCache:
    """Keeps what was used last. Equal tiles share a picture, whoever they belong to.

    While the view is in motion `allow` limits the time that new pictures may take in a frame; a tile whose picture is
    not there in time is shown from another scale, and `behind` says that a later frame should catch up.
    """

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[_Look, float, float], QPixmap] = OrderedDict()
        self._latest: dict[_Look, tuple[float, float]] = {}
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

    def picture(self, tile: Tile, size: QSizeF, zoom: float, ratio: float, ring: float) -> QPixmap | None:
        """The tile with MARGIN (world) around it, made for `zoom` and a screen of `ratio` device pixels where the
        time allows, else the latest that there is; None where there is none at all."""
        look = (tile, ring)
        key = (look, zoom, ratio)
        found = self._kept.get(key)
        if found is not None:
            self._kept.move_to_end(key)
            return found
        if perf_counter() > self._until:
            self.behind = True
            latest = self._latest.get(look)
            return self._kept.get((look, *latest)) if latest else None
        made = render_tile(tile, size, zoom, ratio, ring)
        self._kept[key] = made
        self._latest[look] = (zoom, ratio)
        self._bytes += _cost(made)
        while self._bytes > _BUDGET:
            _, dropped = self._kept.popitem(last=False)
            self._bytes -= _cost(dropped)
        return made


def render_tile(
    tile: Tile, size: QSizeF, zoom: float, ratio: float, ring: float = 0.0, *, lifted: bool = False
) -> QPixmap:
    """A picture of one tile; its device pixel ratio is set, its margin is MARGIN times `zoom`."""
    scale = zoom * ratio
    width, height = (size.width() + 2 * MARGIN) * scale, (size.height() + 2 * MARGIN) * scale
    pixmap = QPixmap(max(1, round(width)), max(1, round(height)))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
    painter.scale(scale, scale)
    painter.translate(MARGIN, MARGIN)
    paint_tile(painter, tile, size, ring, lifted=lifted)
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


def _cost(pixmap: QPixmap) -> int:
    return pixmap.width() * pixmap.height() * 4
