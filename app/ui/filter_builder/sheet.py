"""The surface that the rows stand on: boxes of groups, the mark of a drop, and the order of Tab."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QWidget

from app.ui.filter_builder.lines import Frame, LineLayout, inset
from app.ui.sides import beside
from app.ui.theme import theme
from app.ui.widgets.tab_order import follow_layouts

RING_ROOM = 4
"""Space around everything, so that the ring of the current row is not cut off."""
_STRIPE = 3


class Sheet(QWidget):
    """Paints what is behind the rows; the canvas places the rows on it."""

    def __init__(self) -> None:
        super().__init__()
        self.layout_of_lines: LineLayout | None = None
        self.drop_mark: tuple[int, int] | None = None
        """Height of the lit slot and depth of its group, while something is dragged."""
        self.next_part: Callable[[bool], bool] = lambda _forward: False

    def frame_box(self, frame: Frame) -> QRectF:
        """The box of a group on this surface."""
        side = inset(len(frame.path)) + RING_ROOM
        return QRectF(
            side + 0.5, frame.top + RING_ROOM + 0.5, self.width() - 2 * side - 1, frame.bottom - frame.top - 1
        )

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes through the parts of a row, then to the next row, also to one that is not built yet."""
        return self.next_part(forward) or self._leave(forward)

    def _leave(self, forward: bool) -> bool:
        follow_layouts(self.window())  # rows that were built since stand at the end of Qt's chain
        start = QApplication.focusWidget() or self
        widget: QWidget = start
        while True:
            following = widget.nextInFocusChain() if forward else widget.previousInFocusChain()
            if following is None or following is start:
                return False
            widget = following
            takes_tab = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
            if takes_tab and widget.isVisible() and widget.isEnabled() and not self.isAncestorOf(widget):
                reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
                widget.setFocus(reason)
                return True

    def paintEvent(self, event: QPaintEvent) -> None:
        """Group boxes from the outside in, then the mark of a drop."""
        if self.layout_of_lines is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = event.rect()
        for frame in self.layout_of_lines.frames_between(area.top() - 20, area.bottom() + 20):
            self._paint_frame(painter, frame)
        if self.drop_mark is not None:
            self._paint_mark(painter, *self.drop_mark)

    def _paint_frame(self, painter: QPainter, frame: Frame) -> None:
        box = self.frame_box(frame)
        depth = len(frame.path)
        colors = theme()
        painter.setPen(QPen(colors.color("line"), 1))
        painter.setBrush(colors.color("bg" if depth % 2 == 0 else "panel"))
        painter.drawRoundedRect(box, 10, 10)
        stripe = QPainterPath()
        stripe.addRoundedRect(box.adjusted(-0.5, -0.5, 0.5, 0.5), 10, 10)
        painter.save()
        painter.setClipRect(beside(box, QRectF(box.x() - 1, box.y() - 1, _STRIPE + 0.5, box.height() + 2)))
        tone = "ctl" if frame.disabled else ("accent", "blue", "violet")[depth % 3]
        painter.fillPath(stripe, colors.color(tone))
        painter.restore()

    def _paint_mark(self, painter: QPainter, y: int, depth: int) -> None:
        left = inset(depth) + RING_ROOM + 12
        right = self.width() - inset(depth) - RING_ROOM - 10
        painter.setPen(QPen(theme().color("accent"), 2))
        painter.drawLine(left, y + RING_ROOM, right, y + RING_ROOM)
        painter.setBrush(theme().color("accent"))
        painter.drawEllipse(QRectF(left - 3, y + RING_ROOM - 3, 6, 6))
