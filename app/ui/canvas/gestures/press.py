"""A press that is not yet a click nor a drag: the first move beyond the platform's distance decides."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QApplication

from app.ui.canvas.gestures.gesture import Gesture

if TYPE_CHECKING:
    from app.ui.canvas.view import CanvasView


class Press(Gesture):
    """Becomes the gesture of `begin` once the pointer has moved far enough; let go before, it is a click."""

    def __init__(
        self,
        view: CanvasView,
        at: QPointF,
        click: Callable[[], None],
        begin: Callable[[QPointF], Gesture | None] | None = None,
    ) -> None:
        super().__init__(view)
        self._at = at
        self._click = click
        self._begin = begin

    def move(self, at: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        """Wait for the distance."""
        if self._begin is None or (at - self._at).manhattanLength() < QApplication.startDragDistance():
            return
        following = self._begin(self._at)
        if following is not None:
            self.view.take(following)
            following.move(at, modifiers)

    def end(self, at: QPointF) -> None:
        """A click."""
        self._click()
