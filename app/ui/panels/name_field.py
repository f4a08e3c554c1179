"""The name of a tile or a group, changed where it is read."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from app.kernel.names import name_problem, one_line
from app.ui.errors import at_once
from app.ui.translation import tr
from app.ui.widgets import FormField


class NameField(FormField):
    """`renamed` gives another name when the line is left or Enter is pressed. `missing` is said where nothing was
    typed; the name then stays as it was."""

    renamed = Signal(str)

    def __init__(self, missing: str, parent: QWidget | None = None) -> None:
        line = QLineEdit()
        super().__init__(tr("Name"), line, parent=parent)
        self.line = line
        self._missing = missing
        self._kept = ""
        self.line.editingFinished.connect(self._take)

    def show_name(self, name: str, *, read_only: bool) -> None:
        """Show the name as it is now; what was typed and not kept yet stays."""
        self._kept = name
        if not self.line.isModified():
            self.line.setText(name)
        self.line.setReadOnly(read_only)

    def _take(self) -> None:
        name = one_line(self.line.text())
        if not name:
            self.set_error(self._missing)
            self.line.setText(self._kept)
            return
        problem = name_problem(name, self._missing, "") if name != self._kept else None
        if problem is not None:
            self.set_error(at_once(problem))
            return
        self.clear()
        self.line.setModified(False)
        if name != self._kept:
            self.renamed.emit(name)
