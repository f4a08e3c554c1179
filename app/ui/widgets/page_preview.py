"""One page of paper, as large as there is room."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from app.ui.theme import theme

Paint = Callable[[QPainter], None]


class PagePreview(QWidget):
    """Shows a sheet of `size` (any unit) whose inner part, `inset` from its edges, `paint` draws in that unit. The
    picture is made once for each size of the widget."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._size = QSizeF(1, 1)
        self._inset = 0.0
        self._paint: Paint | None = None
        self._picture: QImage | None = None
        self.setMinimumSize(260, 260)

    def show_page(self, size: QSizeF, inset: float, paint: Paint) -> None:
        """Show another page."""
        self._size, self._inset, self._paint = size, inset, paint
        self._picture = None
        self.update()

    def sizeHint(self) -> QSize:
        """Room enough to judge a page."""
        return QSize(620, 520)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another size wants another picture."""
        self._picture = None

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paper with a thin edge, on the quiet ground."""
        if self._paint is None:
            return
        scale = min((self.width() - 24) / self._size.width(), (self.height() - 24) / self._size.height())
        sheet = QRectF(0, 0, self._size.width() * scale, self._size.height() * scale)
        sheet.moveCenter(QRectF(self.rect()).center())
        if self._picture is None:
            self._picture = self._draw(sheet.size(), scale)
        painter = QPainter(self)
        painter.drawImage(sheet.topLeft(), self._picture)
        painter.setPen(theme().color("ctl"))
        painter.drawRect(sheet.adjusted(0.5, 0.5, -0.5, -0.5))
        painter.end()

    def _draw(self, size: QSizeF, scale: float) -> QImage:
        ratio = self.devicePixelRatioF()
        image = QImage((size * ratio).toSize(), QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(ratio)
        image.fill(Qt.GlobalColor.white)
        painter = QPainter(image)
        painter.scale(scale, scale)
        painter.translate(self._inset, self._inset)
        if self._paint is not None:
            self._paint(painter)
        painter.end()
        return image
