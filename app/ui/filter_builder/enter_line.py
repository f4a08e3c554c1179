"""A line in which Enter asks something, and does not also press the dialog's button."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit


class EnterLine(QLineEdit):
    """Emits `returnPressed` and keeps the key for itself."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt lets Enter go on to the window after telling; here it ends."""
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()
