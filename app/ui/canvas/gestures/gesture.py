"""The shape of a gesture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter

if TYPE_CHECKING:
    from app.ui.canvas.view import CanvasView


class Gesture:
    """Set as the view's `gesture` while it lasts. Points are in view coordinates. Esc calls `cancel`."""

    cursor: Qt.CursorShape | None = None

    def __init__(self, view: CanvasView) -> None:
        self.view = view

    def move(self, at: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        """The pointer moved."""

    def end(self, at: QPointF) -> None:
        """The button was let go: what was meant happens."""

    def cancel(self) -> None:
        """Esc, or the button was lost: nothing happened."""

    def keys(self, modifiers: Qt.KeyboardModifier) -> None:
        """A modifier was pressed or let go while the pointer stands."""

    def paint(self, painter: QPainter) -> None:
        """What the gesture shows over the canvas."""
