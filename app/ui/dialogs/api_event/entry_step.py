"""Step 4: who may enter again."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout

from app.journey.journey import EntryMode
from app.ui.dialogs.api_event.draft import Draft
from app.ui.dialogs.entry_modes import EntryModes
from app.ui.dialogs.steps import Step
from app.ui.translation import mark, tr
from app.ui.widgets import label


class EntryStep(Step):
    """Fills in `draft.entry_mode`, the same property as in the journey's settings."""

    title = mark("Entry")
    hint = mark("Also in the journey's settings")

    def __init__(self, draft: Draft) -> None:
        super().__init__()
        self._draft = draft
        self.modes = EntryModes(self)
        self.modes.chosen.connect(self._chosen)
        self.message = label("", "error", self, wrap=True)
        self.message.hide()
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 18, 20, 12)
        box.setSpacing(6)
        box.addWidget(label(tr("May a contact that entered before enter again?"), "strong", self))
        box.addWidget(label(tr("A contact is known by its contact key."), "secondary", self))
        box.addSpacing(8)
        box.addWidget(self.modes)
        box.addWidget(self.message)
        box.addStretch()

    def enter(self) -> None:
        """Show the mode."""
        self.modes.set_mode(self._draft.entry_mode)
        self.message.hide()

    def problem(self) -> str:
        """No mode was chosen."""
        return tr("Choose who may enter again.") if self._draft.entry_mode is EntryMode.NOT_SET else ""

    def show_problem(self) -> None:
        """Say it below the cards."""
        self.message.setText(tr("{problem} A journey cannot be activated without it.", problem=self.problem()))
        self.message.show()
        self.focus_start()

    def focus_start(self) -> None:
        """The chosen card."""
        self.modes.focus_start()

    def _chosen(self, mode: EntryMode) -> None:
        self._draft.entry_mode = mode
        self.message.hide()
        self.changed.emit()
