"""The payload of a test: a form made from the data extension's schema, or the same as JSON."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from app.data_extensions.data_extension import DataExtension, Field
from app.data_extensions.kinds import KINDS
from app.ui.theme import theme
from app.ui.translation import tr
from app.ui.widgets import ComboBox, FormField, plain_tip

FORM, JSON = "form", "json"


class PayloadForm(QWidget):
    """Two faces of one payload. What was typed for a field survives when the schema changes and keeps its name."""

    changed = Signal()
    submitted = Signal()
    """Enter in a line of the form."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._schema = DataExtension("", "", "")
        self._fields: dict[str, FormField] = {}
        self._extra: dict[str, Any] = {}
        self._columns = _Columns(self)
        self.editor = QPlainTextEdit(self)
        self.editor.setFont(theme().font("mono"))
        self.editor.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # code is, in every language
        self.editor.setTabChangesFocus(True)
        self.editor.setMinimumHeight(168)
        self.editor.textChanged.connect(self.changed)
        self.text = FormField(tr("Data as JSON"), self.editor, tr("The object that the call sends as Data."))
        self.editor.textChanged.connect(self.text.clear)
        # Not a stack: that would give the form the height of the editor.
        self.text.hide()
        self._mode = FORM
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._columns)
        box.addWidget(self.text)

    def set_schema(self, schema: DataExtension) -> None:
        """Make the form for these fields."""
        if schema == self._schema:
            return
        kept = self._typed()
        self._schema = schema
        self._fields = {field.name: self._make_field(field) for field in schema.fields}
        self._columns.fill(list(self._fields.values()))
        for name, text in kept.items():
            self._put(name, text)

    @property
    def mode(self) -> str:
        """FORM or JSON."""
        return self._mode

    def set_mode(self, mode: str) -> bool:
        """Show the other face with the same payload. From JSON that cannot be read: stays, shows why, gives False."""
        if mode == self.mode:
            return True
        if mode == JSON:
            self.editor.setPlainText(json.dumps(self.values(), ensure_ascii=False, indent=2))
            self._show_face(JSON)
            return True
        data = self._read_json()
        if data is None:
            return False
        self._show_face(FORM)
        self.set_values(data)
        return True

    def values(self) -> dict[str, Any] | None:
        """The payload as JSON values; None where the JSON cannot be read (the place is shown)."""
        if self.mode == JSON:
            return self._read_json()
        data = dict(self._extra)
        for field in self._schema.fields:
            text = self._text(self._fields[field.name])
            if text:
                data[field.name] = _as_json(text, field)
        return data

    def set_values(self, data: Mapping[str, Any]) -> None:
        """Fill in a payload. Names that are no field are kept and sent on: the answer warns of them."""
        self._extra = {name: value for name, value in data.items() if name not in self._fields}
        for name in self._fields:
            self._put(name, _as_text(data.get(name)))
        if self.mode == JSON:
            self.editor.setPlainText(json.dumps(dict(data), ensure_ascii=False, indent=2))
        self.changed.emit()

    def show_errors(self, errors: Mapping[str, str]) -> None:
        """Put each error beside its field; fields that are not named are cleared. In JSON: one line a column."""
        for name, row in self._fields.items():
            row.set_error(errors.get(name, ""))
        self.text.set_error("\n".join(f"{name}: {text}" for name, text in errors.items()))

    def focus_error(self) -> None:
        """Put the keyboard at what is wrong first."""
        rows = [self.text] if self.mode == JSON else list(self._fields.values())
        wrong = next((row.editor for row in rows if row.editor.property("bad") is True), None)
        if wrong is not None:
            wrong.setFocus()

    def _show_face(self, mode: str) -> None:
        self._mode = mode
        self._columns.setVisible(mode == FORM)
        self.text.setVisible(mode == JSON)

    def _make_field(self, field: Field) -> FormField:
        editor: QWidget
        if field.kind == "boolean":
            editor = ComboBox(self)
            editor.addItems(["", "true", "false"])
            editor.currentIndexChanged.connect(lambda _index: self.changed.emit())
        else:
            editor = QLineEdit(self)
            kind = KINDS[field.kind]
            editor.setPlaceholderText(kind.to_text(kind.sample(field, 0), field))
            editor.textChanged.connect(lambda _text: self.changed.emit())
            editor.returnPressed.connect(self.submitted)
        row = FormField(field.name, editor, parent=self._columns, elided=True)
        row.caption.setToolTip(plain_tip(field.name))
        row.message.setMinimumWidth(1)  # a long word is cut rather than that the columns get uneven
        if isinstance(editor, QLineEdit):
            editor.textEdited.connect(lambda _text: row.clear())
        row.set_aside(f"{_kind_words(field)}{' *' if field.required else ''}")
        row.aside.setToolTip(tr("Required") if field.required else tr("Optional: leave it empty for no value"))
        return row

    def _typed(self) -> dict[str, str]:
        return {name: self._text(row) for name, row in self._fields.items()}

    @staticmethod
    def _text(row: FormField) -> str:
        editor = row.editor
        if isinstance(editor, QComboBox):
            return editor.currentText()
        return editor.text() if isinstance(editor, QLineEdit) else ""

    def _put(self, name: str, text: str) -> None:
        row = self._fields.get(name)
        if row is None:
            return
        if isinstance(row.editor, QComboBox):
            row.editor.setCurrentText(text)
        elif isinstance(row.editor, QLineEdit):
            row.editor.setText(text)

    def _read_json(self) -> dict[str, Any] | None:
        try:
            data = json.loads(self.editor.toPlainText() or "{}", parse_constant=_refuse_constant)
        except (ValueError, RecursionError) as error:
            example = '{"Country": "NO"}'
            self.text.set_error(
                tr(
                    "Line {line}, column {column}: {words}. Data is an object such as {example}.",
                    line=error.lineno,
                    column=error.colno,
                    words=error.msg,
                    example=example,
                )
                if isinstance(error, json.JSONDecodeError)
                else tr("{words}. Data is an object such as {example}.", words=error, example=example)
            )
            return None
        if not isinstance(data, dict):
            self.text.set_error(tr('Data must be an object such as {"Country": "NO"}, not a list or a single value.'))
            return None
        self.text.clear()
        return data


