"""Settings of the workspace, shared by all who use it: name, time zone, how calls are read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from zoneinfo import available_timezones

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QCompleter, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from app.data_extensions.check_row import Nulls, PrimaryKeys, UnknownColumns
from app.journey.calls import CallPolicy
from app.kernel.errors import InvalidInput, SwitchbackError
from app.services.fidelity import Fidelity
from app.services.settings import Settings, read_settings, save_settings
from app.ui.dialogs.frame import Dialog
from app.ui.errors import in_words
from app.ui.session import Session
from app.ui.translation import mark, tr
from app.ui.widgets import ComboBox, FormField, label, toast

_UNKNOWN = {
    "ignore": mark("Ignore it, with a warning (as the original)"),
    "refuse": mark("Refuse the row"),
}
_NULLS = {
    "no_value": mark("No value: a required column misses it"),
    "refuse": mark("Refuse the row"),
}


_PRIMARY_KEYS = {
    "update": mark("Update that row"),
    "refuse": mark("Refuse the call, as a row that breaks the schema (400)"),
    "conflict": mark("Refuse the call, as something that exists already (409)"),
}
_CALLS = {
    "record": mark("Record the call, make none"),
    "local": mark("Call addresses on this computer"),
    "any": mark("Call any address"),
}


class WorkspaceSettingsDialog(Dialog):
    """Read and saved off the GUI thread; a refusal stands beside its field."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(tr("Workspace settings"), parent, name="workspace_settings", size=QSize(560, 760))
        self._session = session
        self._parent = parent
        self.name = QLineEdit(self)
        self.name_field = FormField(tr("Name"), self.name, parent=self, required=True)
        self.zone = _zones(self)
        hint = tr("Days of filters and waits begin at its midnight.")
        self.zone_field = FormField(tr("Time zone"), self.zone, hint, self)
        info = session.workspace.info
        where = label(f"{info.backend} · {info.location}", "secondary", self, wrap=True, selectable=True)
        self.head_box.addWidget(where)
        self.unknown = _choices(UnknownColumns, _UNKNOWN, self)
        self.nulls = _choices(Nulls, _NULLS, self)
        self.primary_keys = _choices(PrimaryKeys, _PRIMARY_KEYS, self)
        self.any_case = QCheckBox(tr("Names of fields in Data may be in any case"), self)
        self.admitted_only = QCheckBox(tr("Store the row only when a journey admitted the contact"), self)
        self._fidelity = Fidelity()
        self._kept: Settings | None = None
        self.save_button = self.primary
        self.save_button.setText(tr("Save"))
        self.save_button.setEnabled(False)
        self._lay_out()
        workspace = session.workspace
        session.work.run(self, lambda: read_settings(workspace), self._arrived, session.failed.emit)

    def has_changes(self) -> bool:
        """Whether Save would change anything."""
        return self._kept is not None and self._wanted() != self._kept

    def _lay_out(self) -> None:
        inside = QWidget(self)
        inside.setProperty("transparent", True)
        box = QVBoxLayout(inside)
        box.setContentsMargins(20, 16, 20, 16)
        box.setSpacing(14)
        for part in (
            self.name_field,
            self.zone_field,
            label(tr("How the data of a call is read"), "strong", self),
            FormField(tr("A name in Data that is no field of the data extension"), self.unknown, parent=self),
            FormField(tr("A field given as null"), self.nulls, parent=self),
            FormField(tr("A primary key that a row has already"), self.primary_keys, parent=self),
            self.any_case,
            self.admitted_only,
            *self._calls(),
        ):
            box.addWidget(part)
        box.addStretch()
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        self.body.addWidget(area)

    def _calls(self) -> tuple[QWidget, ...]:
        """What custom activities may do."""
        self.calls = _choices(CallPolicy, _CALLS, self)
        self.test_calls = QCheckBox(tr("Tests call too"), self)
        self.calls.currentIndexChanged.connect(
            lambda _row: self.test_calls.setEnabled(self.calls.currentData() != CallPolicy.RECORD.value)
        )
        hint = tr("Made after the event was answered. Dry runs never call.")
        field = FormField(tr("When a contact reaches one"), self.calls, hint, self)
        return label(tr("Custom activities"), "strong", self), field, self.test_calls

    def accept(self) -> None:
        """Save, then close."""
        wanted, workspace = self._wanted(), self._session.workspace
        self.save_button.setEnabled(False)
        self._session.work.run(self, lambda: save_settings(workspace, wanted), self._done, self._refused)

    def _wanted(self) -> Settings:
        # Choices that this dialog does not know are kept as they were.
        fidelity = replace(
            self._fidelity,
            unknown_columns=UnknownColumns(self.unknown.currentData()),
            nulls=Nulls(self.nulls.currentData()),
            primary_keys=PrimaryKeys(self.primary_keys.currentData()),
            names_ignore_case=self.any_case.isChecked(),
            only_admitted_rows=self.admitted_only.isChecked(),
        )
        return Settings(
            self.name.text().strip(),
            self.zone.currentText().strip(),
            fidelity,
            CallPolicy(self.calls.currentData()),
            self.test_calls.isChecked(),
        )

    def _arrived(self, settings: Settings) -> None:
        self.name.setText(settings.name)
        if self.zone.findText(settings.time_zone) < 0:
            self.zone.addItem(settings.time_zone)
        self.zone.setCurrentText(settings.time_zone)
        self.unknown.setCurrentIndex(self.unknown.findData(settings.fidelity.unknown_columns.value))
        self.nulls.setCurrentIndex(self.nulls.findData(settings.fidelity.nulls.value))
        self.primary_keys.setCurrentIndex(self.primary_keys.findData(settings.fidelity.primary_keys.value))
        self.calls.setCurrentIndex(self.calls.findData(settings.calls.value))
        self.test_calls.setChecked(settings.test_calls)
        self.test_calls.setEnabled(settings.calls is not CallPolicy.RECORD)
        self._fidelity = settings.fidelity
        self.admitted_only.setChecked(settings.fidelity.only_admitted_rows)
        self.any_case.setChecked(settings.fidelity.names_ignore_case)
        self._kept = settings
        self.save_button.setEnabled(not self._session.workspace.info.read_only)
        self.name.setFocus()

    def _done(self, kept: Settings) -> None:
        self._session.settings_saved()
        toast(self._parent, tr("{name}: settings saved.", name=kept.name))
        self.finish()

    def _refused(self, error: Exception) -> None:
        self.save_button.setEnabled(True)
        if isinstance(error, InvalidInput):
            for problem in error.problems:
                field = self.zone_field if problem.where == "time_zone" else self.name_field
                field.set_error(f"{problem.message} {problem.hint}".strip())
        elif isinstance(error, SwitchbackError):
            self.say(in_words(error))
        else:
            self._session.failed.emit(error)


def _choices(
    kind: type[UnknownColumns] | type[Nulls] | type[PrimaryKeys] | type[CallPolicy],
    words: Mapping[str, str],
    parent: QWidget,
) -> QComboBox:
    box = ComboBox(parent)
    for each in kind:
        box.addItem(tr(words[each.value]), each.value)
    return box


def _zones(parent: QWidget) -> QComboBox:
    box = ComboBox(parent)
    box.setEditable(True)
    box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    box.addItems(sorted(zone for zone in available_timezones() if "/" in zone or zone == "UTC"))
    completer = QCompleter(box.model(), box)
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
    box.setCompleter(completer)
    return box
