"""Create a data extension, or change one."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.data_extensions.data_extension import DataExtension
from app.services.workspace import Workspace
from app.ui.dialogs.data_extension_form import DataExtensionForm, blank_data_extension
from app.ui.dialogs.frame import Dialog
from app.ui.errors import in_words
from app.ui.translation import tr
from app.ui.work import Work

Saved = Callable[[DataExtension], object]


class DataExtensionDialog(Dialog):
    """The designer in a dialog; saved by the service, whose refusal is shown beside the name."""

    def __init__(
        self,
        workspace: Workspace,
        work: Work,
        parent: QWidget | None,
        existing: DataExtension | None = None,
        rows: int = 0,
        saved: Saved | None = None,
    ) -> None:
        title = tr("Change {name}", name=existing.name) if existing else tr("Create a data extension")
        super().__init__(title, parent, name="data_extension", size=QSize(900, 620))
        self._workspace, self._work, self._saved = workspace, work, saved
        self.form = DataExtensionForm(self)
        self.form.set_data_extension(existing or blank_data_extension(), stored=existing is not None, filled=rows > 0)
        frame = QVBoxLayout()
        frame.setContentsMargins(20, 16, 20, 12)
        frame.addWidget(self.form)
        self.body.addLayout(frame)
        self.primary.setText(tr("Save") if existing else tr("Create data extension"))
        self.hint.setText(tr("Alt+↑↓ moves a field"))
        self.form.name.setFocus()

    def has_changes(self) -> bool:
        """Whether anything was typed."""
        return self.form.has_changes()

    def accept(self) -> None:
        """Save, then close."""
        if self.form.problems():
            self.form.insist()
            return
        wanted = self.form.data_extension()
        workspace = self._workspace

        def job() -> DataExtension:
            from app.services.save_data_extension import save_data_extension

            return save_data_extension(workspace, wanted)

        self.primary.setEnabled(False)
        self._work.run(self, job, self._done, self._failed, label=tr("Saving data extension"))

    def _done(self, data_extension: DataExtension) -> None:
        if self._saved is not None:
            self._saved(data_extension)
        self.finish()

    def _failed(self, error: Exception) -> None:
        self.primary.setEnabled(True)
        self.form.show_conflict(in_words(error))


def open_data_extension(
    workspace: Workspace,
    work: Work,
    parent: QWidget | None,
    existing: DataExtension | None = None,
    rows: int = 0,
    saved: Saved | None = None,
) -> DataExtensionDialog:
    """Open the designer: a new data extension, or `existing` with so many `rows`. `saved` gets what was stored."""
    dialog = DataExtensionDialog(workspace, work, parent, existing, rows, saved)
    dialog.open()
    return dialog
