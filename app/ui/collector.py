"""Garbage is collected on the GUI thread alone.

Python collects cycles in whatever thread happens to allocate. A window's parts form cycles, and Qt objects that are
taken apart outside their thread bring the process down. So the automatic collection is off while the window lives, and
a timer of the GUI thread does it instead. It looks at what is new since the last time and sets aside what lives: to
look at everything takes more than a tenth of a second, and all that a job in another thread makes in half a second
nearly as long.
"""

from __future__ import annotations

import gc
from typing import Final

from PySide6.QtCore import QObject, QTimer

LOOK_EVERY_MS: Final = 100
THOROUGH_EVERY: Final = 300
"""Every so many collections what was set aside is looked at as well: what was closed must not stay for ever."""


class Collector(QObject):
    """Collects from `start` to `stop`; make it on the GUI thread."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self, interval=LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._collections = 0

    def start(self) -> None:
        """From now on only this collects."""
        gc.disable()
        gc.freeze()
        self._timer.start()

    def stop(self) -> None:
        """Leave it to Python again."""
        self._timer.stop()
        gc.unfreeze()
        gc.enable()

    def look(self) -> None:
        """Collect if so much is new that Python itself would."""
        if gc.get_count()[0] <= gc.get_threshold()[0]:
            return
        self._collections += 1
        if self._collections % THOROUGH_EVERY == 0:
            gc.unfreeze()
        gc.collect()
        gc.freeze()
