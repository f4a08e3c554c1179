"""A name for something: one line, said to be wrong where it is, kept off the GUI thread."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.kernel.errors import SwitchbackError
from app.ui.errors import in_words
from app.ui.session import Session
from app.ui.translation import tr
from app.ui.widgets import Button, FormField, label


class NameDialog(QDialog):
    """Asks for a name. `save` takes it, called off the GUI thread; `done` gets what `save` gave, then it closes."""

    def __init__(
        self,
        session: Session,
        parent: QWidget,
        *,
        title: str,
        action: str,
        save: Callable[[str], Any],
        done: Callable[[Any], object],
        name: str = "",
        example: str = "",
        hint: str = "",
    ) -> None:
        """`action` is on the button, `example` in the empty field."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self._session = session
        self._save, self._done_with = save, done
        self.name = QLineEdit(name, self)
        self.name.setPlaceholderText(example)
        self.field = FormField(tr("Name"), self.name, hint, self)
        self.create_button = Button(action, "primary", self, on_click=self.accept)
        self.create_button.setDefault(True)
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(Button(tr("Cancel"), "plain", self, on_click=self.reject))
        row.addWidget(self.create_button)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 18, 20, 16)
        box.setSpacing(14)
        box.addStrut(400)
        box.addWidget(label(title, "title", self))
        box.addWidget(self.field)
        box.addStretch()
        box.addLayout(row)
        self.name.textChanged.connect(lambda _text: self.field.clear())
        self.name.selectAll()
        self.name.setFocus()

    def accept(self) -> None:
        """Keep it, then close. A long one is never cut while it is pasted: what is gone would be missed much later."""
        name = self.name.text().strip()
        save = self._save
        self.create_button.setEnabled(False)
        self._session.work.run(self, lambda: save(name), self._kept, self._refused)

    def _kept(self, made: Any) -> None:
        self._done_with(made)
        super().accept()

    def _refused(self, error: Exception) -> None:
        self.create_button.setEnabled(True)
        if isinstance(error, SwitchbackError):
            self.field.set_error(in_words(error))
            self.name.setFocus()
        else:
            self._session.failed.emit(error)
