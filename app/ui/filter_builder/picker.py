"""A list that drops from a button and is searched by typing: fields, operators, values."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPainterPath, QPaintEvent, QPen, QRegion, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from app.data_extensions.fold import fold
from app.ui.theme import theme
from app.ui.translation import tr
from app.ui.widgets.aloud import tell

_ITEM = Qt.ItemDataRole.UserRole
_ROW = 30
_ROW_WITH_DETAIL = 44
_SECTION = 28
_MOST_HEIGHT = 380
_RADIUS = 9


@dataclass(frozen=True, slots=True)
class Choice:
    """One line. `value` is handed back; `section` groups lines under a heading; `words` are searched too."""

    value: object
    title: str
    detail: str = ""
    section: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class _Heading:
    text: str


class _Choices(QAbstractListModel):
    """The choices that fit the search, with a heading before each section."""

    def __init__(self, choices: Sequence[Choice], parent: QObject) -> None:
        super().__init__(parent)
        self._all = [(fold(" ".join((c.title, c.detail, c.section, c.words))), c) for c in choices]
        self._shown: list[Choice | _Heading] = []
        self.search("")

    def search(self, text: str, extra: Choice | None = None) -> None:
        """Keep what holds every word of `text`; titles that begin with it come first, `extra` at the end."""
        words = fold(text).split()
        found = [c for searched, c in self._all if all(word in searched for word in words)]
        if words:
            found.sort(key=lambda c: not fold(c.title).startswith(words[0]))
        sections = dict.fromkeys(c.section for c in found)
        self.beginResetModel()
        self._shown = []
        for section in sections:
            if section:
                self._shown.append(_Heading(section))
            self._shown += [c for c in found if c.section == section]
        if extra and not any(fold(c.title) == fold(text) for c in found):
            self._shown.append(extra)
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """How many lines are shown."""
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The choice itself, or its title for screen readers."""
        shown = self._shown[index.row()]
        if role == _ITEM:
            return shown
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return shown.text if isinstance(shown, _Heading) else f"{shown.title} {shown.detail}".strip()
        return None

    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        """Headings cannot be chosen."""
        if isinstance(self._shown[index.row()], _Heading):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def row_of(self, value: object) -> int:
        """The line that holds a value, or the first that can be chosen; -1 when there is none."""
        rows = [(at, shown) for at, shown in enumerate(self._shown) if isinstance(shown, Choice)]
        same = [at for at, shown in rows if shown.value == value]
        return (same or [at for at, _ in rows] or [-1])[0]


class _Painter(QStyledItemDelegate):
    """Title, detail below it, the choice that is set with a mark."""

    def __init__(self, current: object, parent: QObject) -> None:
        super().__init__(parent)
        self._current = current

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Headings are lower than choices, choices with a detail higher."""
        item = index.data(_ITEM)
        if isinstance(item, _Heading):
            return QSize(100, _SECTION)
        return QSize(100, _ROW_WITH_DETAIL if item.detail else _ROW)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """One line."""
        item = index.data(_ITEM)
        box: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(item, _Heading):
            self._line(painter, box.adjusted(12, 6, -12, 0), item.text, "ink3", "small")
        else:
            state: QStyle.StateFlag = option.state
            chosen = bool(state & QStyle.StateFlag.State_Selected)
            if chosen or state & QStyle.StateFlag.State_MouseOver:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(theme().color("accent_soft" if chosen else "hover"))
                painter.drawRoundedRect(box.adjusted(4, 1, -4, -1), 6, 6)
            inner = box.adjusted(12, 5 if item.detail else 0, -12, -5 if item.detail else 0)
            title = inner if not item.detail else inner.adjusted(0, 0, 0, -inner.height() // 2 + 1)
            self._line(painter, title, item.title, "accent" if item.value == self._current else "ink", "body")
            if item.detail:
                self._line(painter, inner.adjusted(0, inner.height() // 2 + 1, 0, 0), item.detail, "ink2", "small")
        painter.restore()

    @staticmethod
    def _line(painter: QPainter, box: QRect, text: str, color: str, font: str) -> None:
        painter.setFont(theme().font(font))
        painter.setPen(theme().color(color))
        short = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, short)


class Popover(QFrame):
    """A floating panel with rounded corners that closes at a click outside or Esc."""

    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(6, 6, 6, 6)
        self.body.setSpacing(4)

    def drop_from(self, anchor: QWidget) -> None:
        """Show below `anchor`, or above it where the screen ends."""
        size = self.sizeHint().expandedTo(QSize(self.minimumWidth(), 0))
        self.resize(size)
        at = anchor.mapToGlobal(QPoint(0, anchor.height() + 4))
        area = anchor.screen().availableGeometry()
        if at.y() + size.height() > area.bottom():
            at.setY(max(area.top(), anchor.mapToGlobal(QPoint(0, 0)).y() - 4 - size.height()))
        at.setX(max(area.left(), min(at.x(), area.right() - size.width())))
        self.move(at)
        self.show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut the corners off: a desktop without a compositor would show them black."""
        shape = QPainterPath()
        shape.addRoundedRect(self.rect().toRectF(), _RADIUS, _RADIUS)
        self.setMask(QRegion(shape.toFillPolygon().toPolygon()))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The rounded ground; the mask's corners are filled, for half-transparent pixels may turn out black."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme().color("panel"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme().color("line"), 1))
        painter.setBrush(theme().color("panel"))
        painter.drawRoundedRect(self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5), _RADIUS, _RADIUS)

    def hideEvent(self, event: QEvent) -> None:
        """Tell that it is gone."""
        self.closed.emit()


