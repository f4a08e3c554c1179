"""A filter as a setting, kept as its document."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from app.filters.document import from_document, to_document
from app.filters.tree import EMPTY, Group
from app.journey.activities import Setting
from app.kernel.errors import InvalidInput
from app.ui.dialogs.settings.editor import SettingEditor, Situation
from app.ui.filter_builder import FilterBuilder
from app.ui.filter_builder.passing import meets

_LEAST_HEIGHT = 320


class FilterEditor(SettingEditor):
    """The builder, with the count beside it."""

    def __init__(self, setting: Setting, situation: Situation, parent: QWidget | None = None) -> None:
        super().__init__(setting, situation, parent)
        self.builder = FilterBuilder(self, passes=meets())
        self.builder.setMinimumHeight(_LEAST_HEIGHT)
        self._start: Any = None
        self._shown = EMPTY
        self.builder.changed.connect(self.changed)
        self.box.addWidget(self.builder, 1)

    def set_value(self, value: Any) -> None:
        """Show a filter; one that cannot be read shows as no filter."""
        try:
            group = from_document(value) if value else EMPTY
        except InvalidInput:
            group = EMPTY
        self._start, self._shown = value, group
        show_filter(self.builder, group, self.situation)

    def value(self) -> Any:
        """The filter's document; what was there before while nothing was changed."""
        group = self.builder.filter()
        return self._start if group == self._shown else to_document(group)

    def focus_start(self) -> None:
        """On the first condition, or the button that adds one."""
        self.builder.focus_start()

    def problem(self) -> str:
        """A text that cannot be read."""
        return self.builder.problem

    def focus_problem(self) -> None:
        """At the text."""
        self.builder.focus_problem()


def show_filter(builder: FilterBuilder, group: Group, situation: Situation) -> None:
    """Show a filter over what the journey knows, counted over the rows of the event's data extension."""
    builder.set_filter(
        group,
        situation.context.catalog,
        workspace=situation.workspace,
        work=situation.work,
        data_extension_id=situation.schema.id if situation.schema else None,
        event_key=situation.context.event.key if situation.context.event else "",
        read_only=situation.read_only,
    )
