"""The picture of everything that stands still: gestures draw over it, a pan scrolls it."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product
from time import perf_counter

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap, QRegion

from app.ui.canvas.camera import OVERVIEW, Camera
from app.ui.canvas.scene_painter import ScenePainter

_REPLACE = Qt.ClipOperation.ReplaceClip

_PIECE = (256, 128)
"""Width and height of what is made sharp at once, in pixels: a dozen tiles at most, some milliseconds. Whole device
pixels at every usual scale, so that no seam shows."""


class StaticLayer:
    """As large as the view. `stale` and `stale_part` say what has to be painted anew; `ready` brings it up to date."""

    def __init__(self, painter: ScenePainter) -> None:
        self._painter = painter
        self._pixmap = QPixmap()
        self._state: tuple[float, float, int, int] | None = None
        self._offset = QPointF()
        self._parts: list[QRectF] = []
        self._all = True
        self.soft: list[QRectF] = []
        """What is still to be made sharp, the last first; empty where nobody asked for it."""

    def stale(self) -> None:
        """Everything changed."""
        self._all = True

    def stale_part(self, rect: QRectF) -> None:
        """A part of the view changed."""
        self._parts.append(rect)

    def stale_world(self, rect: QRectF, camera: Camera) -> None:
        """A part of the world changed; all of it counts where the camera moved since, or sees no single tiles."""
        if camera.zoom < OVERVIEW or self._state != _state(camera) or self._offset != camera.offset:
            self.stale()
        elif not rect.isNull():
            self.stale_part(camera.rect_to_view(rect))

    def all_soft(self, camera: Camera) -> None:
        """All of it was painted for another zoom than the camera's, and is to be made sharp by `sharpen`."""
        self.soft = _pieces(camera)

    def shows(self, camera: Camera) -> bool:
        """Whether the picture is what that camera sees, with nothing stale."""
        return not self._all and not self._parts and self._state == _state(camera) and self._offset == camera.offset

    def sharpen(self, camera: Camera, until: float) -> list[QRectF]:
        """Paint soft pieces for the camera's own zoom, one at least, until that time; gives those. `shows` must hold:
        nothing moves."""
        done: list[QRectF] = []
        while self.soft and (not done or perf_counter() < until):
            done.append(self.soft.pop())
            self._paint(camera, done[-1:], {}, camera.zoom)
        return done

    def ready(self, camera: Camera, offsets: Mapping[str, QPointF], render_zoom: float) -> QPixmap:
        """The picture for that camera: scrolled where it only moved, painted where it must be."""
        state = _state(camera)
        _, ratio, width, height = state
        if state != self._state or self._pixmap.isNull():
            if self._pixmap.width() != width or self._pixmap.height() != height:
                self._pixmap = QPixmap(max(1, width), max(1, height))
                self._pixmap.setDevicePixelRatio(ratio)
            self._all = True
        whole = QRectF(0, 0, camera.size.width(), camera.size.height())
        if self._all:
            self._paint(camera, [whole], offsets, render_zoom)
            self.soft = _pieces(camera) if self.soft and state == self._state and render_zoom != camera.zoom else []
        else:
            parts = self._scroll(camera, width, height)
            parts += [each.intersected(whole) for each in self._parts]
            parts = [each for each in parts if not each.isEmpty()]
            if parts:
                self._paint(camera, _merged(parts), offsets, render_zoom)
                if self.soft:
                    self.soft += parts
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
        self.soft = [each.translated(shift) for each in self.soft]
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


def _state(camera: Camera) -> tuple[float, float, int, int]:
    """What a picture is made for: zoom, device pixels to a pixel, width and height in device pixels."""
    ratio = camera.ratio
    return camera.zoom, ratio, round(camera.size.width() * ratio), round(camera.size.height() * ratio)


def _pieces(camera: Camera) -> list[QRectF]:
    """The view in pieces, those in its middle last."""
    size, (width, height) = camera.size, _PIECE
    whole = QRectF(0, 0, size.width(), size.height())
    corners = product(range(0, int(size.width()) + 1, width), range(0, int(size.height()) + 1, height))
    found = [QRectF(x, y, width, height).intersected(whole) for x, y in corners]
    middle = whole.center()
    found.sort(key=lambda piece: -(piece.center() - middle).manhattanLength())
    return [piece for piece in found if not piece.isEmpty()]


def _merged(parts: list[QRectF]) -> list[QRectF]:
    """A few parts are painted one by one; many are cheaper as one."""
    if len(parts) <= 4:
        return parts
    whole = QRectF()
    for part in parts:
        whole = whole.united(part)
    return [whole]
