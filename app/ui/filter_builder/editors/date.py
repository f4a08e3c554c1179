"""A date: a day of the calendar, or today minus so many days, weeks or months."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QDate, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QCalendarWidget, QHBoxLayout, QLabel, QLineEdit, QRadioButton, QWidget

from app.filters.tree import Literal, Operand, RelativeDate, Unit
from app.ui.filter_builder.chip import Chip
from app.ui.filter_builder.editors.base import OperandEditor
from app.ui.filter_builder.editors.span import take_digits
from app.ui.filter_builder.picker import Choice, Picker, Popover
from app.ui.filter_builder.surroundings import Surroundings
from app.ui.theme import theme
from app.ui.translation import tr, trn
from app.ui.widgets.calendar import calm

_CALENDAR = QSize(272, 216)


def relative_text(date: RelativeDate) -> str:
    """`Today`, `Today minus 14 days`, `Today plus 1 day`: the original's words (reference, 5.2)."""
    if date.amount == 0:
        return tr("Today")
    n = abs(date.amount)
    if date.amount < 0:
        words = {
            Unit.DAYS: trn("Today minus {n} day", "Today minus {n} days", n),
            Unit.WEEKS: trn("Today minus {n} week", "Today minus {n} weeks", n),
            Unit.MONTHS: trn("Today minus {n} month", "Today minus {n} months", n),
        }
    else:
        words = {
            Unit.DAYS: trn("Today plus {n} day", "Today plus {n} days", n),
            Unit.WEEKS: trn("Today plus {n} week", "Today plus {n} weeks", n),
            Unit.MONTHS: trn("Today plus {n} month", "Today plus {n} months", n),
        }
    return words[date.unit]


