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
from app.kernel.names import one_line
from app.services.fidelity import Fidelity
from app.services.settings import Settings, read_settings, save_settings
from app.ui.dialogs.frame import Dialog
from app.ui.errors import at_once, in_words
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
_EXPLAINED = {
    (UnknownColumns, UnknownColumns.IGNORE): mark(
        "“Countri” in Data: the row is stored without it, and the event's trace names the nearest field, Country."
    ),
    (UnknownColumns, UnknownColumns.REFUSE): mark(
        "“Countri” in Data: the call gets 400 with the nearest field, and nothing is stored."
    ),
    (Nulls, Nulls.NO_VALUE): mark(
        "“Country”: null empties the field; in a required one it is missed, and the call gets 400."
    ),
    (Nulls, Nulls.REFUSE): mark("“Country”: null gets 400 in any field, and nothing is stored."),
    (PrimaryKeys, PrimaryKeys.UPDATE): mark("Only the fields that Data names change; the others keep what they have."),
    (PrimaryKeys, PrimaryKeys.REFUSE): mark(
        "Rows are only ever added by events: the second one with the same key gets 400."
    ),
    (PrimaryKeys, PrimaryKeys.CONFLICT): mark(
        "Rows are only ever added by events: the second one with the same key gets 409."
    ),
    (CallPolicy, CallPolicy.RECORD): mark("The call is seen under Sent, and nothing leaves this computer."),
    (CallPolicy, CallPolicy.LOCAL): mark(
        "Made after the event was answered; other addresses are recorded. Dry runs never call."
    ),
    (CallPolicy, CallPolicy.ANY): mark("Made after the event was answered. Dry runs never call."),
}
_CASE = (
    mark("“country” is not the field Country: it is a name that is no field (the default)."),
    mark("“country” is taken as the field Country."),
)
_ADMITTED = (
    mark("The row is stored before the filter is asked, whoever is admitted (the default)."),
    mark("The row of a contact whom no journey admits is not stored."),
)


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
        self.name.textEdited.connect(lambda: self.name_field.clear())
        self.zone.editTextChanged.connect(lambda _text: self.zone_field.clear())
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
            _section(
                tr("How the data of a call is read"),
                tr("Holds from the next event on: from the window, the command line and the API."),
                self,
            ),
            _explained(tr("A name in Data that is no field of the data extension"), self.unknown, UnknownColumns, self),
            _explained(tr("A field given as null"), self.nulls, Nulls, self),
            _explained(tr("A primary key that a row has already"), self.primary_keys, PrimaryKeys, self),
            _ticked(tr("Upper and lower case"), self.any_case, _CASE, self),
            _ticked(tr("When the row is stored"), self.admitted_only, _ADMITTED, self),
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
        field = _explained(tr("When a contact reaches one"), self.calls, CallPolicy, self)
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
            one_line(self.name.text()),
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
            for problem in reversed(error.problems):
                field = self.zone_field if problem.where == "time_zone" else self.name_field
                field.set_error(at_once(problem))
                field.editor.setFocus()  # in the end at the first
        elif isinstance(error, SwitchbackError):
            self.say(in_words(error))
        else:
            self._session.failed.emit(error)


_Kind = type[UnknownColumns] | type[Nulls] | type[PrimaryKeys] | type[CallPolicy]


def _section(title: str, text: str, parent: QWidget) -> QWidget:
    home = QWidget(parent)
    box = QVBoxLayout(home)
    box.setContentsMargins(0, 6, 0, 0)
    box.setSpacing(2)
    box.addWidget(label(title, "strong", home))
    box.addWidget(label(text, "hint", home, wrap=True))
    return home


def _explained(text: str, box: QComboBox, kind: _Kind, parent: QWidget) -> FormField:
    """What the choice that is shown does stands below it."""
    field = FormField(text, box, parent=parent)

    def explain() -> None:
        chosen = box.currentData()
        # Of two kinds the members with the same text are the same key.
        field.set_hint(tr(_EXPLAINED[kind, kind(chosen)]))

    box.currentIndexChanged.connect(lambda _row: explain())
    explain()
    return field


def _ticked(text: str, box: QCheckBox, words: tuple[str, str], parent: QWidget) -> FormField:
    """`words` say what it does while it is off, and while it is on."""
    spoken = box.text()
    field = FormField(text, box, parent=parent)
    box.setAccessibleName(spoken)
    box.toggled.connect(lambda on: field.set_hint(tr(words[on])))
    field.set_hint(tr(words[box.isChecked()]))
    return field


def _choices(
    kind: _Kind,
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
