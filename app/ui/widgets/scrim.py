"""The dimming of a window while a dialog asks something in front of it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.ui.theme import theme

_LIGHT = QColor(20, 28, 25, 72)
_DARK = QColor(0, 0, 0, 120)


class Scrim(QWidget):
    """Lies over the whole of its window and takes no input: the dialog in front already does."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("scrim")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A modal dialog in front dims the window, its end clears it, and a new size is followed."""
        kind = event.type()
        if kind == QEvent.Type.WindowBlocked:
            self._cover()
            self.raise_()
            self.show()
        elif kind == QEvent.Type.WindowUnblocked:
            self.hide()
        elif kind == QEvent.Type.Resize and self.isVisible():
            self._cover()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        """One even shade."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), _DARK if theme().dark else _LIGHT)
        painter.end()

    def _cover(self) -> None:
        window = self.parentWidget()
        if window is not None:
            self.setGeometry(window.rect())
