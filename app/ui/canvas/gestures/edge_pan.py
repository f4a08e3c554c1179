"""Pans while something is dragged near the canvas's edge, so that what is out of sight can be reached."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF, QTimer

if TYPE_CHECKING:
    from app.ui.canvas.view import CanvasView

_EDGE = 36.0
_TICK_MS = 16
_FASTEST = 18.0


class EdgePan(QObject):
    """The nearer to the edge, the faster. `panned` is called after each step, because other things are below now."""

    def __init__(self, view: CanvasView, panned: Callable[[], None]) -> None:
        super().__init__(view)
        self._view = view
        self._panned = panned
        self._by = QPointF()
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._step)

    def follow(self, at: QPointF) -> None:
        """The pointer is there (view coordinates); outside of the canvas nothing pans."""
        inside = self._view.rect().contains(at.toPoint())
        self._by = QPointF(_pull(at.x(), self._view.width()), _pull(at.y(), self._view.height()))
        if inside and not self._by.isNull():
            self._timer.start()
        else:
            self._timer.stop()

    def stop(self) -> None:
        """The drag is over."""
        self._timer.stop()
        self.deleteLater()

    def _step(self) -> None:
        self._view.pan(self._by.x(), self._by.y())
        self._panned()


def _pull(at: float, room: float) -> float:
    """How far the picture moves: to the right (positive) when the pointer is at the left edge, and so on."""
    near_start, near_end = _EDGE - at, at - (room - _EDGE)
    if near_start > 0:
        return _FASTEST * min(1.0, near_start / _EDGE)
    return -_FASTEST * min(1.0, near_end / _EDGE) if near_end > 0 else 0.0
