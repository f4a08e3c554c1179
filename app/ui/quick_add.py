"""Quick search at a place: type a few letters, Enter adds the activity there."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QGuiApplication, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from app.ui.canvas.brush import draw_line, font
from app.ui.palette_items import PaletteItem
from app.ui.sides import beside
from app.ui.theme import theme
from app.ui.translation import tr
from app.ui.widgets.aloud import tell
from app.ui.widgets.icon_tile import CATEGORY_COLOURS, paint_icon_tile
from app.ui.widgets.label import label
from app.ui.widgets.search_field import SearchField

_ITEM = Qt.ItemDataRole.UserRole


class QuickAdd(QFrame):
    """A popup with a search and what may be added; `reasons` says of an item why it may not (it is shown, faded)."""

    def __init__(
        self,
        parent: QWidget,
        items: tuple[PaletteItem, ...],
        reasons: dict[str, str],
        choose: Callable[[PaletteItem], None],
        title: str,
    ) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("floating", True)
        self.setObjectName("quick-add")
        self.setAccessibleName(title)
        self._choose = choose
        self._items = items
        self._reasons = reasons
        box = QVBoxLayout(self)
        box.setContentsMargins(10, 10, 10, 8)
        box.setSpacing(6)
        box.addWidget(label(title, "small", self))
        self.search = SearchField(tr("Search activities"), self, delay_ms=0)
        self.search.textChanged.connect(self._fill)
        self.search.returnPressed.connect(self._take)
        self.search.installEventFilter(self)
        box.addWidget(self.search)
        self.nothing = label(tr("Nothing of that name. Try fewer letters."), "hint", self, wrap=True)
        box.addWidget(self.nothing)
        self.list = QListWidget(self)
        self.list.setItemDelegate(_Row(self.list))
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName(title)
        self.list.itemClicked.connect(lambda _item: self._take())
        self.list.currentItemChanged.connect(self._tell)
        box.addWidget(self.list, 1)
        box.addStretch()
        self.resize(280, 380)
        self._fill("")

    def open_at(self, at: QPoint) -> None:
        """Show it near a point of the screen, wholly on the screen."""
        screen = QGuiApplication.screenAt(at) or QGuiApplication.primaryScreen()
        room = screen.availableGeometry()
        x = min(at.x() + 8, room.right() - self.width() - 8)
        y = min(at.y() + 8, room.bottom() - self.height() - 8)
        self.move(max(room.left(), x), max(room.top(), y))
        self.show()
        self.search.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The arrows walk in the list while the typing goes on."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            if step is not None:
                row = self.list.currentRow() + step
                self.list.setCurrentRow(max(0, min(self.list.count() - 1, row)))
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.close()
                return True
        return super().eventFilter(watched, event)

    def _fill(self, text: str) -> None:
        self.list.clear()
        for item in self._items:
            if not item.answers(text):
                continue
            reason = self._reasons.get(item.key, "")
            row = QListWidgetItem(item.label)
            row.setData(_ITEM, item)
            row.setToolTip(reason or item.help)
            row.setData(Qt.ItemDataRole.AccessibleTextRole, f"{item.label}. {reason or item.help}")
            if reason:
                row.setFlags(Qt.ItemFlag.NoItemFlags)
            self.list.addItem(row)
        first = next((n for n in range(self.list.count()) if self.list.item(n).flags()), -1)
        self.list.setCurrentRow(first)
        self.nothing.setVisible(not self.list.count())
        self.list.setVisible(bool(self.list.count()))
        if not self.list.count():
            tell(self.search, self.nothing.text())

    def _tell(self, row: QListWidgetItem | None) -> None:
        if row is not None:
            tell(self.search, row.data(Qt.ItemDataRole.AccessibleTextRole))

    def _take(self) -> None:
        row = self.list.currentItem()
        if row is None or not row.flags():
            return
        item = row.data(_ITEM)
        self.close()
        self._choose(item)


class _Row(QStyledItemDelegate):
    """Icon, name and help, as in the palette."""

    def sizeHint(self, option: QStyleOptionViewItem, index: object) -> QSize:
        """Room for two lines."""
        return QSize(200, 44)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: object) -> None:
        """The current row is filled; one that may not be added is faded and says why."""
        item: PaletteItem = index.data(_ITEM)  # type: ignore[attr-defined]  # Qt hands in a model index
        enabled = bool(option.state & QStyle.StateFlag.State_Enabled)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(option.rect).adjusted(1, 1, -1, -1)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme().color("hover"))
            painter.drawRoundedRect(rect, 8, 8)
        icon = beside(rect, QRectF(rect.left() + 7, rect.top() + 7, 28, 28))
        painter.setOpacity(1.0 if enabled else 0.5)
        paint_icon_tile(painter, icon, item.icon, CATEGORY_COLOURS.get(item.category, "violet"))
        painter.setOpacity(1.0)
        left = rect.left() + 45
        width = rect.right() - left - 6
        ink = theme().color("ink" if enabled else "ink3")
        draw_line(
            painter,
            beside(rect, QRectF(left, rect.top() + 3, width, 19)),
            item.label,
            font("body", 13, QFont.Weight.Medium),
            ink,
        )
        help_text = index.data(Qt.ItemDataRole.ToolTipRole)  # type: ignore[attr-defined]  # as above
        draw_line(
            painter,
            beside(rect, QRectF(left, rect.top() + 21, width, 17)),
            help_text,
            font("body", 11),
            theme().color("ink3"),
        )
        painter.restore()
