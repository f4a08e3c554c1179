"""The picture of everything that stands still: gestures draw over it, a pan scrolls it."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap, QRegion

from app.ui.canvas.camera import OVERVIEW, Camera
from app.ui.canvas.scene_painter import ScenePainter

_REPLACE = Qt.ClipOperation.ReplaceClip


class StaticLayer:
    """As large as the view. `stale` and `stale_part` say what has to be painted anew; `ready` brings it up to date."""

    def __init__(self, painter: ScenePainter) -> None:
        self._painter = painter
        self._pixmap = QPixmap()
        self._state: tuple[float, float, int, int] | None = None
        self._offset = QPointF()
        self._parts: list[QRectF] = []
        self._all = True

    def stale(self) -> None:
        """Everything changed."""
        self._all = True

    def stale_part(self, rect: QRectF) -> None:
        """A part of the view changed."""
        self._parts.append(rect)

    def ready(self, camera: Camera, offsets: Mapping[str, QPointF], render_zoom: float) -> QPixmap:
        """The picture for that camera: scrolled where it only moved, painted where it must be."""
        ratio = camera.ratio
        width, height = round(camera.size.width() * ratio), round(camera.size.height() * ratio)
        state = (camera.zoom, ratio, width, height)
        if state != self._state or self._pixmap.isNull():
            if self._pixmap.width() != width or self._pixmap.height() != height:
                self._pixmap = QPixmap(max(1, width), max(1, height))
                self._pixmap.setDevicePixelRatio(ratio)
            self._all = True
        whole = QRectF(0, 0, camera.size.width(), camera.size.height())
        if self._all:
            self._paint(camera, [whole], offsets, render_zoom)
        else:
            parts = self._scroll(camera, width, height)
            parts += [each.intersected(whole) for each in self._parts]
            parts = [each for each in parts if not each.isEmpty()]
            if parts:
                self._paint(camera, _merged(parts), offsets, render_zoom)
        self._state, self._offset = state, QPointF(camera.offset)
        self._parts.clear()
        self._all = False
        return self._pixmap

    def _scroll(self, camera: Camera, width: int, height: int) -> list[QRectF]:
        """Move the picture by what the camera moved; gives the strips that came into view."""
        ratio = camera.ratio
        moved = (self._offset - camera.offset) * ratio
        dx, dy = round(moved.x()), round(moved.y())
        if dx == 0 and dy == 0:
            return []
        if abs(dx) >= width or abs(dy) >= height:
            return [QRectF(0, 0, camera.size.width(), camera.size.height())]
        self._pixmap.setDevicePixelRatio(1)
        self._pixmap.scroll(dx, dy, QRect(QPoint(0, 0), self._pixmap.size()))
        self._pixmap.setDevicePixelRatio(ratio)
        strips = []
        if dx:
            strips.append(QRectF(0 if dx > 0 else (width + dx) / ratio, 0, abs(dx) / ratio, height / ratio))
        if dy:
            strips.append(QRectF(0, 0 if dy > 0 else (height + dy) / ratio, width / ratio, abs(dy) / ratio))
        shift = moved / ratio
        self._parts = [each.translated(shift) for each in self._parts]
        return strips

    def _paint(self, camera: Camera, parts: list[QRectF], offsets: Mapping[str, QPointF], render_zoom: float) -> None:
        painter = QPainter(self._pixmap)
        if camera.zoom < OVERVIEW and len(parts) > 1:
            # From afar everything is painted in one batch, whatever is clipped: once is enough for all parts.
            clip = QRegion()
            for part in parts:
                clip += part.toAlignedRect()
            painter.setClipRegion(clip)
            parts = [QRectF(clip.boundingRect())]
        for part in parts:
            region = QRectF(part.toAlignedRect())
            painter.save()
            painter.setClipRect(region, Qt.ClipOperation.IntersectClip if painter.hasClipping() else _REPLACE)
            self._painter.paint(painter, camera, region, offsets, render_zoom)
            painter.restore()
        painter.end()


def _merged(parts: list[QRectF]) -> list[QRectF]:
    """A few parts are painted one by one; many are cheaper as one."""
    if len(parts) <= 4:
        return parts
    whole = QRectF()
    for part in parts:
        whole = whole.united(part)
    return [whole]
