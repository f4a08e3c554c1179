"""Create or change an event of the Entry Sources page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.data_extensions.data_extension import DataExtension
from app.events.event_definition import EventDefinition
from app.events.key import propose_key
from app.kernel.errors import SwitchbackError
from app.kernel.names import name_problem, one_line
from app.kernel.storable import storable
from app.services.views import DataExtensionCard, EventCard
from app.services.workspace import Workspace
from app.ui.dialogs.data_extension import open_data_extension
from app.ui.dialogs.frame import Dialog
from app.ui.dialogs.key_field import KeyField
from app.ui.errors import at_once, in_words
from app.ui.translation import mark, tr
from app.ui.widgets import Button, ComboBox, FormField
from app.ui.work import Work

Saved = Callable[[EventDefinition], object]
_FIXED_KEY = mark("A journey with this event was activated: the key stays, because programs call it.")


class EventDefinitionDialog(Dialog):
    """Name, description, key and the data extension to populate."""

    def __init__(
        self,
        workspace: Workspace,
        work: Work,
        parent: QWidget | None,
        existing: EventDefinition | None = None,
        saved: Saved | None = None,
    ) -> None:
        title = tr("Change {name}", name=existing.name) if existing else tr("Create an event")
        super().__init__(title, parent, name="event_definition", size=QSize(600, 500))
        self._workspace, self._work, self._saved = workspace, work, saved
        self._start = existing or EventDefinition("", propose_key(), "", None)
        self._events: tuple[EventCard, ...] = ()
        self.name = QLineEdit(self._start.name, self)
        self.name.setPlaceholderText(tr("For example: Cart abandoned"))
        self.description = QLineEdit(self._start.description, self)
        self.key = KeyField(self._taken, self)
        self.key.set_key(self._start.key, fixed=tr(_FIXED_KEY) if self._start.activated else "")
        self.home = ComboBox(self)
        self.create_button = Button(tr("Create one …"), "link", self, on_click=self._create)
        self.name_field = FormField(tr("Name"), self.name, required=True)
        self.home_field = FormField(
            tr("Data extension to populate"), self.home, tr("Each API call becomes a row there.")
        )
        self.primary.setText(tr("Save") if existing else tr("Create event"))
        self.name.textEdited.connect(lambda: self.name_field.clear())
        self._build()
        self._read()
        self.name.setFocus()

    def has_changes(self) -> bool:
        """Whether anything differs from the start."""
        return self.event_definition() != self._start

    def event_definition(self) -> EventDefinition:
        """What is typed."""
        home = self.home.currentData()
        return replace(
            self._start,
            name=one_line(self.name.text()),
            description=storable(self.description.text().strip()),
            key=self.key.key(),
            data_extension_id=str(home) if home else None,
        )

    def accept(self) -> None:
        """Save, then close."""
        problem = name_problem(one_line(self.name.text()), tr("The event has no name."), tr("Cart abandoned"))
        if problem is not None:
            self.name_field.set_error(at_once(problem))
            self.name.setFocus()
            return
        if self.key.problem():
            self.key.line.setFocus()
            return
        wanted, workspace = self.event_definition(), self._workspace

        def job() -> EventDefinition:
            from app.services.save_event import save_event

            return save_event(workspace, wanted)

        self.primary.setEnabled(False)
        self._work.run(self, job, self._done, self._failed, label=tr("Saving event"))

    def _build(self) -> None:
        box = QVBoxLayout()
        box.setContentsMargins(20, 16, 20, 12)
        box.setSpacing(12)
        box.addWidget(self.name_field)
        box.addWidget(FormField(tr("Description"), self.description))
        box.addWidget(self.key)
        box.addWidget(self.home_field)
        row = QHBoxLayout()
        row.addWidget(self.create_button)
        row.addStretch()
        box.addLayout(row)
        box.addStretch()
        self.body.addLayout(box)

    def _read(self) -> None:
        workspace = self._workspace

        def job() -> tuple[tuple[EventCard, ...], tuple[DataExtensionCard, ...]]:
            from app.services.list_data_extensions import list_data_extensions
            from app.services.list_events import list_events

            return list_events(workspace), list_data_extensions(workspace)

        self.home.addItem(tr("Reading …"), self._start.data_extension_id)
        self._work.run(self, job, lambda found: self._fill(*found), lambda error: self.say(in_words(error)))

    def _fill(self, events: tuple[EventCard, ...], homes: tuple[DataExtensionCard, ...]) -> None:
        self._events = events
        current = self.home.currentData()
        self.home.clear()
        self.home.addItem(tr("None: the data is not stored"), None)
        for card in homes:
            self.home.addItem(card.data_extension.name, card.data_extension.id)
        self.home.setCurrentIndex(max(0, self.home.findData(current)))

    def _taken(self, key: str) -> bool:
        return any(card.definition.key == key and card.definition.id != self._start.id for card in self._events)

    def _create(self) -> None:
        open_data_extension(self._workspace, self._work, self, saved=self._created)

    def _created(self, data_extension: DataExtension) -> None:
        self.home.addItem(data_extension.name, data_extension.id)
        self.home.setCurrentIndex(self.home.count() - 1)

    def _done(self, event: EventDefinition) -> None:
        if self._saved is not None:
            self._saved(event)
        self.finish()

    def _failed(self, error: Exception) -> None:
        self.primary.setEnabled(True)
        words = in_words(error)
        where = error.where if isinstance(error, SwitchbackError) else ""
        if where == "data_extension":
            self.home_field.set_error(words)
        elif where == "key":
            self.key.form.set_error(words)
        elif where == "name":
            self.name_field.set_error(words)
        else:
            self.say(words)


def open_event_definition(
    workspace: Workspace,
    work: Work,
    parent: QWidget | None,
    existing: EventDefinition | None = None,
    saved: Saved | None = None,
) -> EventDefinitionDialog:
    """Open the dialog: a new event, or `existing`. `saved` gets what was stored."""
    dialog = EventDefinitionDialog(workspace, work, parent, existing, saved)
    dialog.open()
    return dialog
