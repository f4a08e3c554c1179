"""A quiet table of things: a line or two a cell, a pill for a status, an icon for a kind."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QCursor,
    QFocusEvent,
    QFont,
    QFontMetrics,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from app.ui.sides import beside
from app.ui.theme import theme
from app.ui.widgets.card import Card
from app.ui.widgets.icon_tile import paint_icon_tile
from app.ui.widgets.label import plain_tip

Index = QModelIndex | QPersistentModelIndex
_ROW = 48
_THIN_ROW = 36
_MEASURED = 200
"""Rows whose words are measured for the width of their column."""
_NARROWEST = 200
"""Pixels that the columns without a width of their own are left."""


@dataclass(frozen=True)
class Column:
    """One column over things of one type. `second` is a quieter line below, `tone` makes a pill of the text, `icon`
    gives (icon, colour). `width` 0 takes what is left; `sort` gives the key to sort by (None: the text)."""

    title: str
    text: Callable[[Any], str]
    second: Callable[[Any], str] | None = None
    tone: Callable[[Any], str] | None = None
    icon: Callable[[Any], tuple[str, str]] | None = None
    font: str = "body"
    right: bool = False
    width: int = 0
    sort: Callable[[Any], Any] | None = None
    minor: bool = False
    """It goes first when the table is narrow."""


class ThingsModel(QAbstractTableModel):
    """Things as rows. Sorting is the model's own, so that a reload keeps the order."""

    def __init__(self, columns: Sequence[Column], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.things: list[Any] = []
        self._order: tuple[int, Qt.SortOrder] | None = None

    def show_things(self, things: Sequence[Any]) -> None:
        """Replace all rows."""
        self.beginResetModel()
        self.things = self._sorted(list(things))
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        """One a thing."""
        return 0 if parent is not None and parent.isValid() else len(self.things)

    def columnCount(self, parent: Index | None = None) -> int:
        """As given."""
        return len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Text, and the whole text as tooltip."""
        column, thing = self.columns[index.column()], self.things[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.text(thing)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            below = column.second(thing) if column.second else ""
            text = f"{column.text(thing)}\n{below}" if below else column.text(thing)
            return plain_tip(text) if role == Qt.ItemDataRole.ToolTipRole else text
        if role == Qt.ItemDataRole.UserRole:
            return thing
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The columns' titles."""
        if orientation == Qt.Orientation.Vertical:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if self.columns[section].right else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """By a column; things without a value come last either way."""
        self._order = (column, order) if column >= 0 else None
        self.layoutAboutToBeChanged.emit()
        self.things = self._sorted(self.things)
        self.layoutChanged.emit()

    def _sorted(self, things: list[Any]) -> list[Any]:
        if self._order is None:
            return things
        column, order = self.columns[self._order[0]], self._order[1]
        by = column.sort or (lambda thing: column.text(thing).casefold())
        known = [t for t in things if by(t) is not None]
        known.sort(key=by, reverse=order == Qt.SortOrder.DescendingOrder)
        return known + [t for t in things if by(t) is None]


class CellDelegate(QStyledItemDelegate):
    """Paints a cell from the theme: nothing of it is a widget, so ten thousand rows cost what is in view."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground, line, icon, text or pill, second line."""
        model = index.model()
        assert isinstance(model, ThingsModel)
        column, thing = model.columns[index.column()], model.things[index.row()]
        rect = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, option, rect, index)
        inner = rect.adjusted(12, 0, -12, 0)
        if column.icon is not None:
            icon, colour = column.icon(thing)
            square = QRectF(inner.left(), rect.center().y() - 14, 28, 28)
            paint_icon_tile(painter, beside(rect, square), icon, colour)
            inner = beside(rect, inner.adjusted(38, 0, 0, 0))
        if column.tone is not None and column.text(thing):
            selected = bool(option.state & QStyle.StateFlag.State_Selected)
            _paint_pill(painter, inner, column.text(thing), column.tone(thing), raised=selected)
        else:
            self._paint_text(painter, inner, column, thing)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As wide as the text, as high as the row."""
        model = index.model()
        assert isinstance(model, ThingsModel)
        column = model.columns[index.column()]
        text = column.text(model.things[index.row()])
        wide = QFontMetricsF(theme().font(column.font)).horizontalAdvance(text)
        return QSize(int(wide) + (62 if column.icon else 24), _ROW)

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, rect: QRectF, index: Index) -> None:
        state = option.state
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme().color("accent_soft"))
        elif isinstance(option.widget, ThingsTable) and option.widget.hovered_row == index.row():
            painter.fillRect(rect, theme().color("hover"))
        painter.fillRect(QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), theme().color("line"))
        view = option.widget
        selected = state & QStyle.StateFlag.State_Selected
        if selected and index.column() == 0 and isinstance(view, QWidget) and view.hasFocus():
            painter.fillRect(
                beside(rect, QRectF(rect.left(), rect.top(), 3, rect.height() - 1)), theme().color("accent")
            )

    def _paint_text(self, painter: QPainter, rect: QRectF, column: Column, thing: Any) -> None:
        font = theme().font(column.font)
        metrics = QFontMetricsF(font)
        text = metrics.elidedText(column.text(thing), Qt.TextElideMode.ElideRight, rect.width())
        side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
        below = column.second(thing) if column.second is not None else ""
        painter.setFont(font)
        painter.setPen(theme().color("ink"))
        if not below:
            painter.drawText(rect, side | Qt.AlignmentFlag.AlignVCenter, text)
            return
        upper = QRectF(rect.left(), rect.center().y() - 18, rect.width(), 18)
        painter.drawText(upper, side | Qt.AlignmentFlag.AlignVCenter, text)
        small = theme().font("small")
        painter.setFont(small)
        painter.setPen(theme().color("ink2"))
        lower = QRectF(rect.left(), rect.center().y() + 1, rect.width(), 16)
        below = QFontMetricsF(small).elidedText(below, Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(lower, side | Qt.AlignmentFlag.AlignVCenter, below)


def pill_width(text: str) -> int:
    """How wide a pill is with that word."""
    return int(QFontMetricsF(_pill_font()).horizontalAdvance(text)) + 19


def _pill_font() -> QFont:
    font = theme().font("small")
    font.setWeight(font.Weight.DemiBold)
    return font


def _paint_pill(painter: QPainter, rect: QRectF, text: str, tone: str, *, raised: bool) -> None:
    """A rounded word; `raised` where the row behind it is in the accent's own soft colour."""
    font = _pill_font()
    wide = min(pill_width(text), rect.width())
    pill = beside(rect, QRectF(rect.left(), rect.center().y() - 10, wide, 20))
    quiet = tone == "quiet"
    painter.setPen(theme().color("line") if quiet else Qt.PenStyle.NoPen)
    painter.setBrush(theme().color("panel" if raised else "bg" if quiet else f"{tone}_soft"))
    painter.drawRoundedRect(pill, 10, 10)
    painter.setPen(theme().color("ink2" if quiet else tone))
    painter.setFont(font)
    painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, text)


