"""A thread that looks again and again for what is due, while a window or a server is open."""

from __future__ import annotations

import logging
import threading
from abc import ABC, abstractmethod

from app.kernel.errors import SwitchbackError

_log = logging.getLogger(__name__)

LOOK_SECONDS = 1.0
"""Between two looks: one indexed question each."""

RETRY_SECONDS = 5.0
"""After the workspace was in the way."""


class Worker(ABC):
    """A leaf overrides `look`. Whatever goes wrong in it is logged, and the thread goes on."""

    def __init__(self, name: str, what: str) -> None:
        """`name` is the thread's; `what` it does, for the log, in the plural."""
        self._what = what
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End after the look that is under way; does nothing to one that was not started."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join()

    @abstractmethod
    def look(self) -> float:
        """Do what is due; how long to rest then, in seconds."""

    def _run(self) -> None:
        while not self._stop.is_set():
            self._stop.wait(self._look())

    def _look(self) -> float:
        try:
            return self.look()
        except SwitchbackError as error:
            _log.warning("%s rest: %s", self._what, error.message)
        except Exception:  # noqa: BLE001 - contacts must go on after whatever this was
            _log.exception("%s could not be taken up", self._what)
        return RETRY_SECONDS
