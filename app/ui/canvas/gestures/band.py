"""The rubber band: select what it touches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from app.ui.canvas.gestures.gesture import Gesture
from app.ui.theme import theme

if TYPE_CHECKING:
    from app.ui.canvas.view import CanvasView


class Band(Gesture):
    """With Shift the band adds to the selection; without, it replaces it. Esc brings the old selection back."""

    cursor = Qt.CursorShape.CrossCursor

    def __init__(self, view: CanvasView, at: QPointF, *, adding: bool) -> None:
        super().__init__(view)
        self._start = view.camera.to_world(at)
        self._before = view.document.selection
        self._kept = self._before if adding else ()
        self._rect = QRectF(at, at)

    def move(self, at: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        """Stretch the band to the pointer."""
        old = self._rect
        self._rect = QRectF(self.view.camera.to_view(self._start), at).normalized()
        touched = self.view.scene.touched(self.view.camera.rect_to_world(self._rect))
        self.view.document.select((*self._kept, *touched))
        self.view.update(old.united(self._rect).toAlignedRect().adjusted(-3, -3, 3, 3))

    def end(self, at: QPointF) -> None:
        """Keep what is selected."""
        if self._rect.width() + self._rect.height() < 4:
            self.view.document.select(self._kept)

    def cancel(self) -> None:
        """As it was before."""
        self.view.document.select(self._before)

    def paint(self, painter: QPainter) -> None:
        """A thin line and a breath of colour."""
        accent = theme().color("accent")
        fill = QColor(accent)
        fill.setAlpha(28)
        # Smoothing the edges of a plain rectangle would cost milliseconds and show nothing.
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.fillRect(self._rect, fill)
        painter.setPen(QPen(accent, 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(self._rect)
