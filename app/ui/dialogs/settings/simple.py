"""Editors of one line, one number, one choice."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QDateTime, QTime
from PySide6.QtWidgets import (
    QCheckBox,
    QDateTimeEdit,
    QDoubleSpinBox,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QSpinBox,
    QTimeEdit,
    QWidget,
)

from app.journey.activities import Setting, activity_type
from app.journey.durations import MOST, UNITS, read_duration
from app.journey.graph import everything_before, in_order
from app.journey.journey import Outcome
from app.ui.dialogs.settings.editor import SettingEditor, Situation
from app.ui.translation import tr
from app.ui.widgets import ComboBox, label, roomy
from app.ui.widgets.any_number import FARTHEST, AnyNumber
from app.ui.widgets.calendar import calm

_LEAST_LINES = 96
_MOST_DIGITS = 20
"""Of an amount that are read: any number as long is too large."""
_MOMENT = "yyyy-MM-ddTHH:mm"


class TextEditor(SettingEditor):
    """One line."""

    def __init__(self, setting: Setting, situation: Situation, parent: QWidget | None = None) -> None:
        super().__init__(setting, situation, parent)
        self.line = QLineEdit(self)
        self.line.textEdited.connect(lambda: self.changed.emit())
        self.box.addWidget(self.line)
        self.setFocusProxy(self.line)

    def set_value(self, value: Any) -> None:
        """Show the text."""
        self.line.setText(value if isinstance(value, str) else "")

    def value(self) -> Any:
        """The text."""
        return self.line.text()

    def field_widget(self) -> QWidget:
        """The line."""
        return self.line


class MultilineEditor(SettingEditor):
    """Several lines."""

    def __init__(self, setting: Setting, situation: Situation, parent: QWidget | None = None) -> None:
        super().__init__(setting, situation, parent)
        self.text = QPlainTextEdit(self)
        self.text.setMinimumHeight(_LEAST_LINES)
        self.text.setTabChangesFocus(True)
        self.text.textChanged.connect(self.changed)
        self.box.addWidget(self.text)
        self.setFocusProxy(self.text)

    def set_value(self, value: Any) -> None:
        """Show the text."""
        self.text.setPlainText(value if isinstance(value, str) else "")

    def value(self) -> Any:
        """The text."""
        return self.text.toPlainText()

    def field_widget(self) -> QWidget:
        """The text."""
        return self.text


class NumberEditor(SettingEditor):
    """A whole number or a decimal between bounds."""

    def __init__(self, setting: Setting, situation: Situation, parent: QWidget | None = None) -> None:
        super().__init__(setting, situation, parent)
        low = -FARTHEST if setting.minimum is None else setting.minimum
        high = FARTHEST if setting.maximum is None else setting.maximum
        self.spin: QSpinBox | QDoubleSpinBox
        if setting.kind == "integer":
            self.spin = AnyNumber(low, high, self)
        else:
            self.spin = QDoubleSpinBox(self)
            self.spin.setRange(low, high)
        roomy(self.spin).setFixedWidth(140)
        self.spin.valueChanged.connect(lambda _value: self.changed.emit())
        self.box.addWidget(self.spin)
        self.setFocusProxy(self.spin)

    def set_value(self, value: Any) -> None:
        """Show the number."""
        number = value if isinstance(value, (int, float)) and not isinstance(value, bool) else 0
        if isinstance(self.spin, QSpinBox):
            self.spin.setValue(int(number))
        else:
            self.spin.setValue(float(number))

    def value(self) -> Any:
        """The number."""
        return self.spin.value()

    def problem(self) -> str:
        """Beyond the bounds."""
        return self.spin.problem() if isinstance(self.spin, AnyNumber) else ""

    def field_widget(self) -> QWidget:
        """The spin box."""
        return self.spin


class BooleanEditor(SettingEditor):
    """A check box with the setting's label beside it."""

    def __init__(self, setting: Setting, situation: Situation, parent: QWidget | None = None) -> None:
        super().__init__(setting, situation, parent)
        self.check = QCheckBox(tr(setting.label), self)
        self.check.toggled.connect(lambda _on: self.changed.emit())
        self.box.addWidget(self.check)
        self.setFocusProxy(self.check)

    def set_value(self, value: Any) -> None:
        """Tick it, or not."""
        self.check.setChecked(value is True)

    def value(self) -> Any:
        """Whether it is ticked."""
        return self.check.isChecked()


