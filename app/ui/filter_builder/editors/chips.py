"""Several values as chips, chosen from the data or typed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QListWidget, QListWidgetItem, QWidget

from app.filters.tree import Literals, Operand
from app.ui.filter_builder.chip import Chip
from app.ui.filter_builder.editors.base import OperandEditor
from app.ui.filter_builder.picker import Popover
from app.ui.filter_builder.surroundings import Surroundings
from app.ui.theme import theme
from app.ui.translation import number, tr, trn

_SHOWN = 4
"""So many chips stand in the row; the rest is one chip that opens the list."""
_MOST_ROWS = 9


class ChipsEditor(OperandEditor):
    """Chips with a cross each, and one that adds."""

    def __init__(self, surroundings: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(surroundings, parent)
        self._texts: tuple[str, ...] = ()
        self._chips: list[Chip] = []
        self.add = Chip(tr("+ Value"), self)
        self.add.set_tone("accent", placeholder=True)
        self.add.clicked.connect(lambda: self.open_values())
        self.add.typed.connect(self.open_values)
        self.row.setSpacing(4)
        self.row.addWidget(self.add)
        self.setFocusProxy(self.add)

    def show_value(self, operand: Operand) -> None:
        """Show the values."""
        texts = operand.texts if isinstance(operand, Literals) else ()
        if texts == self._texts and self._chips:
            return
        self._texts = texts
        for chip in self._chips:
            self.row.removeWidget(chip)
            chip.deleteLater()
        self._chips = [self._chip(at, text) for at, text in enumerate(texts[:_SHOWN])]
        for at, chip in enumerate(self._chips):
            self.row.insertWidget(at, chip)
            chip.show()
        hidden = len(texts) - _SHOWN
        self.add.setText(
            tr("+{count} more", count=number(hidden)) if hidden > 0 else tr("+ Value") if not texts else "+"
        )
        self.add.setAccessibleName(trn("Edit {n} value", "Edit {n} values", len(texts)))

    def open_values(self, typed: str = "") -> None:
        """Drop the list of values."""
        existing = self.surroundings.existing(self.attribute) if self.attribute else ()
        popover = ValuesPopover(self, self._texts, existing)
        popover.done = lambda texts: self.changed.emit(Literals(texts), False)
        popover.drop_from(self)
        popover.line.setFocus()
        popover.line.setText(typed)

    def focus_value(self) -> None:
        """Focus the chip that adds."""
        self.add.setFocus()

    def _chip(self, at: int, text: str) -> Chip:
        chip = Chip(text, self, removable=True, most=140)
        chip.removed.connect(lambda: self._remove(at))
        chip.clicked.connect(lambda: self.open_values())
        return chip

    def _remove(self, at: int) -> None:
        self.add.setFocus()
        self.changed.emit(Literals(self._texts[:at] + self._texts[at + 1 :]), False)


class ValuesPopover(Popover):
    """Values with a check mark; typed ones are added, several at once when commas part them."""

    def __init__(self, parent: QWidget, chosen: tuple[str, ...], existing: tuple[str, ...]) -> None:
        super().__init__(parent)
        self.done: Callable[[tuple[str, ...]], None] = lambda _texts: None
        self.line = QLineEdit(self)
        self.line.setPlaceholderText(tr("Type a value, Enter adds it"))
        self.line.setAccessibleName(tr("New value"))
        self.line.returnPressed.connect(self._add_typed)
        self.list = QListWidget(self)
        self.list.setFrameShape(QListWidget.Shape.NoFrame)
        self.list.setAccessibleName(tr("Values"))
        for text in dict.fromkeys((*chosen, *existing)):
            self._item(text, text in chosen)
        self.list.itemChanged.connect(lambda: self._tell())
        self.list.itemClicked.connect(self._clicked)
        hint = QLabel(tr("Commas part several values."), self)
        hint.setFont(theme().font("small"))
        hint.setContentsMargins(6, 0, 6, 2)
        for widget in (self.line, self.list, hint):
            self.body.addWidget(widget)
        self.setMinimumWidth(240)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down goes from the line into the list."""
        if event.key() == Qt.Key.Key_Down and self.line.hasFocus() and self.list.count():
            self.list.setFocus()
            self.list.setCurrentRow(0)
            return
        super().keyPressEvent(event)

    def _item(self, text: str, checked: bool) -> None:
        item = QListWidgetItem(text)
        item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsSelectable)
        item.setCheckState(Qt.CheckState.Checked if checked else Qt.CheckState.Unchecked)
        item.setSizeHint(QSize(100, 28))
        self.list.addItem(item)

    def _clicked(self, item: QListWidgetItem) -> None:
        """A click anywhere on the line ticks it: the box alone is too small a target."""
        mouse = self.list.mapFromGlobal(self.cursor().pos())
        if mouse.x() > 26:
            checked = item.checkState() == Qt.CheckState.Checked
            item.setCheckState(Qt.CheckState.Unchecked if checked else Qt.CheckState.Checked)

    def _add_typed(self) -> None:
        known = {self.list.item(row).text(): row for row in range(self.list.count())}
        for text in (part.strip() for part in self.line.text().split(",")):
            if text in known:
                self.list.item(known[text]).setCheckState(Qt.CheckState.Checked)
            elif text:
                self._item(text, True)
        self.line.clear()
        self._fit()
        self._tell()

    def _tell(self) -> None:
        items = [self.list.item(row) for row in range(self.list.count())]
        self.done(tuple(item.text() for item in items if item.checkState() == Qt.CheckState.Checked))

    def _fit(self) -> None:
        self.list.setFixedHeight(28 * max(1, min(self.list.count(), _MOST_ROWS)) + 4)
        self.adjustSize()
