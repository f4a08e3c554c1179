"""Where the local API is, for everything in the window that shows or copies its address."""

from __future__ import annotations

from functools import cache
from typing import Final

from PySide6.QtCore import QObject, Signal

USUAL_ADDRESS: Final = "http://127.0.0.1:8025"
"""Where the API will be when it is started: code that is copied before then works afterwards."""


class LocalApi(QObject):
    """Told by the child process's keeper; `changed` tells who shows it."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._address = ""

    @property
    def running(self) -> bool:
        """Whether the API answers."""
        return bool(self._address)

    @property
    def address(self) -> str:
        """The base address, without a slash at the end."""
        return self._address or USUAL_ADDRESS

    def set_address(self, address: str) -> None:
        """It listens there ("" for: it was stopped)."""
        if address != self._address:
            self._address = address.rstrip("/")
            self.changed.emit()


@cache
def local_api() -> LocalApi:
    """The one local API of this process."""
    return LocalApi()
