"""Drag a note on to a tile: it stands there from then on; let go on the canvas, it stands free."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPen

from app.journey.edits import SetNote
from app.journey.journey import Note
from app.ui.canvas.gestures.gesture import Gesture
from app.ui.canvas.tile_painter import RADIUS, paint_note
from app.ui.theme import theme

if TYPE_CHECKING:
    from app.ui.canvas.view import CanvasView


class MoveNote(Gesture):
    """The note follows the pointer; the tile that it would stand at is lit."""

    cursor = Qt.CursorShape.ClosedHandCursor

    def __init__(self, view: CanvasView, key: str, note: Note, at: QPointF) -> None:
        super().__init__(view)
        self._note = note
        self._rect = view.scene.rect(key)
        self._start = at
        self._at = at
        self.hot: str | None = None

    def move(self, at: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        """Light the tile under the pointer; the entry source takes no notes."""
        self._at = at
        key = self.view.scene.tile_at(self.view.camera.to_world(at))
        self.hot = key if key in self.view.document.journey.activities else None
        self.view.update()

    def end(self, at: QPointF) -> None:
        """Stand there."""
        self.move(at, Qt.KeyboardModifier.NoModifier)
        if self.hot != self._note.anchor:
            self.view.document.apply(SetNote(self._note.id, self._note.text, self.hot))

    def paint(self, painter: QPainter) -> None:
        """The note, and a ring round its tile."""
        camera = self.view.camera
        if self.hot is not None:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme().color("accent"), 3))
            radius = RADIUS * camera.zoom
            painter.drawRoundedRect(camera.rect_to_view(self.view.scene.rect(self.hot)), radius, radius)
        painter.save()
        painter.setOpacity(0.85)
        painter.translate(camera.to_view(self._rect.topLeft()) + self._at - self._start)
        painter.scale(camera.zoom, camera.zoom)
        paint_note(painter, self._rect.translated(-self._rect.topLeft()), self._note.text, selected=True)
        painter.restore()
