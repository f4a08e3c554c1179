"""The palette: what can be added, with a search; drag a tile on to the canvas, or double-click or Enter to add it."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFocusEvent, QFont, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QApplication, QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from app.ui.canvas.brush import draw_line, font, metrics
from app.ui.palette_items import CATEGORIES, PaletteItem, palette_items
from app.ui.sides import beside, margins
from app.ui.theme import theme
from app.ui.translation import tr
from app.ui.widgets.icon_tile import CATEGORY_COLOURS, paint_icon_tile
from app.ui.widgets.label import label
from app.ui.widgets.search_field import SearchField

_NARROWEST, _WIDEST = 232, 320


def palette_width() -> int:
    """As wide as the longest name of a tile asks for, within reason."""
    face = metrics(font("body", 13, QFont.Weight.Medium))
    longest = max(face.horizontalAdvance(item.label) for item in palette_items())
    return int(min(_WIDEST, max(_NARROWEST, longest + 96)))


class PaletteTile(QAbstractButton):
    """One row: icon, name, a line of help. `dragged`, `moved`, `let_go` follow a drag in global coordinates."""

    chosen = Signal(object)
    dragged = Signal(object, object)
    moved = Signal(object)
    let_go = Signal(object)
    cancelled = Signal()

    def __init__(self, item: PaletteItem, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.item = item
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"{item.label}. {item.help}")
        self.setToolTip(
            tr("{label}: {help}\nDrag it on to the canvas, or press Enter to add it", label=item.label, help=item.help)
        )
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self._pressed: QPointF | None = None
        self._dragging = False
        self._hovered = False
        # What a screen reader presses is the same as Enter.
        self.clicked.connect(lambda _checked=False: self.chosen.emit(item))
        theme().changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """As wide as the palette, 44 high."""
        return QSize(200, 44)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Quiet until the pointer or the focus is on it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        if self._hovered or self._dragging:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme().color("hover"))
            painter.drawRoundedRect(rect, 8, 8)
        if self.hasFocus():
            painter.setPen(QPen(theme().color("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect, 8, 8)
        paint_icon_tile(
            painter,
            beside(rect, QRectF(7, 8, 28, 28)),
            self.item.icon,
            CATEGORY_COLOURS.get(self.item.category, "violet"),
        )
        width = self.width() - 50
        draw_line(
            painter,
            beside(rect, QRectF(44, 4, width, 19)),
            self.item.label,
            font("body", 13, QFont.Weight.Medium),
            theme().color("ink"),
        )
        draw_line(
            painter, beside(rect, QRectF(44, 22, width, 17)), self.item.help, font("body", 11), theme().color("ink3")
        )
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """May become a drag."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Beyond the platform's distance it is one."""
        at = event.globalPosition().toPoint()
        if self._dragging:
            self.moved.emit(at)
        elif self._pressed is not None:
            far = (event.position() - self._pressed).manhattanLength() >= QApplication.startDragDistance()
            if far:
                self._dragging = True
                self.setCursor(Qt.CursorShape.ClosedHandCursor)
                self.setFocus(Qt.FocusReason.MouseFocusReason)
                self.dragged.emit(self.item, at)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Drop."""
        was = self._dragging
        self._stop()
        if was:
            self.let_go.emit(event.globalPosition().toPoint())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Add after the selection."""
        self._stop()
        self.chosen.emit(self.item)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter adds, Esc cancels a drag, the arrows walk."""
        key = event.key()
        if key == Qt.Key.Key_Escape and self._dragging:
            self._stop()
            self.cancelled.emit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.chosen.emit(self.item)
        elif key == Qt.Key.Key_Down:
            self.focusNextChild()
        elif key == Qt.Key.Key_Up:
            self.focusPreviousChild()
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Light up."""
        self._hovered = True
        self.update()

    def leaveEvent(self, event: object) -> None:
        """Quiet again."""
        self._hovered = False
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring."""
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the ring away; a drag that lost the focus goes on."""
        self.update()

    def _stop(self) -> None:
        self._pressed = None
        self._dragging = False
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.update()


class Palette(QFrame):
    """Search, categories, tiles. Signals as PaletteTile's."""

    chosen = Signal(object)
    dragged = Signal(object, object)
    moved = Signal(object)
    let_go = Signal(object)
    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("palette")
        self.setAccessibleName(tr("Activities"))
        width = palette_width()
        self.setFixedWidth(width)
        box = QVBoxLayout(self)
        box.setContentsMargins(margins(12, 12, 0, 0))
        box.setSpacing(4)
        self.search = SearchField(tr("Search activities"), self, delay_ms=0)
        self.search.textChanged.connect(self._filter)
        self.search.returnPressed.connect(self._choose_first)
        self.search.setFixedWidth(width - 24)
        box.addWidget(self.search)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget()
        inside.setObjectName("palette-inside")
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(margins(0, 0, 8, 12))
        self._column.setSpacing(1)
        self._headings: dict[str, QWidget] = {}
        self.tiles: list[PaletteTile] = []
        self._fill(inside)
        self._none = label(tr("Nothing is called that."), "hint", inside, wrap=True)
        self._none.hide()
        self._column.addWidget(self._none)
        self._column.addStretch()
        area.setWidget(inside)
        box.addWidget(area, 1)

    def tile(self, key: str) -> PaletteTile:
        """The tile of an activity type, "" for the API Event. Raises StopIteration for an unknown one."""
        return next(tile for tile in self.tiles if tile.item.key == key)

    def _fill(self, inside: QWidget) -> None:
        items = palette_items()
        for category, words in CATEGORIES:
            heading = tr(words)
            of_it = [item for item in items if item.category == category]
            if not of_it:
                continue
            head = label(heading.upper(), "category", inside)
            head.setAccessibleName(heading)
            head.setContentsMargins(margins(2, 10, 0, 2))
            self._headings[category] = head
            self._column.addWidget(head)
            for item in of_it:
                tile = PaletteTile(item, inside)
                tile.chosen.connect(self.chosen)
                tile.dragged.connect(self.dragged)
                tile.moved.connect(self.moved)
                tile.let_go.connect(self.let_go)
                tile.cancelled.connect(self.cancelled)
                self.tiles.append(tile)
                self._column.addWidget(tile)

    def _filter(self, text: str) -> None:
        shown = set()
        for tile in self.tiles:
            fits = tile.item.answers(text)
            tile.setVisible(fits)
            if fits:
                shown.add(tile.item.category)
        for category, head in self._headings.items():
            head.setVisible(category in shown)
        self._none.setVisible(not shown)

    def _choose_first(self) -> None:
        """Enter in the search adds the first that fits."""
        first = next((tile for tile in self.tiles if tile.item.answers(self.search.text())), None)
        if first is not None and self.search.text():
            self.chosen.emit(first.item)