class ThingsTable(QTableView):
    """A table of things. `opened` is emitted with the thing on double click and Enter, `picked` with the current
    thing or None, `asked` with a thing and the global point where its menu belongs."""

    opened = Signal(object)
    picked = Signal(object)
    asked = Signal(object, QPoint)

    def __init__(self, columns: Sequence[Column], name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.hovered_row = -1
        self._shown: list[Any] = []
        self._widths = [0 for _ in columns]
        self.things_model = ThingsModel(columns, self)
        self.setModel(self.things_model)
        self.setItemDelegate(CellDelegate(self))
        self.setProperty("plain", True)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setSortingEnabled(True)
        self.setWordWrap(False)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        tall = any(c.second or c.icon for c in columns)
        rows.setDefaultSectionSize(_ROW if tall else _THIN_ROW)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        for at, column in enumerate(columns):
            if column.width:
                head.setSectionResizeMode(at, QHeaderView.ResizeMode.Interactive)
                self._widths[at] = max(column.width, self._heading_width(column))
                head.resizeSection(at, self._widths[at])
            else:
                head.setSectionResizeMode(at, QHeaderView.ResizeMode.Stretch)
        self.doubleClicked.connect(lambda index: self.opened.emit(self.things_model.things[index.row()]))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._ask)
        self.selectionModel().currentRowChanged.connect(lambda *_: self.picked.emit(self.current()))
        theme().changed.connect(self.viewport().update)
        # Rows also come under a pointer that stands still.
        self.verticalScrollBar().valueChanged.connect(self._look_below_pointer)

    def show_things(self, things: Sequence[Any], key: Callable[[Any], object]) -> None:
        """Replace the rows; what was current stays so, found again by `key`, and so does the place of reading."""
        if list(things) == self._shown:
            self.viewport().update()  # "12 s ago" goes on
            self.picked.emit(self.current())
            return
        self._shown = list(things)
        self._fit(things)
        place = self.verticalScrollBar().value()
        current = self.current()
        wanted = key(current) if current is not None else None
        self.things_model.show_things(things)
        if wanted is not None:
            self.select_where(lambda thing: key(thing) == wanted)
        self.verticalScrollBar().setValue(place)
        self._look_below_pointer()
        if self.current() is None:
            self.picked.emit(None)

    def _fit(self, things: Sequence[Any]) -> None:
        """Widen the columns whose words are longer than was thought, as those of other languages are."""
        for at, column in enumerate(self.things_model.columns):
            if column.width and column.tone is not None:
                needed = max((pill_width(text) for text in {column.text(t) for t in things[:_MEASURED]}), default=0)
                if needed + 24 > self._widths[at]:
                    self._widths[at] = needed + 24
                    self.horizontalHeader().resizeSection(at, needed + 24)

    def _heading_width(self, column: Column) -> int:
        font = theme().font("small")
        font.setWeight(font.Weight.Medium)
        return QFontMetrics(font).horizontalAdvance(column.title) + 40

    def current(self) -> Any | None:
        """The thing of the current row."""
        row = self.currentIndex().row()
        return self.things_model.things[row] if 0 <= row < len(self.things_model.things) else None

    def select_where(self, wanted: Callable[[Any], bool]) -> bool:
        """Make the first thing that is wanted the current one; whether there is one."""
        for row, thing in enumerate(self.things_model.things):
            if wanted(thing):
                self.setCurrentIndex(self.things_model.index(row, 0))
                return True
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Hide minor columns, the last first, where the first one would become too narrow to read."""
        columns = self.things_model.columns
        left = self.viewport().width() - sum(self._widths)
        for at in reversed(range(len(columns))):
            hide = columns[at].minor and left < _NARROWEST
            self.setColumnHidden(at, hide)
            left += self._widths[at] if hide else 0
        super().resizeEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The whole row under the pointer lights up, not a cell of it."""
        self._hover(self.indexAt(event.position().toPoint()).row())
        super().mouseMoveEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Who comes by the keyboard sees where they are: a row is always chosen."""
        super().focusInEvent(event)
        if self.current() is None and self.things_model.things and event.reason() != Qt.FocusReason.MouseFocusReason:
            self.selectRow(0)

    def leaveEvent(self, event: QEvent) -> None:
        """No row is under the pointer any more."""
        self._hover(-1)
        super().leaveEvent(event)

    def _look_below_pointer(self) -> None:
        if self.viewport().underMouse():
            self._hover(self.indexAt(self.viewport().mapFromGlobal(QCursor.pos())).row())

    def _hover(self, row: int) -> None:
        if row != self.hovered_row:
            self.hovered_row = row
            self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, the menu key asks."""
        thing = self.current()
        if thing is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(thing)
            return
        super().keyPressEvent(event)

    def _ask(self, at: QPoint) -> None:
        index = self.indexAt(at)
        row = index.row() if index.isValid() else self.currentIndex().row()
        if 0 <= row < len(self.things_model.things):
            self.asked.emit(self.things_model.things[row], self.viewport().mapToGlobal(at))


def framed(table: ThingsTable, parent: QWidget) -> Card:
    """A table in a card whose corners it leaves round."""
    card = Card(parent, margin=1)
    card.box.setContentsMargins(1, 6, 1, 6)
    card.box.addWidget(table)
    return card
