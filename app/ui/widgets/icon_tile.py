"""An icon in a soft square: the colour says the category."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.ui.icons import paint_icon
from app.ui.theme import theme

CATEGORY_COLOURS = {
    "entry": "accent",
    "messages": "blue",
    "flow": "amber",
    "updates": "violet",
    "custom": "violet",
}
"""Token of a category's icon; its square is the token with `_soft`."""


class IconTile(QWidget):
    """A square of `side` pixels with an icon; `colour` is a token that has a `_soft` one beside it."""

    def __init__(self, icon: str, colour: str = "accent", side: int = 28, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = icon
        self._colour = colour
        self._side = side
        self.setFixedSize(side, side)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        theme().changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """The square."""
        return QSize(self._side, self._side)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Square, then icon."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_icon_tile(painter, QRectF(self.rect()), self._icon, self._colour)
        painter.end()


def paint_icon_tile(painter: QPainter, rect: QRectF, icon: str, colour: str) -> None:
    """The same on any painter, for the canvas and for delegates."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme().color(f"{colour}_soft"))
    radius = rect.width() / 4
    painter.drawRoundedRect(rect, radius, radius)
    inset = rect.width() * 0.2
    paint_icon(painter, icon, rect.adjusted(inset, inset, -inset, -inset), theme().color(colour))
