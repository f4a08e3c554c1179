"""The window behind a dialog, dimmed, so that the eye rests on the dialog."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.ui.theme import theme

_LIGHT = QColor(20, 30, 25, 71)
_DARK = QColor(0, 0, 0, 110)
"""The drawing's shade; stronger on a dark ground, where the same would not be seen."""


class Backdrop(QWidget):
    """Lies over the whole of a window and follows its size."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setGeometry(window.rect())
        window.installEventFilter(self)
        self.raise_()
        self.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Grow with the window."""
        parent = self.parentWidget()
        if event.type() == QEvent.Type.Resize and watched is parent and parent is not None:
            self.setGeometry(parent.rect())
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        """One even shade."""
        QPainter(self).fillRect(event.rect(), _DARK if theme().dark else _LIGHT)
