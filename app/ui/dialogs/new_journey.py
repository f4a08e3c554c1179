"""A name for a new journey."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.kernel.errors import SwitchbackError
from app.services.create_journey import create_journey
from app.services.views import JourneyCard
from app.ui.errors import in_words
from app.ui.session import Session
from app.ui.translation import tr
from app.ui.widgets import Button, FormField, label


class NewJourneyDialog(QDialog):
    """`created` gets the card of the new draft."""

    def __init__(self, session: Session, created: Callable[[JourneyCard], object], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("New journey"))
        self.setMinimumWidth(440)
        self._session = session
        self._created = created
        self.name = QLineEdit(self)
        self.name.setPlaceholderText(tr("Abandoned cart"))
        self.name.setMaxLength(200)
        self.field = FormField(tr("Name"), self.name, tr("It can change at any time."), self)
        self.create_button = Button(tr("Create journey"), "primary", self, on_click=self.accept)
        self.create_button.setDefault(True)
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(Button(tr("Cancel"), "plain", self, on_click=self.reject))
        row.addWidget(self.create_button)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 18, 20, 16)
        box.setSpacing(14)
        box.addWidget(label(tr("New journey"), "title", self))
        box.addWidget(self.field)
        box.addStretch()
        box.addLayout(row)
        self.name.textChanged.connect(lambda _text: self.field.clear())
        self.name.setFocus()

    def accept(self) -> None:
        """Make it, then close."""
        name = self.name.text().strip()
        if not name:
            self.field.set_error(tr("A journey needs a name. For example: Abandoned cart"))
            self.name.setFocus()
            return
        workspace = self._session.workspace
        self.create_button.setEnabled(False)
        self._session.work.run(self, lambda: create_journey(workspace, name), self._done, self._refused)

    def _done(self, card: JourneyCard) -> None:
        self._created(card)
        super().accept()

    def _refused(self, error: Exception) -> None:
        self.create_button.setEnabled(True)
        if isinstance(error, SwitchbackError):
            self.field.set_error(in_words(error))
        else:
            self._session.failed.emit(error)