_NARROWEST_CHOICE = 240


class ChoiceEditor(SettingEditor):
    """One of several. A value that is none of them is kept and shown as it is."""

    def __init__(self, setting: Setting, situation: Situation, parent: QWidget | None = None) -> None:
        super().__init__(setting, situation, parent)
        self.combo = ComboBox(self)
        for value, words in self.choices():
            self.combo.addItem(tr(words), value)
        # On a small screen long words are elided rather than that the dialog does not fit; the list shows them whole.
        self.combo.setMinimumWidth(min(_NARROWEST_CHOICE, self.combo.minimumSizeHint().width()))
        self.combo.activated.connect(lambda _row: self.changed.emit())
        self.box.addWidget(self.combo)
        self.setFocusProxy(self.combo)

    def choices(self) -> tuple[tuple[str, str], ...]:
        """Pairs of value and words."""
        return self.setting.choices

    def set_value(self, value: Any) -> None:
        """Choose a value."""
        text = value if isinstance(value, str) else str(self.setting.default or "")
        at = self.combo.findData(text)
        if at < 0:
            self.combo.addItem(tr("{words} (not known here)", words=text) if text else tr("Choose …"), text)
            at = self.combo.count() - 1
        self.combo.setCurrentIndex(at)

    def value(self) -> Any:
        """The value that is chosen."""
        return self.combo.currentData()

    def field_widget(self) -> QWidget:
        """The combo box."""
        return self.combo


class FieldEditor(ChoiceEditor):
    """A field of the event's data extension, by name."""

    def choices(self) -> tuple[tuple[str, str], ...]:
        """The fields of the kinds that fit, and none."""
        schema = self.situation.schema
        kinds = self.setting.field_kinds
        names = [field.name for field in schema.fields if not kinds or field.kind in kinds] if schema else []
        return (("", self._nothing()), *((name, name) for name in names))

    def _nothing(self) -> str:
        """What it means to choose none: where the tile then takes another field, it is named."""
        if self.setting.required:
            return tr("Choose a field")
        journey = self.situation.journey
        activity = journey.activities.get(self.situation.activity_key)
        kind = activity_type(activity.type) if activity is not None else None
        taken = kind.unset_field(self.setting.name, self.situation.schema, journey.default_email) if kind else None
        return tr("Default: {field}", field=taken.name) if taken is not None else tr("Not set")


class ActivityEditor(ChoiceEditor):
    """A message of the journey that comes before the tile."""

    def choices(self) -> tuple[tuple[str, str], ...]:
        """Messages by name, in the order of the journey."""
        journey, own = self.situation.journey, self.situation.activity_key
        before = everything_before(journey, own) if own in journey.activities else frozenset()
        tiles = [journey.activities[key] for key in in_order(journey) if key in before]
        messages = [tile for tile in tiles if tile.type.startswith("send_")]
        nothing = tr("Choose a message") if messages else tr("No message comes before this tile")
        return (("", nothing), *((tile.key, f"{tile.name} · {tile.key}") for tile in messages))


class OutcomeEditor(ChoiceEditor):
    """One of the activity's own paths, or none."""

    def choices(self) -> tuple[tuple[str, str], ...]:
        """The paths as the activity has them."""
        activity = self.situation.journey.activities.get(self.situation.activity_key)
        return _paths(activity.outcomes if activity else ())

    def show_outcomes(self, outcomes: Sequence[Outcome]) -> None:
        """The paths are these now; what was chosen stays so."""
        chosen = self.value()
        self.combo.clear()
        for value, words in _paths(outcomes):
            self.combo.addItem(words, value)
        self.set_value(chosen)


def _paths(outcomes: Sequence[Outcome]) -> tuple[tuple[str, str], ...]:
    return (("", tr("Not set")), *((outcome.key, outcome.label or outcome.key) for outcome in outcomes))


class EventEditor(ChoiceEditor):
    """An event of the workspace, by its Event Definition Key."""

    def choices(self) -> tuple[tuple[str, str], ...]:
        """Events by name."""
        events = self.situation.context.events
        return (("", tr("Choose an event")), *((event.key, event.name) for event in events))


