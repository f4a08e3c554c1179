"""The designer of a data extension: name, fields, primary key, and the link to contacts."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from app.data_extensions.changes import check_edit
from app.data_extensions.data_extension import DataExtension, Field
from app.data_extensions.rules import check_schema, place_of, tidy
from app.kernel.errors import Problem, Severity
from app.kernel.ids import new_field_id, new_guid
from app.kernel.storable import storable
from app.ui.dialogs.field_row import FieldRow, columns
from app.ui.errors import at_once
from app.ui.sides import margins
from app.ui.translation import tr
from app.ui.widgets import Button, ComboBox, FormField, label

_LINK_WIDTH = 460
_LINKABLE = ("text", "email", "number", "phone")
"""Kinds that can hold a contact key (rules of the schema)."""


def blank_data_extension(name: str = "") -> DataExtension:
    """What a new one starts with: the contact key and the address that journeys with email want (reference, 6)."""
    key = Field(new_field_id(), "SubscriberKey", "text", 50, required=True, primary_key=True)
    email = Field(new_field_id(), "EmailAddress", "email")
    return DataExtension(new_guid(), "", name, fields=(key, email), link=key.id)


class DataExtensionForm(QWidget):
    """Edits a data extension; `changed` follows every edit. Mistakes are said beside their field."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._start = blank_data_extension()
        self._stored: DataExtension | None = None
        self._filled = False
        self._strict = False
        self._rows: list[FieldRow] = []
        self.name = QLineEdit(self)
        self.name.setPlaceholderText(tr("For example: Abandoned_Carts"))
        self.key = QLineEdit(self)
        self.description = QLineEdit(self)
        self.link = ComboBox(self)
        self.name_field = FormField(tr("Name"), self.name, required=True)
        self.key_field = FormField(tr("External key"), self.key, tr("What programs call it. Empty: as the name."))
        self.description_field = FormField(tr("Description"), self.description)
        self.link_field = FormField(
            tr("Contact key is in"),
            self.link,
            tr("Links a row to its contact, so that filters may ask it as contact data."),
        )
        self.fields_message = label("", "error", self, wrap=True)
        self.add_button = Button(tr("Add a field"), "link", self, icon="plus", on_click=self.add_field)
        self._build()
        for line in (self.name, self.key, self.description):
            line.textEdited.connect(lambda: self._edited())
        self.link.activated.connect(lambda: self._edited())
        self.set_data_extension(self._start)

    def set_data_extension(self, data_extension: DataExtension, *, stored: bool = False, filled: bool = False) -> None:
        """Edit that one. `stored`: it exists, so only what may change can be changed; `filled`: it has rows."""
        self._start = data_extension
        self._stored = data_extension if stored else None
        self._filled = filled
        self._strict = False
        self.name.setText(data_extension.name)
        self.key.setText(data_extension.key)
        self.description.setText(data_extension.description)
        for row in self._rows:
            row.deleteLater()
        self._rows = []
        for field in data_extension.fields:
            self._append(field, stored=stored)
        self._fill_link(data_extension.link)
        self.check()

    def data_extension(self) -> DataExtension:
        """What is typed, tidied."""
        link = self.link.currentData()
        name = self.name.text().strip()
        fields = tuple(row.field() for row in self._rows)
        return tidy(
            replace(
                self._start,
                name=name,
                key=self.key.text().strip() or name,
                description=storable(self.description.text().strip()),
                fields=fields,
                link=str(link) if link else None,
            )
        )

    def has_changes(self) -> bool:
        """Whether anything differs from what was set."""
        start = replace(self._start, key=self._start.key or self._start.name)
        return self.data_extension() != tidy(start)

    @property
    def rows(self) -> tuple[FieldRow, ...]:
        """The fields, in order."""
        return tuple(self._rows)

    def problems(self) -> tuple[Problem, ...]:
        """What the rules say, errors only."""
        return tuple(p for p in self._all_problems() if p.severity is Severity.ERROR)

    def insist(self) -> None:
        """From now on say also what is merely missing, and go to the first mistake."""
        self._strict = True
        self.check()
        for field, line in ((self.name_field, self.name), (self.key_field, self.key)):
            if field.message.isVisibleTo(self) and line.property("bad"):
                line.setFocus()
                return
        for row in self._rows:
            if row.message.isVisibleTo(self):
                row.focus_problem()
                return

    def show_conflict(self, text: str) -> None:
        """Say what saving refused, beside the name."""
        self.name_field.set_error(text)
        self.name.setFocus()

    def add_field(self) -> None:
        """A new field at the end, ready to be named."""
        self._append(Field(new_field_id(), "", "text", 50))
        self._edited()
        self._rows[-1].name.setFocus()
        # Its place is known only once the list was laid out.
        QTimer.singleShot(0, self._rows[-1], lambda: self._area.ensureWidgetVisible(self.add_button, 0, 8))

    def check(self) -> None:
        """Say what is wrong beside its field; what is merely empty is said only when insisted on."""
        said: dict[str, Problem] = {}
        for problem in self._all_problems():
            if self._strict or problem.code not in ("empty", "no_fields"):
                said.setdefault(problem.where, problem)
        for field, where in ((self.name_field, "name"), (self.key_field, "key"), (self.link_field, "link")):
            _say_at(field, said.pop(where) if where in said else None)
        if self.key_field.message.property("role") == "error" and not self.key.text().strip():
            self.key_field.clear()
        for number, (row, described) in enumerate(zip(self._rows, self.data_extension().fields, strict=True), 1):
            found = said.pop(place_of(number, described), None)
            row.show_problem(at_once(found) if found else "", found.code if found else "")
        left = " ".join(at_once(problem) for problem in said.values())
        self.fields_message.setText(left)
        self.fields_message.setVisible(bool(left))

    def _all_problems(self) -> tuple[Problem, ...]:
        wanted = self.data_extension()
        rows = enumerate(zip(self._rows, wanted.fields, strict=True), 1)
        mistakes = tuple(m for n, (row, field) in rows if (m := row.mistake(place_of(n, field))) is not None)
        if self._stored is None:
            return mistakes + check_schema(wanted)
        return mistakes + check_edit(self._stored, wanted, self._filled)

    def _edited(self) -> None:
        self._fill_link(self.link.currentData())
        self.check()
        self.changed.emit()

    def _row_edited(self, row: FieldRow) -> None:
        self._edited()
        # What is wrong may now stand below the row, out of view.
        QTimer.singleShot(0, row, lambda: self._area.ensureWidgetVisible(row, 0, 8))

    def _append(self, field: Field, *, stored: bool = False) -> None:
        row = FieldRow(field, self._list, stored=stored)
        row.changed.connect(lambda: self._row_edited(row))
        row.removed.connect(lambda: self._remove(row))
        row.moved.connect(lambda step: self._move(row, step))
        self._rows.append(row)
        self._list_box.insertWidget(len(self._rows) - 1, row)

    def _remove(self, row: FieldRow) -> None:
        at = self._rows.index(row)
        self._rows.remove(row)
        row.hide()
        row.deleteLater()
        if self._rows:
            self._rows[min(at, len(self._rows) - 1)].name.setFocus()
        self._edited()

    def _move(self, row: FieldRow, step: int) -> None:
        at = self._rows.index(row)
        to = max(0, min(len(self._rows) - 1, at + step))
        if to != at:
            self._rows.insert(to, self._rows.pop(at))
            focus = row.focusWidget()
            self._list_box.insertWidget(to, row)
            if focus is not None:
                focus.setFocus()
            self._edited()

    def _fill_link(self, current: object) -> None:
        fields = [row.field() for row in self._rows]
        self.link.clear()
        self.link.addItem(tr("No field: rows are not linked to contacts"), None)
        for field in fields:
            if field.kind in _LINKABLE and field.name:
                self.link.addItem(field.name, field.id)
        self.link.setCurrentIndex(max(0, self.link.findData(current)))

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(self.name_field, 2, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.key_field, 2, Qt.AlignmentFlag.AlignTop)
        self.link_field.setMaximumWidth(_LINK_WIDTH)
        headings = QHBoxLayout()
        headings.setContentsMargins(margins(0, 0, 46, 0))
        headings.setSpacing(8)
        for text, width in columns():
            heading = label(text, "label", self)
            if width:
                heading.setFixedWidth(width)
            headings.addWidget(heading, 0 if width else 1)
        self._list = QWidget(self)
        self._list_box = QVBoxLayout(self._list)
        self._list_box.setContentsMargins(margins(0, 0, 8, 0))
        self._list_box.setSpacing(2)
        add = QHBoxLayout()
        add.setContentsMargins(0, 4, 0, 0)
        add.addWidget(self.add_button)
        add.addStretch()
        self._list_box.addLayout(add)
        self._list_box.addStretch()
        area = self._area = QScrollArea(self)
        area.setWidget(self._list)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the keyboard goes to the fields in it
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.viewport().setAutoFillBackground(False)
        self._list.setAutoFillBackground(False)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(10)
        box.addLayout(head)
        box.addWidget(self.description_field)
        box.addLayout(headings)
        box.addWidget(area, 1)
        box.addWidget(self.fields_message)
        box.addWidget(self.link_field)


def _say_at(field: FormField, problem: Problem | None) -> None:
    if problem is None:
        field.clear()
    elif problem.severity is Severity.WARNING:
        field.set_warning(at_once(problem))
    else:
        field.set_error(at_once(problem))
