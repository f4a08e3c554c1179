"""The journey's settings: name, description, who may enter again, the default email address."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from app.journey.edits import SetJourney
from app.journey.journey import EntryMode
from app.kernel.names import name_problem, one_line
from app.ui.dialogs.entry_modes import EntryModes
from app.ui.dialogs.frame import Dialog
from app.ui.document import JourneyDocument
from app.ui.errors import at_once
from app.ui.translation import tr
from app.ui.widgets import ComboBox, FormField, label

_ADDRESS_KINDS = ("email", "text")


class JourneySettingsDialog(Dialog):
    """Applies what changed as one edit."""

    def __init__(self, document: JourneyDocument, parent: QWidget | None) -> None:
        super().__init__(tr("Journey settings"), parent, name="journey_settings", size=QSize(620, 700))
        self._document = document
        journey = document.journey
        self.name = QLineEdit(journey.name, self)
        self.name_field = FormField(tr("Name"), self.name, required=True)
        self.name.textEdited.connect(lambda: self.name_field.clear())
        self.description = QPlainTextEdit(journey.description, self)
        self.description.setTabChangesFocus(True)
        self.description.setFixedHeight(72)
        self.modes = EntryModes(self)
        self.modes.set_mode(journey.entry_mode)
        self.email = ComboBox(self)
        self._fill_email(journey.default_email or "")
        box = QVBoxLayout()
        box.setContentsMargins(20, 16, 20, 12)
        box.setSpacing(12)
        box.addWidget(self.name_field)
        box.addWidget(FormField(tr("Description"), self.description))
        box.addWidget(label(tr("Contact entry"), "label", self))
        box.addWidget(self.modes)
        hint = tr("Where messages go when a tile does not say another field.")
        box.addWidget(FormField(tr("Default email address"), self.email, hint))
        box.addStretch()
        self.body.addLayout(box)
        self._start = self._values()
        if document.read_only:
            for widget in (self.name, self.description, self.modes, self.email):
                widget.setEnabled(False)
            self.primary.setText(tr("Close"))
            self.cancel_button.hide()
            self.hint.setText(document.why_read_only)
        else:
            self.name.setFocus()

    def has_changes(self) -> bool:
        """Whether Done would change the journey."""
        return self._values() != self._start

    def accept(self) -> None:
        """Apply, unless the name is missing."""
        name, description, mode, email = self._values()
        before = self._start
        problem = name_problem(name, tr("The journey has no name."), tr("Abandoned cart"))
        if problem is not None and (name != before[0] or not name):
            self.name_field.set_error(at_once(problem))
            self.name.setFocus()
            return
        if (name, description, mode, email) != before and not self._document.read_only:
            self._document.apply(
                SetJourney(
                    name=name if name != before[0] else None,
                    description=description if description != before[1] else None,
                    entry_mode=mode if mode is not before[2] else None,
                    default_email=email if email != before[3] else None,
                )
            )
        self.finish()

    def _values(self) -> tuple[str, str, EntryMode, str]:
        return (
            one_line(self.name.text()),
            self.description.toPlainText().strip(),
            self.modes.mode(),
            str(self.email.currentData() or ""),
        )

    def _fill_email(self, current: str) -> None:
        schema = self._document.context.schema
        fields = schema.fields if schema else ()
        self.email.addItem(tr("The first email field of the event"), "")
        names = [field.name for field in fields if field.kind in _ADDRESS_KINDS]
        for name in names:
            self.email.addItem(name, name)
        if current and current not in names:
            self.email.addItem(tr("{current} (not in the data extension)", current=current), current)
        self.email.setCurrentIndex(max(0, self.email.findData(current)))
