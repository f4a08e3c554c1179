"""Where the canvas looks: a zoom and an offset, with the arithmetic between the world and the window."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSizeF

MIN_ZOOM = 0.02
MAX_ZOOM = 3.0
STEP = 1.2
OVERVIEW = 0.35
"""Below this zoom no text can be read: one batched picture stands for the tiles."""


class Camera:
    """World coordinates are the layout's pixels; view coordinates are logical pixels of the widget.

    The offset is kept on whole device pixels, so that cached tiles are blitted without being resampled.
    """

    def __init__(self) -> None:
        self.zoom = 1.0
        self.offset = QPointF(0, 0)
        self.size = QSizeF(1, 1)
        self.ratio = 1.0

    def to_view(self, point: QPointF) -> QPointF:
        """A point of the world, in view coordinates."""
        return QPointF(point.x() * self.zoom - self.offset.x(), point.y() * self.zoom - self.offset.y())

    def to_world(self, point: QPointF) -> QPointF:
        """A point of the view, in world coordinates."""
        return QPointF((point.x() + self.offset.x()) / self.zoom, (point.y() + self.offset.y()) / self.zoom)

    def rect_to_view(self, rect: QRectF) -> QRectF:
        """A rectangle of the world, in view coordinates."""
        z = self.zoom
        left, top = rect.x() * z - self.offset.x(), rect.y() * z - self.offset.y()
        return QRectF(left, top, rect.width() * z, rect.height() * z)

    def rect_to_world(self, rect: QRectF) -> QRectF:
        """A rectangle of the view, in world coordinates."""
        z = self.zoom
        left, top = (rect.x() + self.offset.x()) / z, (rect.y() + self.offset.y()) / z
        return QRectF(left, top, rect.width() / z, rect.height() / z)

    def visible(self) -> QRectF:
        """The part of the world that is in view."""
        return self.rect_to_world(QRectF(0, 0, self.size.width(), self.size.height()))

    def pan(self, dx: float, dy: float) -> None:
        """Move what is seen by that many view pixels."""
        self._place(self.offset.x() - dx, self.offset.y() - dy)

    def zoom_at(self, zoom: float, at: QPointF) -> None:
        """Set the zoom so that the world's point under `at` (view) stays there."""
        anchor = self.to_world(at)
        self.zoom = min(MAX_ZOOM, max(MIN_ZOOM, zoom))
        self._place(anchor.x() * self.zoom - at.x(), anchor.y() * self.zoom - at.y())

    def centre_on(self, point: QPointF) -> None:
        """Bring a point of the world to the middle of the view."""
        self._place(
            point.x() * self.zoom - self.size.width() / 2,
            point.y() * self.zoom - self.size.height() / 2,
        )

    def fit(self, bounds: QRectF, most: float = 1.0, margin: float = 48.0) -> None:
        """Show all of `bounds`, no closer than `most`."""
        room_x = max(40.0, self.size.width() - 2 * margin)
        room_y = max(40.0, self.size.height() - 2 * margin)
        zoom = min(room_x / max(1.0, bounds.width()), room_y / max(1.0, bounds.height()), most)
        self.zoom = min(MAX_ZOOM, max(MIN_ZOOM, zoom))
        self.centre_on(bounds.center())

    def reveal(self, rect: QRectF, margin: float = 40.0) -> bool:
        """Pan just enough that `rect` (world) is in view; returns whether anything moved."""
        seen = self.rect_to_view(rect).adjusted(-margin, -margin, margin, margin)
        dx = _shift(seen.left(), seen.right(), self.size.width())
        dy = _shift(seen.top(), seen.bottom(), self.size.height())
        if dx == 0 and dy == 0:
            return False
        self.pan(dx, dy)
        return True

    def _place(self, x: float, y: float) -> None:
        self.offset = QPointF(round(x * self.ratio) / self.ratio, round(y * self.ratio) / self.ratio)


def _shift(low: float, high: float, room: float) -> float:
    if high - low > room:
        return -low if low > 0 or high < room else 0.0
    if low < 0:
        return -low
    return room - high if high > room else 0.0
