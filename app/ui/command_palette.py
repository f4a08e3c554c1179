"""Find anything: every command and every journey by a few letters of its name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QIcon, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QDialog,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from app.ui.sides import beside
from app.ui.theme import theme
from app.ui.translation import tr
from app.ui.widgets import label
from app.ui.widgets.aloud import tell

_MOST = 60
_ROW = 36


@dataclass(frozen=True)
class Found:
    """One line: what it is called, where it belongs, its shortcut, and what it does."""

    text: str
    place: str
    keys: str
    icon: QIcon
    run: Callable[[], object]


def rank(query: str, text: str) -> int | None:
    """How well `text` answers `query`: lower is better, None is not at all. All words must be there, or all letters
    in their order."""
    query, text = query.casefold().strip(), text.casefold()
    if not query:
        return 0
    words = query.split()
    if all(word in text for word in words):
        starts = sum(any(part.startswith(word) for part in text.split()) for word in words)
        return 10 * (len(words) - starts) + text.index(words[0])
    at = -1
    for letter in query.replace(" ", ""):
        at = text.find(letter, at + 1)
        if at < 0:
            return None
    return 1000 + at


class CommandPalette(QDialog):
    """Type, arrows, Enter. It runs what was chosen after it closed."""

    def __init__(self, lines: Sequence[Found], parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self.setObjectName("palette")
        self.setWindowTitle(tr("Find anything"))
        self._lines = list(lines)
        self.field = QLineEdit(self)
        self.field.setPlaceholderText(tr("Find a command or a journey"))
        self.field.setAccessibleName(tr("Find a command or a journey"))
        self.field.addAction(theme().icon("search", "ink3"), QLineEdit.ActionPosition.LeadingPosition)
        self.list = QListWidget(self)
        self.list.setProperty("plain", True)
        self.list.setAccessibleName(tr("Matches"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setItemDelegate(_LineDelegate(self.list))
        self.list.setUniformItemSizes(True)
        self.nothing = label(tr("Nothing of that name. Try fewer letters."), "secondary", self)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.nothing.hide()
        box = QVBoxLayout(self)
        box.setContentsMargins(10, 10, 10, 10)
        box.setSpacing(8)
        box.addWidget(self.field)
        box.addWidget(self.list, 1)
        box.addWidget(self.nothing)
        self.field.textChanged.connect(self._search)
        self.field.installEventFilter(self)
        self.list.itemClicked.connect(lambda _item: self._run())
        self.list.currentItemChanged.connect(self._tell)
        self.resize(620, 440)
        top = parent.mapToGlobal(QPoint(parent.width() // 2, min(120, parent.height() // 8)))
        self.move(top.x() - self.width() // 2, top.y())
        self._search("")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows and Enter in the field move and choose in the list."""
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}
            if event.key() in steps:
                self._step(steps[Qt.Key(event.key())])
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._run()
                return True
        return False

    def _step(self, by: int) -> None:
        row = max(0, min(self.list.count() - 1, self.list.currentRow() + by))
        self.list.setCurrentRow(row)

    def _search(self, query: str) -> None:
        ranked = [(rank(query, f"{line.text} {line.place}"), at) for at, line in enumerate(self._lines)]
        best = sorted((score, at) for score, at in ranked if score is not None)[:_MOST]
        self.list.clear()
        for _score, at in best:
            item = QListWidgetItem(self._lines[at].text)
            item.setData(Qt.ItemDataRole.UserRole, at)
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.list.setVisible(bool(best))
        self.nothing.setVisible(not best)
        if not best:
            tell(self.field, self.nothing.text())

    def _tell(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            line = self._lines[item.data(Qt.ItemDataRole.UserRole)]
            tell(self.field, ", ".join(part for part in (line.text, line.place, line.keys) if part))

    def _run(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            self.accept()
            self._lines[item.data(Qt.ItemDataRole.UserRole)].run()

    def line(self, at: int) -> Found:
        """The line behind a row, for painting it."""
        return self._lines[at]


class _LineDelegate(QStyledItemDelegate):
    """Icon, name, its place, and the shortcut at the right end."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """One line."""
        palette = option.widget.window()
        assert isinstance(palette, CommandPalette)
        line = palette.line(index.data(Qt.ItemDataRole.UserRole))
        rect = QRectF(option.rect).adjusted(2, 1, -2, -1)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            painter.setPen(Qt.PenStyle.NoPen)
            selected = option.state & QStyle.StateFlag.State_Selected
            painter.setBrush(theme().color("accent_soft" if selected else "hover"))
            painter.drawRoundedRect(rect, 7, 7)
        line.icon.paint(painter, beside(option.rect, QRect(int(rect.left()) + 10, int(rect.center().y()) - 8, 16, 16)))
        middle = Qt.AlignmentFlag.AlignVCenter
        body, small = theme().font("body"), theme().font("small")
        painter.setFont(body)
        painter.setPen(theme().color("ink"))
        text = beside(rect, rect.adjusted(36, 0, -10, 0))
        painter.drawText(text, middle | Qt.AlignmentFlag.AlignLeft, line.text)
        wide = QFontMetricsF(body).horizontalAdvance(line.text)
        painter.setFont(small)
        painter.setPen(theme().color("ink2"))
        painter.drawText(
            beside(text, text.adjusted(wide + 10, 0, 0, 0)), middle | Qt.AlignmentFlag.AlignLeft, line.place
        )
        painter.drawText(text, middle | Qt.AlignmentFlag.AlignRight, line.keys)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """All the same."""
        return QSize(200, _ROW)
