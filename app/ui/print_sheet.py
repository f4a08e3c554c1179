"""A journey on paper: pages with a title, the canvas or a part of it, and a legend."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QMarginsF, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QFont, QPagedPaintDevice, QPageLayout, QPageSize, QPainter, QPdfWriter, QPen

from app.ui.canvas.brush import draw_line, font
from app.ui.legend import LINE, legend, paint_legend, rows
from app.ui.picture import Picture, Watch, drawn_to, paint_on
from app.ui.theme import theme
from app.ui.translation import number, tr

_HEAD = 46.0
_GAP = 10.0
_OVERLAP = 24.0
"""What two neighbouring pages both show, so that they can be glued."""

_UNIT = 96.0
"""Pages are laid out in 96ths of an inch: the canvas's pixels at 100 %."""

READABLE = 0.5
"""Below this size text on paper is too small to be read: about 6 points."""

MARGINS = QMarginsF(12, 12, 12, 12)
"""In millimetres: what every printer can do."""


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands above each page."""

    title: str
    below: str


class Sheet:
    """The pages for one paper. `size` 1 prints a tile as large as on a screen at 100 %; None fits all on one page."""

    def __init__(self, picture: Picture, heading: Heading, layout: QPageLayout, size: float | None = None) -> None:
        self.picture = picture
        self._heading = heading
        points = layout.paintRect(QPageLayout.Unit.Point).size()
        self.page = points * (_UNIT / 72)
        self._legend = rows(legend(picture), self.page.width())
        low = len(self._legend) * LINE
        room = QSizeF(self.page.width(), max(80.0, self.page.height() - _HEAD - low - 2 * _GAP))
        self._body = QRectF(QPointF(0, _HEAD + _GAP), room)
        bounds = picture.bounds
        fitting = min(room.width() / bounds.width(), room.height() / bounds.height())
        self.size = min(1.0, fitting) if size is None else size
        self._parts = self._cut(bounds)

    @property
    def count(self) -> int:
        """How many pages."""
        return len(self._parts)

    @property
    def across(self) -> int:
        """How many pages lie side by side."""
        return max(column for column, _, _ in self._parts) + 1

    def paint(self, painter: QPainter, page: int, *, closely: bool = True, watch: Watch | None = None) -> None:
        """Draw a page, counted from 0, from the painter's origin on; a unit is a 96th of an inch. `closely` draws all
        strokes and words at every size: paper can be read closely, and a PDF can be zoomed."""
        column, row, part = self._parts[page]
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        with theme().drawn(dark=False):
            self._paint_head(painter, page, column, row)
            painter.save()
            painter.setClipRect(self._body)
            shown = part.size() * self.size
            aside, above = (self._body.width() - shown.width()) / 2, (self._body.height() - shown.height()) / 2
            if self.count > 1:
                aside = above = 0.0  # neighbours are glued: each begins in the corner
            painter.translate(self._body.topLeft() + QPointF(max(0.0, aside), max(0.0, above)))
            painter.scale(self.size, self.size)
            painter.setClipRect(QRectF(QPointF(0, 0), part.size()), Qt.ClipOperation.IntersectClip)
            if closely:
                self.picture.paint(painter, 1.0, part, watch)
            else:
                self.picture.paint_seen(painter, part)
            painter.restore()
            top = self.page.height() - len(self._legend) * LINE
            paint_legend(painter, QPointF(0, top), self._legend)

    def print_to(self, device: QPagedPaintDevice, watch: Watch | None = None) -> None:
        """All pages, on a printer or into a PDF. Raises OSError where the device takes nothing, StoppedError when
        `watch` says so."""
        if watch is not None:
            watch.parts = self.count
        scale = device.logicalDpiX() / _UNIT

        def paint(painter: QPainter) -> None:
            for page in range(self.count):
                if page and not device.newPage():
                    raise OSError(0, tr("it took page {page} and no more", page=number(page)))
                painter.save()
                painter.scale(scale, scale)
                self.paint(painter, page, watch=watch)
                painter.restore()

        paint_on(device, paint)

    def write_pdf(self, path: Path, layout: QPageLayout, watch: Watch | None = None) -> None:
        """All pages as a PDF; what was there is kept until the new one is whole. Raises InvalidInput, and
        StoppedError when `watch` says so."""
        with drawn_to(path) as unfinished:
            writer = QPdfWriter(str(unfinished))
            writer.setTitle(self._heading.title)
            writer.setCreator("Switchback")
            writer.setResolution(300)
            writer.setPageLayout(layout)
            self.print_to(writer, watch)

    def _cut(self, bounds: QRectF) -> list[tuple[int, int, QRectF]]:
        """Column, row and part of the canvas of each page, row by row; parts of neighbours overlap a little."""
        room = self._body.size() / self.size
        step = QSizeF(room.width() - _OVERLAP / self.size, room.height() - _OVERLAP / self.size)
        across, down = (
            _many(bounds.width(), room.width(), step.width()),
            _many(bounds.height(), room.height(), step.height()),
        )
        found = []
        for row in range(down):
            for column in range(across):
                at = QPointF(bounds.left() + column * step.width(), bounds.top() + row * step.height())
                found.append((column, row, QRectF(at, room).intersected(bounds)))
        return found

    def _paint_head(self, painter: QPainter, page: int, column: int, row: int) -> None:
        width = self.page.width()
        aside = 0.0
        if self.count > 1:
            aside = 230.0
            words = tr(
                "Page {page} of {pages} · row {row}, column {column}",
                page=number(page + 1),
                pages=number(self.count),
                row=number(row + 1),
                column=number(column + 1),
            )
            painter.setFont(font("body", 11))
            painter.setPen(theme().color("ink2"))
            side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(QRectF(width - aside, 2, aside, 20), side, words)
        title = QRectF(0, 0, width - aside, 22)
        draw_line(painter, title, self._heading.title, font("body", 17, QFont.Weight.DemiBold), theme().color("ink"))
        below = QRectF(0, 22, width, 18)
        draw_line(painter, below, self._heading.below, font("body", 12), theme().color("ink2"))
        painter.setPen(QPen(theme().color("line"), 1))
        painter.drawLine(QPointF(0, _HEAD), QPointF(width, _HEAD))


def paper(size: QPageSize.PageSizeId, *, landscape: bool) -> QPageLayout:
    """A page of a size, either way up."""
    turned = QPageLayout.Orientation.Landscape if landscape else QPageLayout.Orientation.Portrait
    return QPageLayout(QPageSize(size), turned, MARGINS, QPageLayout.Unit.Millimeter)


def _many(length: float, room: float, step: float) -> int:
    return 1 if length <= room + 0.5 else 1 + math.ceil((length - room - 0.5) / step)