class Picker(Popover):
    """A searchable list. Enter, Tab or a click picks; `picked` gives the choice's value."""

    picked = Signal(object)

    def __init__(
        self,
        parent: QWidget,
        choices: Sequence[Choice],
        current: object = None,
        *,
        placeholder: str = "",
        nothing: str = "",
        free: Callable[[str], Choice | None] | None = None,
    ) -> None:
        """`free` may turn a typed text that is no choice into one ("use this value"); `nothing` is said without."""
        super().__init__(parent)
        self._free = free
        self._search = QLineEdit(self)
        self._search.setPlaceholderText(placeholder or tr("Search"))
        self._search.setAccessibleName(self._search.placeholderText())
        self._search.setVisible(len(choices) > 7 or free is not None)
        self._search.textChanged.connect(self._filter)
        self._model = _Choices(choices, self)
        self._list = _make_list(self, self._model, current)
        self._list.clicked.connect(lambda index: self._pick(index))
        self._list.selectionModel().currentChanged.connect(lambda _index, _before: self._tell())
        self._nothing = QLabel(nothing or tr("Nothing is called that."), self)
        self._nothing.setWordWrap(True)
        self._nothing.setContentsMargins(8, 6, 8, 6)
        self._nothing.setVisible(not choices)
        for widget in (self._search, self._list, self._nothing):
            self.body.addWidget(widget)
        self._many = len(choices) > 1
        self._select(current)
        for widget in (self._search, self._list):
            widget.installEventFilter(self)
        self.setMinimumWidth(_width_for(choices))

    def open_at(self, anchor: QWidget, typed: str = "") -> None:
        """Drop from `anchor`; `typed` starts the search."""
        rows = self._model.rowCount()
        height = sum(self._list.sizeHintForRow(row) for row in range(min(rows, 40)))
        self._list.setFixedHeight(max(_ROW, min(height + 4, _MOST_HEIGHT)))
        self.drop_from(anchor)
        if typed and self._many:
            self._search.setVisible(True)
        if self._search.isVisible():
            self._search.setFocus()
            self._search.setText(typed)
        else:
            self._list.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows move in the list while the search has the focus; Enter and Tab pick."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab):
                self._pick(self._list.currentIndex())
                return True
            moves = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
            if watched is self._search and event.key() in moves:
                self._list.keyPressEvent(event)
                return True
        return super().eventFilter(watched, event)

    def titles(self) -> list[str]:
        """What the list shows now, headings included: for tests and screen readers."""
        return [str(self._model.index(row).data()) for row in range(self._model.rowCount())]

    def _filter(self, text: str) -> None:
        self._model.search(text, self._free(text) if self._free and text.strip() else None)
        self._nothing.setVisible(self._model.rowCount() == 0)
        self._list.setVisible(self._model.rowCount() > 0)
        self._select(None)
        self._tell()

    def _select(self, value: object) -> None:
        row = self._model.row_of(value)
        if row >= 0:
            self._list.setCurrentIndex(self._model.index(row))

    def _tell(self) -> None:
        index = self._list.currentIndex()
        text = index.data(Qt.ItemDataRole.AccessibleTextRole) if index.isValid() else ""
        tell(self._search, text if self._model.rowCount() else self._nothing.text())

    def _pick(self, index: QModelIndex) -> None:
        item = index.data(_ITEM) if index.isValid() else None
        if isinstance(item, Choice):
            self.close()
            self.picked.emit(item.value)


def _make_list(parent: QWidget, model: _Choices, current: object) -> QListView:
    view = QListView(parent)
    view.setModel(model)
    view.setItemDelegate(_Painter(current, view))
    view.setFrameShape(QFrame.Shape.NoFrame)
    view.setProperty("plain", True)
    view.setMouseTracking(True)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
    view.setAccessibleName(tr("Choices"))
    palette = view.palette()
    palette.setColor(view.viewport().backgroundRole(), QColor(0, 0, 0, 0))
    view.setPalette(palette)
    view.viewport().setAutoFillBackground(False)
    return view


def _width_for(choices: Sequence[Choice]) -> int:
    metrics = QLabel().fontMetrics()
    widest = max((metrics.horizontalAdvance(text) for c in choices for text in (c.title, c.detail)), default=0)
    return max(180, min(widest + 60, 420))
