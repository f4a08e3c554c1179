"""The labels of paths and the pluses of connectors: as strokes, and from kept pictures where there are many."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QFont, QPainter, QPen, QPixmap

from app.ui.canvas.brush import draw_panel, font, metrics
from app.ui.canvas.camera import Camera
from app.ui.canvas.tile_cache import TileCache
from app.ui.canvas.wire import PLUS_RADIUS
from app.ui.theme import theme

_EDGE = 2.0
"""Room in a picture round what it shows."""

_PLUS = QSizeF(2 * (PLUS_RADIUS + _EDGE), 2 * (PLUS_RADIUS + _EDGE))


class SignPainter:
    """Paints signs at places of the world with a painter in view coordinates; `render_zoom` is the zoom that pictures
    are made for, the camera's own where all stands still."""

    def __init__(self, cache: TileCache) -> None:
        self._cache = cache

    def label(self, painter: QPainter, rect: QRectF, text: str, camera: Camera, render_zoom: float) -> None:
        """The label of a path."""
        size = QSizeF(rect.width() + 2 * _EDGE, rect.height() + 2 * _EDGE)

        def strokes(onto: QPainter) -> None:
            paint_label(onto, QRectF(_EDGE, _EDGE, rect.width(), rect.height()), text)

        picture = self._cache.picture(("label", text, rect.width()), size, render_zoom, camera.ratio, strokes)
        if picture is not None:
            corner = (rect.x() - _EDGE, rect.y() - _EDGE)
            blit(painter, picture, (corner,), size, camera, exact=render_zoom == camera.zoom)

    def pluses(
        self,
        painter: QPainter,
        spots: Iterable[tuple[float, float]],
        camera: Camera,
        render_zoom: float,
        *,
        hot: bool = False,
    ) -> None:
        """The round pluses of connectors or open ends, at their middles."""
        reach = PLUS_RADIUS + _EDGE

        def strokes(onto: QPainter) -> None:
            paint_plus(onto, QPointF(reach, reach), hot=hot)

        picture = self._cache.picture(("plus", hot), _PLUS, render_zoom, camera.ratio, strokes)
        if picture is not None:
            corners = [(x - reach, y - reach) for x, y in spots]
            blit(painter, picture, corners, _PLUS, camera, exact=render_zoom == camera.zoom)


def blit(
    painter: QPainter,
    picture: QPixmap,
    corners: Iterable[tuple[float, float]],
    size: QSizeF,
    camera: Camera,
    *,
    exact: bool,
) -> None:
    """Put a picture of `size` at corners (world), on whole device pixels: as it is where it was made for the camera's
    zoom (`exact`), else stretched."""
    zoom, ratio = camera.zoom, camera.ratio
    left, top, scale = camera.offset.x() * ratio, camera.offset.y() * ratio, zoom * ratio
    places = [(round(x * scale - left) / ratio, round(y * scale - top) / ratio) for x, y in corners]
    if exact and picture.width() == max(1, round(size.width() * scale)):
        for x, y in places:
            painter.drawPixmap(QPointF(x, y), picture)
        return
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    source = QRectF(picture.rect())
    width, height = size.width() * zoom, size.height() * zoom
    for x, y in places:
        painter.drawPixmap(QRectF(x, y, width, height), picture, source)


def paint_label(painter: QPainter, rect: QRectF, text: str) -> None:
    """The label of a path, on the canvas's own colour so that the wire does not run through it."""
    face = font("body", 11, QFont.Weight.DemiBold)
    draw_panel(painter, rect, theme().color("canvas"), theme().color("line"), 6)
    painter.setFont(face)
    painter.setPen(theme().color("ink2"))
    shown = metrics(face).elidedText(text, Qt.TextElideMode.ElideRight, rect.width() - 12)
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, shown)


def paint_plus(painter: QPainter, at: QPointF, *, hot: bool) -> None:
    """The round plus of a wire or an open end."""
    colour = theme().color
    painter.setPen(QPen(colour("accent" if hot else "ctl"), 1.2))
    painter.setBrush(colour("accent_soft" if hot else "panel"))
    painter.drawEllipse(at, PLUS_RADIUS, PLUS_RADIUS)
    painter.setPen(QPen(colour("accent" if hot else "ink3"), 1.6))
    painter.drawLine(at - QPointF(4, 0), at + QPointF(4, 0))
    painter.drawLine(at - QPointF(0, 4), at + QPointF(0, 4))
