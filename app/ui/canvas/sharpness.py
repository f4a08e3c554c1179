"""While a hand zooms, pictures are made at few scales and stretched; when it rests they get sharp, piece by piece."""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from app.ui.canvas.camera import OVERVIEW

if TYPE_CHECKING:
    from app.ui.canvas.view import CanvasView

_AFTER_MS = 120
"""How long a zoom must have rested."""

_SLICE_MS = 5.0
"""How long pieces are painted before what is done is shown: the last may take some milliseconds more."""


class Sharpness(QObject):
    """`zoom` is the zoom that pictures are made for; what is painted so is `soft` while the camera's is another one.

    Pieces are painted between frames, none while a gesture or an animation goes on, and a new zoom ends it.
    """

    def __init__(self, view: CanvasView) -> None:
        super().__init__(view)
        self._view = view
        self.zoom = 1.0
        self.under_way = False
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_AFTER_MS)
        self._rest.timeout.connect(self.begin)
        self._next = QTimer(self)
        self._next.setSingleShot(True)
        self._next.setInterval(0)
        self._next.timeout.connect(self.go_on)

    @property
    def waiting(self) -> bool:
        """Whether a zoom may go on still."""
        return self._rest.isActive()

    def zoomed(self) -> None:
        """The camera's zoom changed by hand."""
        self.under_way = False
        self._rest.start()
        level = OVERVIEW
        while level * 1.19 < self._view.camera.zoom:
            level *= 1.414
        self.zoom = level

    def at_once(self) -> None:
        """What is painted next is sharp."""
        self._rest.stop()
        self.under_way = False
        self.zoom = self._view.camera.zoom

    def begin(self) -> None:
        """Nobody zooms any more."""
        self._rest.stop()
        view = self._view
        if view.camera.zoom < OVERVIEW or self.zoom == view.camera.zoom:
            # From afar there are no pictures.
            self.at_once()
        else:
            self.under_way = True
            view.layer.all_soft(view.camera)
        view.update()

    def painted(self) -> None:
        """A frame was painted: now there is time."""
        if self.under_way:
            self._next.start()

    def go_on(self) -> None:
        """Make some pieces sharp."""
        view = self._view
        if not self.under_way or view.gesture is not None or view.motion.active:
            return
        if not view.layer.shows(view.camera):
            view.update()
            return
        view.painter.cache.allow(None)
        for piece in view.layer.sharpen(view.camera, perf_counter() + _SLICE_MS / 1000):
            view.update(piece.toAlignedRect())
        if not view.layer.soft:
            self.at_once()
