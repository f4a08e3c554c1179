"""A typed value: text, numbers, addresses; with the values that the data holds to choose from."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QToolButton, QWidget

from app.data_extensions.data_extension import Field
from app.filters.tree import Literal, Operand
from app.ui.filter_builder import clipboard
from app.ui.filter_builder.editors.base import EDITOR_HEIGHT, OperandEditor
from app.ui.filter_builder.keys import command_of
from app.ui.filter_builder.picker import Choice, Picker
from app.ui.filter_builder.surroundings import SHORT_LIST, Surroundings
from app.ui.sides import margins, right_to_left
from app.ui.theme import theme
from app.ui.translation import tr

_NUMBERS = ("number", "decimal")


class LiteralEditor(OperandEditor):
    """One value as text; its kind reads it, and a text that it cannot read is reported by the diagnostics."""

    def __init__(self, surroundings: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(surroundings, parent)
        self.line = ValueLine(self)
        self.line.textEdited.connect(lambda text: self.changed.emit(Literal(text), True))
        self._drop = QToolButton(self.line)
        self._drop.setIcon(theme().icon("chevron-down", "ink2", 14))
        self._drop.setCursor(Qt.CursorShape.PointingHandCursor)
        self._drop.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._drop.setToolTip(tr("Values in the data (Alt+Enter)"))
        self._drop.setFixedSize(22, EDITOR_HEIGHT - 2)
        self._drop.clicked.connect(self.open_values)
        self.line.wants_values = self.open_values
        self.line.takes_conditions = lambda: clipboard.holds_conditions(surroundings.catalog)
        self.row.addWidget(self.line)
        self.setFocusProxy(self.line)

    def show_value(self, operand: Operand) -> None:
        """Show the text, unless that very text is being typed."""
        text = operand.text if isinstance(operand, Literal) else ""
        if self.line.text() != text:
            self.line.setText(text)
            self.line.setCursorPosition(0)
        number = self.field is not None and self.field.kind in _NUMBERS
        short = self._short_list()
        self._drop.setVisible(bool(short) and not number)
        self.line.setFixedWidth(96 if number else 150)
        self.line.setTextMargins(margins(0, 0, 20 if self._drop.isVisibleTo(self.line) else 0, 0))
        self._drop.move(2 if right_to_left() else self.line.width() - 24, 1)
        self.line.setAccessibleName(tr("Value of {name}", name=self.field.name) if self.field else tr("Value"))
        self.line.setPlaceholderText(_example(self.field))

    def open_values(self) -> None:
        """Drop the list of the values that the data holds."""
        values = self._short_list()
        if values:
            picker = Picker(
                self.line, [Choice(v, v) for v in values], self.line.text(), placeholder=tr("Search values")
            )
            picker.picked.connect(lambda value: self.changed.emit(Literal(str(value)), False))
            picker.open_at(self.line)

    def set_bad(self, bad: bool) -> None:
        """A red border."""
        if self.line.property("bad") != bad:
            self.line.setProperty("bad", bad)
            self.line.style().polish(self.line)

    def focus_value(self) -> None:
        """Select the whole text."""
        self.line.setFocus()
        self.line.selectAll()

    def _short_list(self) -> tuple[str, ...]:
        values = self.surroundings.existing(self.attribute) if self.attribute else ()
        return values if len(values) <= SHORT_LIST else ()


class ValueLine(QLineEdit):
    """A line of a row: arrows up and down are the row's, and so is Enter."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.wants_values: Callable[[], None] = lambda: None
        self.takes_conditions: Callable[[], bool] = lambda: False
        """Whether what is on the clipboard is meant for the rows, not for this line."""
        self.setProperty("compact", True)
        self.setFixedHeight(EDITOR_HEIGHT)

    def event(self, event: QEvent) -> bool:
        """The builder's keys go to the canvas; copying without a selection means the whole condition."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if enter and event.modifiers() == Qt.KeyboardModifier.AltModifier:
                self.wants_values()
                return True
            if command_of(event, typing=True) or self._is_for_conditions(event):
                event.ignore()
                return False
        return super().event(event)

    def _is_for_conditions(self, event: QKeyEvent) -> bool:
        command = command_of(event)
        if command in ("copy", "cut"):
            return not self.hasSelectedText()
        return command == "paste" and self.takes_conditions()


def _example(field: Field | None) -> str:
    """A hint of what to type: numbers show the column's scale."""
    if field is None:
        return ""
    if field.kind == "decimal":
        return "0." + "0" * field.scale if field.scale else "0"
    return {"number": "0", "email": "name@example.com", "phone": "4712345678", "locale": "en-US"}.get(field.kind, "")
