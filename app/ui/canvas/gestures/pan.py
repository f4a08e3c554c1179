"""Pan: middle button, or space and the left one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt

from app.ui.canvas.gestures.gesture import Gesture

if TYPE_CHECKING:
    from app.ui.canvas.view import CanvasView


class Pan(Gesture):
    """The world follows the hand."""

    cursor = Qt.CursorShape.ClosedHandCursor

    def __init__(self, view: CanvasView, at: QPointF) -> None:
        super().__init__(view)
        self._last = at

    def move(self, at: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        """Pan by what the pointer moved."""
        self.view.pan(at.x() - self._last.x(), at.y() - self._last.y())
        self._last = at
