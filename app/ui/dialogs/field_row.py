"""One field of a data extension in the designer."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.data_extensions.data_extension import Field
from app.data_extensions.kinds import GET_DATE, KINDS
from app.data_extensions.kinds.kind import shown
from app.kernel.errors import Problem
from app.kernel.said import said
from app.ui.theme import theme
from app.ui.translation import mark, tr
from app.ui.widgets import ComboBox, IconButton, label
from app.ui.widgets.restyle import set_style_property

_COLUMNS = (
    (mark("Name"), 0),
    (mark("Kind"), 148),
    (mark("Length"), 62),
    (mark("Scale"), 52),
    (mark("Key"), 44),
    (mark("Required"), 70),
    (mark("Default"), 120),
)
"""Heading and width of each column; 0 takes what is left."""
_FIRST_LENGTH = {"text": 50, "decimal": 18}
_FIRST_SCALE = 2
_MOST_DIGITS = 20
"""Of those that are read: any number as long is too large."""


def columns() -> tuple[tuple[str, int], ...]:
    """Headings and widths of a row's parts, wide enough for the words of the language; 0 takes what is left."""
    words = theme().font("small")
    kinds = max(QFontMetrics(theme().font("body")).horizontalAdvance(tr(kind.label)) for kind in KINDS)
    return tuple(
        (
            tr(heading),
            width
            and max(
                width, QFontMetrics(words).horizontalAdvance(tr(heading)) + 8, kinds + 44 if heading == "Kind" else 0
            ),
        )
        for heading, width in _COLUMNS
    )


class FieldRow(QWidget):
    """Edits one field. `changed` follows every edit, `removed` its cross, `moved` Alt+Up (-1) and Alt+Down (1)."""

    changed = Signal()
    removed = Signal()
    moved = Signal(int)

    def __init__(self, field: Field, parent: QWidget | None = None, *, stored: bool = False) -> None:
        """`stored`: the field has a column already, so its kind and its part in the key stay."""
        super().__init__(parent)
        self._field = field
        self.name = QLineEdit(field.name, self)
        self.name.setPlaceholderText(tr("Field name"))
        self.kind = ComboBox(self)
        for kind in KINDS:
            self.kind.addItem(tr(kind.label), kind.key)
            self.kind.setItemData(self.kind.count() - 1, tr(kind.help), Qt.ItemDataRole.ToolTipRole)
        self.kind.setCurrentIndex(max(0, self.kind.findData(field.kind)))
        self.length = _number_line(field.length, self)
        self.scale = _number_line(field.scale, self)
        self.key = QCheckBox(self)
        self.key.setChecked(field.primary_key)
        self.required = QCheckBox(self)
        self.required.setChecked(field.required or field.primary_key)
        self.default = QLineEdit(field.default or "", self)
        self.remove = IconButton("trash", tr("Remove field"), self)
        self.message = label("", "error", self, wrap=True)
        self.message.hide()
        if stored:
            self.kind.setEnabled(False)
            self.key.setEnabled(False)
            self.remove.setEnabled(not field.primary_key)
        self._build()
        self._connect()
        self._fit_kind()

    def field(self) -> Field:
        """The field as it is typed; a name or number that is wrong is left as it is for the rules to name."""
        kind = str(self.kind.currentData())
        shape = KINDS[kind]
        return replace(
            self._field,
            name=self.name.text().strip(),
            kind=kind,
            length=_number(self.length) if shape.has_length else None,
            scale=_number(self.scale) if shape.has_scale else None,
            primary_key=self.key.isChecked(),
            required=self.required.isChecked(),
            default=self.default.text() or None,
        )

    def mistake(self, place: str) -> Problem | None:
        """What stands at length or scale and is no number, which the field itself cannot hold; `place` is where
        the field is."""
        shape = KINDS[str(self.kind.currentData())]
        for line, has, code in (
            (self.length, shape.has_length, "bad_length"),
            (self.scale, shape.has_scale, "bad_scale"),
        ):
            text = line.text().strip()
            if has and text and _number(line) is None:
                example = _FIRST_SCALE if line is self.scale else _FIRST_LENGTH.get(shape.key, 50)
                hint = said("For example: {example}", example=example)
                return Problem(code, said("Only digits can stand here, not {text}.", text=shown(text)), place, hint)
        return None

    def show_problem(self, text: str, code: str = "") -> None:
        """Say what is wrong with the field below it, and mark the part that the problem's `code` is about; "" for
        nothing."""
        self.message.setText(text)
        self.message.setVisible(bool(text))
        wrong = self._part(code) if text else None
        for part in (self.name, self.length, self.scale, self.default):
            set_style_property(part, "bad", part is wrong)
            part.setAccessibleDescription(text if part is wrong else "")

    def focus_problem(self) -> None:
        """Put the keyboard at the part that is wrong."""
        parts = (self.name, self.length, self.scale, self.default)
        next((part for part in parts if part.property("bad")), self.name).setFocus()

    def _part(self, code: str) -> QLineEdit:
        parts = {"bad_length": self.length, "bad_scale": self.scale, "bad_default": self.default}
        return parts.get(code, self.name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt with an arrow moves the field."""
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        if event.modifiers() & Qt.KeyboardModifier.AltModifier and event.key() in steps:
            self.moved.emit(steps[Qt.Key(event.key())])
            return
        super().keyPressEvent(event)

    def _build(self) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        parts = (self.name, self.kind, self.length, self.scale, self.key, self.required, self.default)
        for (heading, width), part in zip(columns(), parts, strict=True):
            part.setAccessibleName(heading)
            if width:
                part.setFixedWidth(width)
            row.addWidget(part, 0 if width else 1)
        row.addWidget(self.remove)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 2, 0, 2)
        box.setSpacing(2)
        box.addLayout(row)
        box.addWidget(self.message)

    def _connect(self) -> None:
        for line in (self.name, self.length, self.scale, self.default):
            line.textEdited.connect(lambda: self.changed.emit())
        self.kind.activated.connect(self._kind_chosen)
        self.key.clicked.connect(self._key_chosen)
        self.required.clicked.connect(lambda: self.changed.emit())
        self.remove.clicked.connect(self.removed)

    def _kind_chosen(self) -> None:
        kind = str(self.kind.currentData())
        self.length.setText(str(_FIRST_LENGTH.get(kind, "")))
        self.scale.setText(str(_FIRST_SCALE) if kind == "decimal" else "")
        self._fit_kind()
        self.changed.emit()

    def _key_chosen(self) -> None:
        self._fit_kind()
        self.changed.emit()

    def _fit_kind(self) -> None:
        """Show what the kind has; a part of the key is always required."""
        kind = KINDS[str(self.kind.currentData())]
        for line, has in ((self.length, kind.has_length), (self.scale, kind.has_scale)):
            line.setEnabled(has)
            line.setPlaceholderText("" if has else "–")
        if self.key.isChecked():
            self.required.setChecked(True)
        self.required.setEnabled(not self.key.isChecked())
        self.default.setPlaceholderText(GET_DATE if kind.key == "date" else tr("none"))


def _number_line(value: int | None, parent: QWidget) -> QLineEdit:
    return QLineEdit("" if value is None else str(value), parent)


def _number(line: QLineEdit) -> int | None:
    text = line.text().strip()
    return int(text[:_MOST_DIGITS]) if text.isdecimal() else None
