"""Keeps the garbage collector's full sweeps out of the frames of a large journey."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QObject, QTimer

_REST_MS = 600
_THOROUGH_EVERY = 20
"""Every so many sweeps what was set aside is looked at as well."""


@contextmanager
def no_sweeps() -> Iterator[None]:
    """For work that makes tens of thousands of small objects at once, none of them garbage: they are set aside, and
    looked at when the canvas rests (see Sweeper)."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was:
            gc.enable()


class Sweeper(QObject):
    """A full sweep looks at every object of every open journey and takes tens of milliseconds. When the canvas has
    rested for a moment it sweeps once and sets aside what lives, so that later sweeps look at new objects only. Now and
    then, and first of all, it looks at everything: a journey that was closed must not stay for ever."""

    _sweeps = 0  # of all canvases: what they set aside is one heap

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_REST_MS)
        self._timer.timeout.connect(self.sweep)

    def rest_begins(self) -> None:
        """Something large was shown; sweep once nothing more happens."""
        self._timer.start()

    def sweep(self) -> None:
        """Now."""
        self._timer.stop()
        if Sweeper._sweeps % _THOROUGH_EVERY == 0:
            gc.unfreeze()
        Sweeper._sweeps += 1
        gc.collect()
        gc.freeze()
