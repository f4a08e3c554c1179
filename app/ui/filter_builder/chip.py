"""A small rounded button for the words of a condition: its field, its operator, a value of a list.

Painted by hand: a filter shows dozens at once and a style sheet would cost more than the rest of the row.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from app.ui.filter_builder.keys import command_of
from app.ui.sides import beside
from app.ui.theme import theme
from app.ui.widgets.label import plain_tip

HEIGHT = 26
_PAD = 8
_CROSS = 14
_RADIUS = 6.0


class Chip(QAbstractButton):
    """Text on a rounded ground. `removed` tells that its cross was clicked (or Delete pressed on it)."""

    typed = Signal(str)
    """A letter was typed on the chip: whoever opens a picker starts its search with it."""
    removed = Signal()

    def __init__(self, text: str = "", parent: QWidget | None = None, *, removable: bool = False, most: int = 260):
        """`most` is the greatest width in pixels; longer text is shortened and shown whole in the tooltip."""
        super().__init__(parent)
        self._removable = removable
        self._most = most
        self._tone = "ink"
        self._placeholder = False
        self.setFont(theme().font("small"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFixedHeight(HEIGHT)
        self.setText(text)

    def setText(self, text: str) -> None:
        """Show `text`, shortened in the middle of nowhere it would not fit."""
        super().setText(text)
        self.setAccessibleName(text)
        self.setFixedWidth(self.sizeHint().width())
        shown = QFontMetrics(self.font()).horizontalAdvance(text)
        self.setToolTip(plain_tip(text) if shown > self._most - 2 * _PAD else "")

    def set_tone(self, tone: str, placeholder: bool = False) -> None:
        """Paint the text in a colour of the theme; `placeholder`: nothing is chosen yet."""
        self._tone = tone
        self._placeholder = placeholder
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as the text, up to the limit."""
        width = QFontMetrics(self.font()).horizontalAdvance(self.text()) + 2 * _PAD + 2
        if self._removable:
            width += _CROSS
        return QSize(min(width, self._most), HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground, border, text and the cross."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        colors = theme()
        border = colors.color("accent" if self.hasFocus() else "ctl" if self.underMouse() else "line")
        painter.setPen(QPen(border, 2.0 if self.hasFocus() else 1.0))
        painter.setBrush(colors.color("panel" if self._placeholder else "accent_soft" if self.isDown() else "bg"))
        painter.drawRoundedRect(box if not self.hasFocus() else box.adjusted(0.5, 0.5, -0.5, -0.5), _RADIUS, _RADIUS)
        painter.setPen(colors.color(self._tone if self.isEnabled() else "ink3"))
        painter.setFont(self.font())
        room = beside(self.rect(), self.rect().adjusted(_PAD, 0, -_PAD - (_CROSS if self._removable else 0), 0))
        text = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
        if self._removable:
            self._paint_cross(painter)

    def _paint_cross(self, painter: QPainter) -> None:
        center = beside(self.rect(), QRectF(self.width() - _PAD - 8, 0, 8, self.height())).center()
        painter.setPen(QPen(theme().color("ink2"), 1.4))
        painter.drawLine(center + QPointF(-3, -3), center + QPointF(3, 3))
        painter.drawLine(center + QPointF(-3, 3), center + QPointF(3, -3))

    def _cross_room(self) -> QRect:
        wide = _PAD + _CROSS - 2
        return beside(self.rect(), QRect(self.width() - wide, 0, wide, self.height()))

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show the hover state."""
        self.update()
        super().enterEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The cross removes, the rest clicks."""
        on_cross = self._removable and self._cross_room().contains(event.position().toPoint())
        if on_cross and self.rect().contains(event.position().toPoint()):
            self.setDown(False)
            self.removed.emit()
            return
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete removes a removable chip; a letter starts a search."""
        if self._removable and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit()
            return
        if command_of(event):
            # The rows' own keys; a button would take the arrows for moving the focus itself.
            event.ignore()
            return
        plain = not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
        if plain and event.text().strip() and event.text().isprintable():
            self.typed.emit(event.text())
            return
        super().keyPressEvent(event)
