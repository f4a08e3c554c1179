"""What hangs on the pointer while a tile is dragged: the tile, and one sentence that says what a drop would do."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from app.ui.canvas.brush import font, metrics, wrap
from app.ui.canvas.tile import Tile
from app.ui.canvas.tile_cache import render_lifted
from app.ui.theme import theme

_TILT = -1.2
_BUBBLE_MOST = 300.0


class Ghost(QWidget):
    """Lies over the window, so that it is seen on its whole way from the palette. It lets the mouse through."""

    def __init__(self, window: QWidget, tile: Tile | None, size: QSizeF, zoom: float) -> None:
        """`tile` None: only the sentence."""
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._tile = self._picture(tile, size, min(1.0, max(0.45, zoom))) if tile is not None else QPixmap()
        self._text = ""
        self._refused = False
        self._place_tile()

    @property
    def text(self) -> str:
        """The sentence under the tile."""
        return self._text

    def say(self, text: str, *, refused: bool = False) -> None:
        """Show a sentence; a refusal carries a mark."""
        if text != self._text or refused != self._refused:
            self._text, self._refused = text, refused
            self._place_tile()
            self.update()

    def follow(self, at: QPoint) -> None:
        """Hang on the pointer (window coordinates)."""
        if not self.isVisible():
            self.show()
            self.raise_()
        self.move(at + QPoint(2, 6))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tile, then bubble."""
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        painter.setOpacity(0.9)
        painter.drawPixmap(QPointF(0, 0), self._tile)
        painter.setOpacity(1.0)
        if self._text:
            box = self._bubble()
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme().color("tip"))
            painter.drawRoundedRect(box, 7, 7)
            painter.setFont(font("body", 12))
            painter.setPen(theme().color("tip_ink"))
            for number, line in enumerate(self._lines()):
                top = box.top() + 6 + 17 * number
                painter.drawText(QRectF(box.left() + 11, top, box.width(), 17), Qt.AlignmentFlag.AlignVCenter, line)
        painter.end()

    def _lines(self) -> list[str]:
        words = f"✕ {self._text}" if self._refused else self._text
        return wrap(words, font("body", 12), _BUBBLE_MOST - 22, 4)

    def _bubble(self) -> QRectF:
        lines = self._lines()
        measure = metrics(font("body", 12))
        width = max(measure.horizontalAdvance(line) for line in lines) + 24
        top = max(12.0, self._tile.height() / self._tile.devicePixelRatio() - 8)
        return QRectF(4, top, width, 12 + 17 * len(lines))

    def _place_tile(self) -> None:
        ratio = self._tile.devicePixelRatio()
        width, height = self._tile.width() / ratio, self._tile.height() / ratio
        if self._text:
            bubble = self._bubble()
            width, height = max(width, bubble.right() + 4), bubble.bottom() + 4
        self.resize(round(width), round(height))

    def _picture(self, tile: Tile, size: QSizeF, zoom: float) -> QPixmap:
        """The lifted tile, a little askew."""
        ratio = self.devicePixelRatioF()
        flat = render_lifted(tile, size, zoom, ratio)
        width, height = flat.width() / ratio, flat.height() / ratio + 10
        canvas = QPixmap(round(width * ratio), round(height * ratio))
        canvas.setDevicePixelRatio(ratio)
        canvas.fill(Qt.GlobalColor.transparent)
        painter = QPainter(canvas)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        painter.translate(width / 2, height / 2)
        painter.rotate(_TILT)
        painter.drawPixmap(QPointF(-width / 2, -height / 2 + 5), flat)
        painter.end()
        return canvas