class TimeEditor(SettingEditor):
    """A time of day, or none."""

    def __init__(self, setting: Setting, situation: Situation, parent: QWidget | None = None) -> None:
        super().__init__(setting, situation, parent)
        self.use = QCheckBox(tr("Wait on until"), self)
        self.time = roomy(QTimeEdit(self))
        self.time.setDisplayFormat("HH:mm")
        self.time.setFixedWidth(96)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.use)
        row.addWidget(self.time)
        row.addWidget(label(tr("in {time_zone}", time_zone=situation.workspace.info.time_zone), "secondary", self))
        row.addStretch()
        self.box.addLayout(row)
        self.use.toggled.connect(self._toggled)
        self.time.timeChanged.connect(lambda _time: self.changed.emit())

    def set_value(self, value: Any) -> None:
        """Show a time; "" for none."""
        time = QTime.fromString(value, "H:mm") if isinstance(value, str) else QTime()
        self.use.setChecked(time.isValid())
        self.time.setTime(time if time.isValid() else QTime(9, 0))
        self.time.setEnabled(time.isValid())

    def value(self) -> Any:
        """`HH:MM`, or ""."""
        return self.time.time().toString("HH:mm") if self.use.isChecked() else ""

    def _toggled(self, on: bool) -> None:
        self.time.setEnabled(on)
        self.changed.emit()


class MomentEditor(SettingEditor):
    """A date with its time, in the workspace's time zone."""

    def __init__(self, setting: Setting, situation: Situation, parent: QWidget | None = None) -> None:
        super().__init__(setting, situation, parent)
        self.edit = QDateTimeEdit(self)
        self.edit.setCalendarPopup(True)
        calm(self.edit.calendarWidget())
        self.edit.setDisplayFormat("yyyy-MM-dd HH:mm")
        self.edit.setFixedWidth(200)
        self._none = False
        self.edit.dateTimeChanged.connect(lambda _moment: self._edited())
        self.box.addWidget(self.edit)
        self.box.addWidget(label(tr("In {time_zone}.", time_zone=situation.workspace.info.time_zone), "hint", self))
        self.setFocusProxy(self.edit)

    def set_value(self, value: Any) -> None:
        """Show a moment; the present day at nine where there is none yet."""
        moment = QDateTime.fromString(value, _MOMENT) if isinstance(value, str) else QDateTime()
        none = not moment.isValid()
        if none:
            now = self.situation.workspace.clock.now()
            moment = QDateTime.fromString(f"{now:%Y-%m-%d}T09:00", _MOMENT)
        self.edit.setDateTime(moment)
        self._none = none

    def value(self) -> Any:
        """`YYYY-MM-DDTHH:MM`; "" while the proposal was neither touched nor confirmed."""
        return "" if self._none else self.edit.dateTime().toString(_MOMENT)

    def confirm(self) -> None:
        """The proposed moment is meant."""
        self._none = False

    def _edited(self) -> None:
        self._none = False
        self.changed.emit()

    def field_widget(self) -> QWidget:
        """The date."""
        return self.edit


class DurationEditor(SettingEditor):
    """An amount and a unit."""

    def __init__(self, setting: Setting, situation: Situation, parent: QWidget | None = None) -> None:
        super().__init__(setting, situation, parent)
        self.amount = QLineEdit(self)
        self.amount.setFixedWidth(80)
        self.amount.setAccessibleName(tr("Amount"))
        self.unit = ComboBox(self)
        self.unit.setAccessibleName(tr("Unit"))
        for unit in UNITS:
            self.unit.addItem(tr(unit), unit)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.amount)
        row.addWidget(self.unit)
        row.addStretch()
        self.box.addLayout(row)
        self.amount.textEdited.connect(lambda: self.changed.emit())
        self.unit.activated.connect(lambda _row: self.changed.emit())
        self.setFocusProxy(self.amount)

    def set_value(self, value: Any) -> None:
        """Show a duration."""
        amount, unit = read_duration(value) or (1, "days")
        self.amount.setText(str(amount))
        self.unit.setCurrentIndex(self.unit.findData(unit))

    def value(self) -> Any:
        """{"amount": ..., "unit": ...}."""
        text = self.amount.text().strip()
        return {"amount": int(text[:_MOST_DIGITS]) if text.isdecimal() else 0, "unit": self.unit.currentData()}

    def problem(self) -> str:
        """Nothing, or zero."""
        return (
            ""
            if read_duration(self.value())
            else tr("Write a whole number from 1 to {most}, for example 1.", most=MOST)
        )

    def field_widget(self) -> QWidget:
        """The amount."""
        return self.amount
