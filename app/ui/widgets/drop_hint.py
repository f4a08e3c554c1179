"""What a file that is dragged over a page would do if it were dropped."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QMimeData, QObject, QRectF, Qt
from PySide6.QtGui import QDragEnterEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from app.ui.theme import theme

_EDGE = 6
_RADIUS = 10
_PAD = 20


class DropHint(QWidget):
    """Lies over `target` while something is dragged there that it takes; `words` says for it what a drop does, "" for
    what is not taken. It takes no input itself."""

    def __init__(self, target: QWidget, words: Callable[[QMimeData], str]) -> None:
        super().__init__(target)
        self._words = words
        self.text = ""
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()
        target.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Come with a file, go with it."""
        if isinstance(event, QDragEnterEvent):
            self._show(self._words(event.mimeData()))
        elif event.type() in (QEvent.Type.DragLeave, QEvent.Type.Drop):
            self.hide()
        return False

    def _show(self, text: str) -> None:
        target = self.parentWidget()
        if not text or target is None:
            return
        self.text = text
        self.setGeometry(target.rect())
        self.raise_()
        self.show()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A dashed frame round what takes it, and the words on a card in its middle."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(self.rect()).adjusted(_EDGE, _EDGE, -_EDGE, -_EDGE)
        painter.setPen(QPen(theme().color("accent"), 2, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(frame, _RADIUS, _RADIUS)
        painter.setFont(theme().font("strong"))
        room = frame.adjusted(2 * _PAD, 2 * _PAD, -2 * _PAD, -2 * _PAD)
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        words = painter.boundingRect(room, flags, self.text)
        painter.setPen(QPen(theme().color("accent"), 1))
        painter.setBrush(theme().color("panel"))
        painter.drawRoundedRect(words.adjusted(-_PAD, -_PAD * 0.7, _PAD, _PAD * 0.7), _RADIUS, _RADIUS)
        painter.setPen(theme().color("ink"))
        painter.drawText(words, flags, self.text)
        painter.end()