class _Columns(QWidget):
    """The fields side by side, in two columns where those are read in full and else in one."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("transparent", True)
        self._rows: list[FormField] = []
        self._count = 1
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(8)

    def fill(self, rows: list[FormField]) -> None:
        """Show these in place of those before."""
        for old in self._rows:
            self._grid.removeWidget(old)
            old.deleteLater()
        self._rows = rows
        self._place()

    def minimumSizeHint(self) -> QSize:
        """One column's width."""
        least = max((row.minimumSizeHint().width() for row in self._rows), default=0)
        return QSize(least, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may have room for other columns."""
        super().resizeEvent(event)
        if self._fitting() != self._count:
            self._place()

    def _fitting(self) -> int:
        widest = max((row.head_width for row in self._rows), default=0)
        return 2 if 2 * widest + self._grid.horizontalSpacing() <= self.width() else 1

    def _place(self) -> None:
        self._count = self._fitting()
        for column in (0, 1):
            self._grid.setColumnStretch(column, int(column < self._count))
        for at, row in enumerate(self._rows):
            self._grid.removeWidget(row)
            self._grid.addWidget(row, at // self._count, at % self._count, Qt.AlignmentFlag.AlignTop)


def _refuse_constant(name: str) -> float:
    raise ValueError(f"{name} is no JSON value")


def _kind_words(field: Field) -> str:
    label = tr(KINDS[field.kind].label)
    if field.kind == "decimal" and field.length:
        return f"{label} {field.length},{field.scale or 0}"
    return f"{label} {field.length}" if field.kind == "text" and field.length else label


def _as_json(text: str, field: Field) -> Any:
    """Typed text as the JSON value that code would send; what does not fit stays text, and the answer says why."""
    if field.kind == "number" and text.lstrip("-").isascii() and text.lstrip("-").isdigit():
        return int(text)
    if field.kind == "boolean":
        return text == "true"
    if field.kind == "decimal":
        try:
            number = float(text)
        except ValueError:
            return text
        # A float that would lose digits is sent as text; the API takes both.
        return number if math.isfinite(number) and len(text) <= 15 else text
    return text


def _as_text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
