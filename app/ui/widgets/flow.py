"""Widgets in a line that goes on below where it is full."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

from app.ui.sides import beside


class Flow(QLayout):
    """As wide as its widest part at least. Parts that were added with `at_end` stand at the end of their line, unless
    that begins with them."""

    def __init__(self, spacing: int = 8) -> None:
        super().__init__()
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(spacing)
        self._items: list[QLayoutItem] = []
        self._ends: set[QWidget] = set()

    def add(self, part: QWidget, *, at_end: bool = False) -> None:
        """Put it after the others."""
        self.addWidget(part)
        if at_end:
            self._ends.add(part)

    def addItem(self, item: QLayoutItem) -> None:
        """Qt's way in."""
        self._items.append(item)

    def count(self) -> int:
        """How many parts there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """The part with that number."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Without that part."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """It takes no more than it needs."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """Less width makes more lines."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Of all lines."""
        lines = self._lines(width)
        return sum(_height(line) for line in lines) + self.spacing() * max(0, len(lines) - 1)

    def sizeHint(self) -> QSize:
        """All in one line."""
        shown = self._shown()
        width = sum(item.sizeHint().width() for item in shown) + self.spacing() * max(0, len(shown) - 1)
        return QSize(width, _height(shown))

    def minimumSize(self) -> QSize:
        """The widest part's width."""
        shown = self._shown()
        return QSize(max((item.minimumSize().width() for item in shown), default=0), _height(shown))

    def setGeometry(self, rect: QRect) -> None:
        """Put each part where it belongs."""
        super().setGeometry(rect)
        top = rect.top()
        for line in self._lines(rect.width()):
            height, left = _height(line), rect.left()
            right = rect.right() + 1
            for item in reversed([each for each in line[1:] if each.widget() in self._ends]):
                right -= item.sizeHint().width()
                self._place(item, QPoint(right, top), rect, height)
                right -= self.spacing()
            for item in line:
                if item is line[0] or item.widget() not in self._ends:
                    self._place(item, QPoint(left, top), rect, height)
                    left += item.sizeHint().width() + self.spacing()
            top += height + self.spacing()

    @staticmethod
    def _place(item: QLayoutItem, at: QPoint, rect: QRect, height: int) -> None:
        size = item.sizeHint().boundedTo(QSize(rect.width(), height))
        item.setGeometry(beside(rect, QRect(at + QPoint(0, (height - size.height()) // 2), size)))

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _lines(self, width: int) -> list[list[QLayoutItem]]:
        lines: list[list[QLayoutItem]] = []
        left = 0
        for item in self._shown():
            needed = item.sizeHint().width() + self.spacing()
            if not lines or left + needed - self.spacing() > width:
                lines.append([])
                left = 0
            lines[-1].append(item)
            left += needed
        return lines


def _height(line: list[QLayoutItem]) -> int:
    return max((item.sizeHint().height() for item in line), default=0)
