"""Mouse on the canvas: click selects, dragging a row moves it, Esc takes the drag back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication

from app.ui.filter_builder.drag import Drag
from app.ui.filter_builder.model import FilterModel
from app.ui.filter_builder.sheet import RING_ROOM, Sheet

if TYPE_CHECKING:
    from app.ui.filter_builder.canvas import FilterCanvas

_SCROLL_EVERY_MS = 30
_SCROLL_EDGE = 28


class Gestures(QObject):
    """Watches the sheet; presses on editors and chips never arrive here."""

    def __init__(self, canvas: FilterCanvas, sheet: Sheet, model: FilterModel) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._sheet = sheet
        self._model = model
        self._pressed: QPoint | None = None
        self._drag: Drag | None = None
        self._scroll = QTimer(self)
        self._scroll.setInterval(_SCROLL_EVERY_MS)
        self._scroll.timeout.connect(self._scroll_on)
        sheet.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Press, move, release."""
        if isinstance(event, QMouseEvent):
            at = event.position().toPoint()
            if event.type() == QEvent.Type.MouseButtonPress and event.button() == Qt.MouseButton.LeftButton:
                self._press(at, event.modifiers())
                return True
            if event.type() == QEvent.Type.MouseMove and event.buttons() & Qt.MouseButton.LeftButton:
                self._move(at)
                return True
            if event.type() == QEvent.Type.MouseButtonRelease and self._pressed is not None:
                self._release()
                return True
        return False

    def key(self, event: QKeyEvent) -> bool:
        """Esc ends a drag without moving anything."""
        if self._drag is not None and event.key() == Qt.Key.Key_Escape:
            self._end()
            return True
        return False

    def _press(self, at: QPoint, modifiers: Qt.KeyboardModifier) -> None:
        line = self._canvas.line_at(at)
        self._pressed = at
        if line is None or line.empty:
            return
        also = bool(modifiers & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier))
        if also or line.path not in self._model.selected:
            self._model.select(line.path, also=also)
        if not also:
            self._canvas.focus(line.path, "field")

    def _move(self, at: QPoint) -> None:
        if self._pressed is None or self._model.read_only:
            return
        if self._drag is None:
            if (at - self._pressed).manhattanLength() < QApplication.startDragDistance():
                return
            self._start()
        if self._drag is not None:
            self._drag.move(self._canvas.lines, self._model.group, at - QPoint(0, RING_ROOM))
            slot = self._drag.slot
            self._sheet.drop_mark = None if slot is None else (slot[1], len(slot[0]) - 1)
            self._sheet.update()

    def _start(self) -> None:
        targets = self._model.targets()
        line = self._canvas.line_at(self._pressed) if self._pressed else None
        if not targets or line is None or self._pressed is None:
            return
        left, width = self._canvas.line_box(line)
        frame = self._canvas.lines.frame(line.path)
        height = frame.bottom - frame.top if frame else line.height
        box = QRect(left, line.top + RING_ROOM, width, height)
        self._drag = Drag(self._sheet, self._sheet.grab(box), targets, self._pressed - box.topLeft())
        self._scroll.start()

    def _release(self) -> None:
        drag = self._drag
        self._end()
        if drag is not None and drag.slot is not None:
            self._model.move(drag.targets, drag.slot[0])

    def _end(self) -> None:
        if self._drag is not None:
            self._drag.end()
        self._drag = None
        self._pressed = None
        self._scroll.stop()
        self._sheet.drop_mark = None
        self._sheet.update()

    def _scroll_on(self) -> None:
        """Scroll while something is held near the upper or lower edge."""
        at = self._canvas.viewport().mapFromGlobal(self._canvas.cursor().pos()).y()
        bar = self._canvas.verticalScrollBar()
        if at < _SCROLL_EDGE:
            bar.setValue(bar.value() - 12)
        elif at > self._canvas.viewport().height() - _SCROLL_EDGE:
            bar.setValue(bar.value() + 12)
