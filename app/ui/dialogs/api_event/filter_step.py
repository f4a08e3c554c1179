"""Step 3: Filter Contacts."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout

from app.services.workspace import Workspace
from app.ui.dialogs.api_event.draft import Draft
from app.ui.dialogs.steps import Step
from app.ui.filter_builder import KEYS_HINT, FilterBuilder
from app.ui.translation import mark
from app.ui.work import Work


class FilterStep(Step):
    """Fills in `draft.filter`."""

    title = mark("Filter contacts")
    hint = KEYS_HINT

    def __init__(self, draft: Draft, workspace: Workspace, work: Work, *, read_only: bool) -> None:
        super().__init__()
        self._draft = draft
        self._workspace, self._work = workspace, work
        self._read_only = read_only
        self._home: object = None
        self.builder = FilterBuilder(self)
        self.builder.changed.connect(self._edited)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.builder)

    def enter(self) -> None:
        """Show the filter over the fields that were chosen."""
        draft = self._draft
        if self._home == draft.data_extension and self.builder.filter() == draft.filter:
            return
        self._home = draft.data_extension
        stored = draft.data_extension is not None and not draft.new_data_extension
        self.builder.set_filter(
            draft.filter,
            draft.catalog(),
            workspace=self._workspace,
            work=self._work,
            data_extension_id=draft.data_extension.id if stored and draft.data_extension else None,
            event_key=draft.event.key if draft.event else "",
            read_only=self._read_only,
        )

    def problem(self) -> str:
        """A text that cannot be read."""
        return self.builder.problem

    def doubt(self) -> str:
        """A condition that cannot be asked: the journey is not activated with it."""
        return self._draft.doubt

    def show_problem(self) -> None:
        """Back to the text, which stays as it was typed and says the column."""
        self.builder.focus_problem()

    def focus_start(self) -> None:
        """The first condition."""
        self.builder.focus_start()

    def _edited(self) -> None:
        self._draft.filter = self.builder.filter()
        self.changed.emit()
