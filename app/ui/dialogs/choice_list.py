"""A list to choose one thing from, with a search: events, data extensions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QVBoxLayout, QWidget

from app.data_extensions.fold import fold
from app.ui.sides import beside, right_to_left
from app.ui.theme import theme
from app.ui.translation import tr
from app.ui.widgets import SearchField, label

_ITEM = Qt.ItemDataRole.UserRole
_ROW = 58


@dataclass(frozen=True, slots=True)
class Item:
    """One line: a title, what it is (in the monospace font when `mono`), and a quiet word at the right."""

    ident: str
    title: str
    detail: str = ""
    aside: str = ""
    mono: bool = False


class ChoiceList(QWidget):
    """Search above, list below. `chosen` is emitted with the ident when another line is chosen, `taken` when one is
    double-clicked. Down goes from the search into the list."""

    chosen = Signal(str)
    taken = Signal(str)

    def __init__(self, placeholder: str, nothing: str, parent: QWidget | None = None) -> None:
        """`nothing` is said while there is nothing to choose from."""
        super().__init__(parent)
        self._nothing = nothing
        self.search = SearchField(placeholder, self, delay_ms=0)
        self._model = _Items(self)
        self.view = QListView(self)
        self.view.setModel(self._model)
        self.view.setItemDelegate(_Painter(self.view))
        self.view.setMouseTracking(True)
        self.view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setAccessibleName(placeholder)
        self.view.setProperty("plain", True)
        self.empty = label(nothing, "secondary", self, wrap=True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        box.addWidget(self.search)
        box.addWidget(self.view, 1)
        box.addWidget(self.empty, 1)
        self.search.searched.connect(self._search)
        self.view.selectionModel().currentChanged.connect(self._moved)
        self.view.doubleClicked.connect(lambda index: self.taken.emit(self._ident(index)))
        self.search.installEventFilter(self)
        self._show_empty()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Down in the search: to the chosen line, or the first."""
        down = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Down
        if down and event.type() == QEvent.Type.KeyPress and self._model.rowCount():
            self.view.setFocus()
            if not self.current():
                self.view.setCurrentIndex(self._model.index(0))
            return True
        return super().eventFilter(watched, event)

    def set_items(self, items: Sequence[Item], current: str = "") -> None:
        """Show other items; `current` is chosen if it is among them."""
        self._model.set_items(items)
        self._search(self.search.text())
        self.choose(current)

    def choose(self, ident: str) -> None:
        """Choose a line without telling; "" or an unknown one chooses nothing."""
        row = self._model.row_of(ident)
        self.view.selectionModel().blockSignals(True)
        self.view.setCurrentIndex(self._model.index(row) if row >= 0 else QModelIndex())
        self.view.selectionModel().blockSignals(False)
        self.view.viewport().update()

    def current(self) -> str:
        """The ident that is chosen, "" for none."""
        return self._ident(self.view.currentIndex())

    def idents(self) -> list[str]:
        """What the list shows now."""
        return [self._ident(self._model.index(row)) for row in range(self._model.rowCount())]

    def _search(self, text: str) -> None:
        current = self.current()
        self._model.search(text)
        self.choose(current)
        self._show_empty()

    def _show_empty(self) -> None:
        none = self._model.rowCount() == 0
        searched = self.search.text().strip()
        self.empty.setText(tr("Nothing here is called “{searched}”.", searched=searched) if searched else self._nothing)
        self.empty.setVisible(none)
        self.view.setVisible(not none)

    def _moved(self, index: QModelIndex) -> None:
        if index.isValid():
            self.chosen.emit(self._ident(index))

    @staticmethod
    def _ident(index: QModelIndex) -> str:
        item = index.data(_ITEM) if index.isValid() else None
        return item.ident if isinstance(item, Item) else ""


class _Items(QAbstractListModel):
    """The items that fit the search."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._all: list[Item] = []
        self._shown: list[Item] = []

    def set_items(self, items: Sequence[Item]) -> None:
        """Other items."""
        self._all = list(items)

    def search(self, text: str) -> None:
        """Keep the items that hold every word."""
        words = fold(text).split()
        self.beginResetModel()
        self._shown = [i for i in self._all if all(w in fold(f"{i.title} {i.detail} {i.aside}") for w in words)]
        self.endResetModel()

    def row_of(self, ident: str) -> int:
        """The line of an item, -1 when it is not shown."""
        return next((at for at, item in enumerate(self._shown) if item.ident == ident), -1)

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """How many are shown."""
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The item, or its words for screen readers."""
        item = self._shown[index.row()]
        if role == _ITEM:
            return item
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{item.title}, {item.detail}, {item.aside}"
        return None


class _Painter(QStyledItemDelegate):
    """A line as a quiet card; the chosen one with the accent and a dot."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """All are equally high."""
        return QSize(100, _ROW)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Ground, dot, title, detail, aside."""
        item = index.data(_ITEM)
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        colors = theme()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = rect.toRectF().adjusted(1.5, 2.5, -1.5, -3.5)
        hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        painter.setPen(QPen(colors.color("accent" if chosen else "ctl" if hovered else "line"), 1.5 if chosen else 1))
        painter.setBrush(colors.color("accent_soft" if chosen else "panel"))
        painter.drawRoundedRect(box, 9, 9)
        self._dot(painter, rect, chosen)
        inner = beside(rect, rect.adjusted(42, 9, -16, -10))
        aside_width = self._text(painter, inner, item.aside, "ink2", theme().font("small"), right=True)
        left = beside(inner, inner.adjusted(0, 0, -aside_width - 16, 0))
        half = left.height() // 2
        self._text(painter, left.adjusted(0, 0, 0, -half), item.title, "ink", theme().font("strong"))
        font = theme().font("mono" if item.mono else "small")
        self._text(painter, left.adjusted(0, half + 1, 0, 1), item.detail, "ink2", font)
        painter.restore()

    @staticmethod
    def _dot(painter: QPainter, rect: QRect, chosen: bool) -> None:
        center = rect.toRectF().center()
        center.setX(rect.right() - 22 if right_to_left() else rect.x() + 23)
        painter.setPen(QPen(theme().color("accent" if chosen else "ctl"), 1.3))
        painter.setBrush(theme().color("panel"))
        painter.drawEllipse(center, 7.5, 7.5)
        if chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme().color("accent"))
            painter.drawEllipse(center, 4.0, 4.0)

    @staticmethod
    def _text(painter: QPainter, box: QRect, text: str, tone: str, font: QFont, *, right: bool = False) -> int:
        painter.setFont(font)
        painter.setPen(theme().color(tone))
        short = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        painter.drawText(box, side | Qt.AlignmentFlag.AlignVCenter, short)
        return painter.fontMetrics().horizontalAdvance(short)
