"""One page of paper, as large as there is room."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from app.ui.theme import theme

if TYPE_CHECKING:
    from app.ui.work import Ticket, Work

Paint = Callable[[QPainter], None]


class PagePreview(QWidget):
    """Shows a sheet of `size` (any unit) whose inner part, `inset` from its edges, `paint` draws in that unit, off the
    GUI thread. The picture is made once for each size of the widget; until it is there the paper stays as it was."""

    def __init__(self, work: Work, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self._ticket: Ticket | None = None
        self._size = QSizeF(1, 1)
        self._inset = 0.0
        self._paint: Paint | None = None
        self._picture: QImage | None = None
        self.setMinimumSize(260, 260)

    def show_page(self, size: QSizeF, inset: float, paint: Paint) -> None:
        """Show another page."""
        self._size, self._inset, self._paint = size, inset, paint
        self._draw()

    def sizeHint(self) -> QSize:
        """Room enough to judge a page."""
        return QSize(620, 520)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another size wants another picture."""
        self._draw()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paper with a thin edge, on the quiet ground."""
        if self._paint is None:
            return
        sheet = QRectF(QPointF(0, 0), self._size * self._scale)
        sheet.moveCenter(QRectF(self.rect()).center())
        painter = QPainter(self)
        painter.fillRect(sheet, Qt.GlobalColor.white)
        if self._picture is not None:
            painter.drawImage(sheet, self._picture)
        painter.setPen(theme().color("ctl"))
        painter.drawRect(sheet.adjusted(0.5, 0.5, -0.5, -0.5))
        painter.end()

    @property
    def _scale(self) -> float:
        return min((self.width() - 24) / self._size.width(), (self.height() - 24) / self._size.height())

    def _draw(self) -> None:
        paint = self._paint
        if paint is None:
            return
        if self._ticket is not None:
            self._ticket.cancel()
        size, scale, inset, ratio = self._size * self._scale, self._scale, self._inset, self.devicePixelRatioF()
        self._ticket = self._work.run(self, lambda: _drawn(size, scale, inset, ratio, paint), self._show)

    def _show(self, picture: QImage) -> None:
        self._picture = picture
        self.update()


def _drawn(size: QSizeF, scale: float, inset: float, ratio: float, paint: Paint) -> QImage:
    image = QImage((size * ratio).toSize(), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.scale(scale, scale)
    painter.translate(inset, inset)
    paint(painter)
    painter.end()
    return image