class DateEditor(OperandEditor):
    """A chip that shows the date and opens the picker."""

    def __init__(self, surroundings: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(surroundings, parent)
        self._operand: Operand = None
        self.chip = Chip(tr("Choose a date"), self)
        self.chip.clicked.connect(lambda: self.open_dates())
        self.chip.typed.connect(self.open_dates)
        self.row.addWidget(self.chip)
        self.setFocusProxy(self.chip)

    def show_value(self, operand: Operand) -> None:
        """Show the date in words."""
        self._operand = operand
        text = operand.text if isinstance(operand, Literal) else ""
        if isinstance(operand, RelativeDate):
            text = relative_text(operand)
        self.chip.setText(text or tr("Choose a date"))
        self.chip.set_tone("ink" if text else "ink2", placeholder=not text)

    def set_bad(self, bad: bool) -> None:
        """Red text."""
        self.chip.set_tone("red" if bad else "ink")

    def open_dates(self, typed: str = "") -> DatePopover:
        """Drop the date picker; `typed` starts the date."""
        today = self.surroundings.now().astimezone(self.surroundings.time_zone).date()
        popover = DatePopover(self, self._operand, QDate(today.year, today.month, today.day))
        popover.tell = lambda operand, typing: self.changed.emit(operand, typing)
        popover.drop_from(self.chip)
        popover.start(typed)
        return popover


class DatePopover(Popover):
    """Calendar and typed date above, the date relative to today below."""

    def __init__(self, parent: QWidget, operand: Operand, today: QDate) -> None:
        super().__init__(parent)
        self.tell: Callable[[Operand, bool], None] = lambda _operand, _typing: None
        relative = operand if isinstance(operand, RelativeDate) else None
        self.fixed = QRadioButton(tr("On the calendar"), self)
        self.relative = QRadioButton(tr("Relative to today"), self)
        group = QButtonGroup(self)
        group.addButton(self.fixed)
        group.addButton(self.relative)
        self.line = QLineEdit(self)
        self.line.setPlaceholderText(tr("2026-01-31 or 2026-01-31 13:05"))
        self.line.setAccessibleName(tr("Date"))
        self.calendar = _calendar(self)
        self.amount = QLineEdit(str(abs(relative.amount) if relative else 0), self)
        take_digits(self.amount)
        self.amount.setFixedWidth(60)
        self.amount.setAccessibleName(tr("How many"))
        self._sign = -1 if relative is None or relative.amount <= 0 else 1
        self._unit = relative.unit if relative else Unit.DAYS
        self._build(group)
        self._show(operand, today)
        self._connect()

    def start(self, typed: str) -> None:
        """Put the cursor where the person goes on."""
        if typed:
            self.fixed.setChecked(True)
            self.line.setFocus()
            self.line.setText(typed)
            return
        focus = self.amount if self.relative.isChecked() else self.line
        focus.setFocus()
        focus.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes what is shown."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.close()
            return
        super().keyPressEvent(event)

    def _build(self, group: QButtonGroup) -> None:
        self.body.setContentsMargins(12, 10, 12, 12)
        self.body.setSpacing(8)
        self._sign_chip = Chip(tr("minus"), self)
        self._unit_chip = Chip(tr(self._unit.value), self)
        row = QHBoxLayout()
        row.setSpacing(6)
        today = QLabel(tr("Today"), self)
        for widget in (today, self._sign_chip, self.amount, self._unit_chip):
            row.addWidget(widget)
        row.addStretch()
        self._read = QLabel(self)
        self._read.setFont(theme().font("small"))
        for part in (self.fixed, self.line, self.calendar, self.relative):
            self.body.addWidget(part)
        self.body.addLayout(row)
        self.body.addWidget(self._read)

    def _show(self, operand: Operand, today: QDate) -> None:
        text = operand.text if isinstance(operand, Literal) else ""
        self.line.setText(text)
        date = QDate.fromString(text[:10], Qt.DateFormat.ISODate)
        self.calendar.setSelectedDate(date if date.isValid() else today)
        (self.relative if isinstance(operand, RelativeDate) else self.fixed).setChecked(True)
        self._label()

    def _connect(self) -> None:
        self.line.textEdited.connect(self._typed)
        self.calendar.clicked.connect(self._picked)
        self.amount.textEdited.connect(lambda: self._set_relative(True))
        self.relative.clicked.connect(lambda: self._set_relative(False))
        self.fixed.clicked.connect(lambda: self._picked(self.calendar.selectedDate()))
        self._sign_chip.clicked.connect(self._flip)
        self._unit_chip.clicked.connect(self._choose_unit)

    def _typed(self, text: str) -> None:
        self.fixed.setChecked(True)
        date = QDate.fromString(text[:10], Qt.DateFormat.ISODate)
        if date.isValid():
            self.calendar.setSelectedDate(date)
        self.tell(Literal(text), True)

    def _picked(self, date: QDate) -> None:
        self.fixed.setChecked(True)
        self.line.setText(date.toString(Qt.DateFormat.ISODate))
        self.tell(Literal(self.line.text()), False)

    def _flip(self) -> None:
        self._sign = -self._sign
        self._set_relative(False)

    def _choose_unit(self) -> None:
        picker = Picker(self._unit_chip, [Choice(unit, tr(unit.value)) for unit in Unit], self._unit)
        picker.picked.connect(self._set_unit)
        picker.open_at(self._unit_chip)

    def _set_unit(self, unit: Unit) -> None:
        self._unit = unit
        self._set_relative(False)

    def _set_relative(self, typing: bool) -> None:
        self.relative.setChecked(True)
        self._label()
        self.tell(RelativeDate(self._sign * int(self.amount.text() or "0"), self._unit), typing)

    def _label(self) -> None:
        self._sign_chip.setText(tr("minus") if self._sign < 0 else tr("plus"))
        self._unit_chip.setText(tr(self._unit.value))
        self._read.setText(relative_text(RelativeDate(self._sign * int(self.amount.text() or "0"), self._unit)))


def _calendar(parent: QWidget) -> QCalendarWidget:
    calendar = calm(QCalendarWidget(parent))
    calendar.setGridVisible(False)
    calendar.setFixedSize(_CALENDAR)
    return calendar
