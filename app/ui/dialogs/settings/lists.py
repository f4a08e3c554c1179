"""Editors of lists: fields to update, and pairs of name and value."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.data_extensions.data_extension import DataExtension
from app.data_extensions.kinds import KINDS
from app.journey.activities import Setting
from app.journey.personalise import token_for
from app.ui.dialogs.settings.editor import SettingEditor, Situation
from app.ui.filter_builder.picker import Choice, Picker
from app.ui.translation import mark, tr
from app.ui.widgets import Button, ComboBox, IconButton, label

_NAME_CHARACTERS = 12
_VALUE_WIDTH = 170


class ListEditor(SettingEditor):
    """Rows that can be added and removed; a leaf makes the row."""

    add_text = mark("Add")

    def __init__(self, setting: Setting, situation: Situation, parent: QWidget | None = None) -> None:
        super().__init__(setting, situation, parent)
        self.rows: list[ListRow] = []
        self._rows_box = QVBoxLayout()
        self._rows_box.setSpacing(6)
        self.add_button = Button(tr(self.add_text), "link", self, icon="plus", on_click=lambda: self.add())
        row = QHBoxLayout()
        row.addWidget(self.add_button)
        row.addStretch()
        self.box.addLayout(self._rows_box)
        self.box.addLayout(row)

    def focus_start(self) -> None:
        """Into the first row; without a row on the button that adds one."""
        if self.rows:
            self.rows[0].focus_start()
        else:
            self.add_button.setFocus()

    def make_row(self) -> ListRow:
        """A new row."""
        raise NotImplementedError

    def set_value(self, value: Any) -> None:
        """Show the list."""
        for row in self.rows:
            row.hide()
            row.deleteLater()
        self.rows = []
        for each in value if isinstance(value, (list, tuple)) else ():
            if isinstance(each, dict):
                self._append().set_value(each)

    def value(self) -> Any:
        """The list; rows in which nothing was chosen are left out."""
        return [value for row in self.rows if (value := row.value()) is not None]

    def add(self) -> None:
        """A new row at the end, ready to be filled."""
        row = self._append()
        row.set_value({})
        row.focus_start()
        self.changed.emit()

    def _append(self) -> ListRow:
        row = self.make_row()
        row.changed.connect(self.changed)
        row.removed.connect(lambda: self._remove(row))
        self.rows.append(row)
        self._rows_box.addWidget(row)
        return row

    def _remove(self, row: ListRow) -> None:
        self.rows.remove(row)
        row.hide()
        row.deleteLater()
        self.add_button.setFocus()
        self.changed.emit()


class ListRow(QWidget):
    """One row with a cross at its end."""

    changed = Signal()
    removed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(8)

    def add_cross(self) -> None:
        """The button that removes the row; called last."""
        cross = IconButton("trash", tr("Remove"), self)
        cross.clicked.connect(self.removed)
        self.row.addWidget(cross)

    def set_value(self, value: dict[str, Any]) -> None:
        """Show a value."""
        raise NotImplementedError

    def value(self) -> dict[str, Any] | None:
        """What is chosen; None for nothing."""
        raise NotImplementedError

    def focus_start(self) -> None:
        """Put the keyboard into the row."""
        self.setFocus()


class UpdatesEditor(ListEditor):
    """Fields of linked data extensions and what they are set to."""

    add_text = mark("Add a field to update")

    def __init__(self, setting: Setting, situation: Situation, parent: QWidget | None = None) -> None:
        super().__init__(setting, situation, parent)
        if not linked_homes(situation):
            words = tr("No data extension is linked to contacts yet: set “Contact key is in” in its designer first.")
            self.box.insertWidget(0, label(words, "warning", self, wrap=True))
            self.add_button.setEnabled(False)

    def make_row(self) -> ListRow:
        """A row for one field."""
        return _UpdateRow(self, self.situation)


class _UpdateRow(ListRow):
    """Data extension, field, value."""

    def __init__(self, parent: QWidget, situation: Situation) -> None:
        super().__init__(parent)
        self._situation = situation
        self.home = ComboBox(self)
        self.home.setAccessibleName(tr("Data extension"))
        self.field = ComboBox(self)
        self.field.setAccessibleName(tr("Field"))
        self.line = QLineEdit(self)
        self.line.setAccessibleName(tr("Value"))
        self.line.setPlaceholderText(tr("Value, or a field"))
        for home in linked_homes(situation):
            self.home.addItem(home.name, home.id)
        self.pick = IconButton("code", tr("Insert a field of the event"), self, on_click=self._pick)
        for combo in (self.home, self.field):
            # Long names are elided rather than that the value has no room; the list shows them whole.
            combo.setSizeAdjustPolicy(ComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            combo.setMinimumContentsLength(_NAME_CHARACTERS)
        self.line.setMinimumWidth(_VALUE_WIDTH)
        for widget, stretch in ((self.home, 3), (self.field, 3), (label("=", "secondary", self), 0), (self.line, 4)):
            self.row.addWidget(widget, stretch)
        self.row.addWidget(self.pick)
        self.add_cross()
        self.home.activated.connect(lambda _row: self._home_chosen())
        self.field.activated.connect(lambda _row: self.changed.emit())
        self.line.textEdited.connect(lambda: self.changed.emit())

    def set_value(self, value: dict[str, Any]) -> None:
        """Show an update; what is gone is kept and named so."""
        home, field = str(value.get("data_extension_id", "")), str(value.get("field_id", ""))
        if home and self.home.findData(home) < 0:
            self.home.addItem(tr("A data extension that is gone"), home)
        self.home.setCurrentIndex(max(0, self.home.findData(home)))
        self._fill_fields()
        if field and self.field.findData(field) < 0:
            self.field.addItem(tr("A field that is gone"), field)
        self.field.setCurrentIndex(max(0, self.field.findData(field)))
        self.line.setText(str(value.get("value", "")))

    def value(self) -> dict[str, Any] | None:
        """The update."""
        home, field = self.home.currentData(), self.field.currentData()
        if not home or not field:
            return None
        return {"data_extension_id": home, "field_id": field, "value": self.line.text()}

    def focus_start(self) -> None:
        """The data extension."""
        self.home.setFocus()

    def _home_chosen(self) -> None:
        self._fill_fields()
        self.changed.emit()

    def _fill_fields(self) -> None:
        self.field.clear()
        home = self._situation.context.data_extension(str(self.home.currentData() or ""))
        for field in home.fields if home else ():
            if home is not None and field.id != home.link:
                self.field.addItem(f"{field.name} · {tr(KINDS[field.kind].label)}", field.id)

    def _pick(self) -> None:
        schema = self._situation.schema
        choices = [Choice(f.name, f.name, tr(KINDS[f.kind].label)) for f in schema.fields] if schema else []
        nothing = tr("The journey has no event with a data extension yet.")
        picker = Picker(self, choices, placeholder=tr("Search fields"), nothing=nothing)
        picker.picked.connect(self._insert)
        picker.open_at(self.pick)

    def _insert(self, name: str) -> None:
        self.line.insert(token_for(name))
        self.line.setFocus()
        self.changed.emit()


class PairsEditor(ListEditor):
    """Names and personalised values."""

    add_text = mark("Add a value")

    def make_row(self) -> ListRow:
        """A row for one pair."""
        return _PairRow(self)


class _PairRow(ListRow):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.name = QLineEdit(self)
        self.name.setPlaceholderText(tr("Name"))
        self.name.setAccessibleName(tr("Name"))
        self.text = QLineEdit(self)
        self.text.setPlaceholderText(tr("Value, {{Field name}} for a field"))
        self.text.setAccessibleName(tr("Value"))
        self.row.addWidget(self.name, 2)
        self.row.addWidget(self.text, 3)
        self.add_cross()
        for line in (self.name, self.text):
            line.textEdited.connect(lambda: self.changed.emit())

    def set_value(self, value: dict[str, Any]) -> None:
        """Show a pair."""
        self.name.setText(str(value.get("name", "")))
        self.text.setText(str(value.get("value", "")))

    def value(self) -> dict[str, Any] | None:
        """The pair."""
        name = self.name.text().strip()
        return {"name": name, "value": self.text.text()} if name or self.text.text() else None

    def focus_start(self) -> None:
        """The name."""
        self.name.setFocus()


def linked_homes(situation: Situation) -> tuple[DataExtension, ...]:
    """The data extensions whose rows are linked to contacts."""
    return tuple(home for home in situation.context.data_extensions if home.link)
