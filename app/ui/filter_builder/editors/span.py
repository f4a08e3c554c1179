"""A length of time: a number and a unit, for *in the last* and *in the next*."""

from __future__ import annotations

from PySide6.QtCore import QRegularExpression
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import QLineEdit, QWidget

from app.filters.tree import Operand, Span, Unit
from app.ui.filter_builder.chip import Chip
from app.ui.filter_builder.editors.base import OperandEditor
from app.ui.filter_builder.editors.literal import ValueLine
from app.ui.filter_builder.picker import Choice, Picker
from app.ui.filter_builder.surroundings import Surroundings
from app.ui.translation import tr

_DIGITS = QRegularExpression("[0-9]{0,4}")
"""More units than any date in a data extension is away; a QIntValidator would let a sign and separators pass."""


def take_digits(line: QLineEdit) -> None:
    """Let a number of units be typed there, and nothing else."""
    line.setValidator(QRegularExpressionValidator(_DIGITS, line))


class SpanEditor(OperandEditor):
    """`14` `days`."""

    def __init__(self, surroundings: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(surroundings, parent)
        self._unit = Unit.DAYS
        self.line = ValueLine(self)
        self.line.setFixedWidth(60)
        take_digits(self.line)
        self.line.setAccessibleName(tr("How many"))
        self.line.textEdited.connect(lambda: self._tell(True))
        self.unit = Chip(tr(self._unit.value), self)
        self.unit.clicked.connect(lambda: self._choose_unit())
        self.unit.typed.connect(self._choose_unit)
        self.row.addWidget(self.line)
        self.row.addWidget(self.unit)
        self.setFocusProxy(self.line)

    def show_value(self, operand: Operand) -> None:
        """Show the span; an empty field stays empty while a number is typed anew."""
        amount, self._unit = (operand.amount, operand.unit) if isinstance(operand, Span) else (1, Unit.DAYS)
        if self.line.text() != str(amount) and not (self.line.text() == "" and self.line.hasFocus()):
            self.line.setText(str(amount))
        self.unit.setText(tr(self._unit.value))

    def focus_value(self) -> None:
        """Select the number."""
        self.line.setFocus()
        self.line.selectAll()

    def _choose_unit(self, typed: str = "") -> None:
        picker = Picker(self.unit, [Choice(unit, tr(unit.value)) for unit in Unit], self._unit)
        picker.picked.connect(self._set_unit)
        picker.open_at(self.unit, typed)

    def _set_unit(self, unit: Unit) -> None:
        self._unit = unit
        self._tell(False)

    def _tell(self, typing: bool) -> None:
        if self.line.text():
            self.changed.emit(Span(int(self.line.text()), self._unit), typing)
