"""What every editor of a setting has in common, and where it is told about the journey."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.data_extensions.data_extension import DataExtension
from app.journey.activities import Setting
from app.journey.context import JourneyContext
from app.journey.journey import Activity, Journey
from app.services.workspace import Workspace
from app.ui.widgets.restyle import set_style_property
from app.ui.work import Work


@dataclass(frozen=True)
class Situation:
    """The journey around an activity that is edited; `activity_key` is its own key."""

    journey: Journey
    context: JourneyContext
    workspace: Workspace
    work: Work
    read_only: bool = False
    activity_key: str = ""

    @property
    def schema(self) -> DataExtension | None:
        """The data extension that the event populates."""
        return self.context.schema


class SettingEditor(QWidget):
    """Edits one setting. `changed` follows every edit; `value()` is what goes into the activity's settings."""

    changed = Signal()

    def __init__(self, setting: Setting, situation: Situation, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setting = setting
        self.situation = situation
        self.box = QVBoxLayout(self)
        self.box.setContentsMargins(0, 0, 0, 0)
        self.box.setSpacing(6)

    def event(self, event: QEvent) -> bool:
        """A form marks the editor as bad; the red border belongs to the field inside."""
        if event.type() == QEvent.Type.DynamicPropertyChange and self.field_widget() is not self:
            set_style_property(self.field_widget(), "bad", self.property("bad"))
        return super().event(event)

    def set_value(self, value: Any) -> None:
        """Show a value; one of another type (an imported file may hold anything) shows as the default."""
        raise NotImplementedError

    def value(self) -> Any:
        """What is typed."""
        raise NotImplementedError

    def problem(self) -> str:
        """What is wrong with it; "" for nothing."""
        return ""

    def confirm(self) -> None:
        """Done was pressed: what is proposed and was not touched is meant now."""

    def focus_start(self) -> None:
        """Put the keyboard where a person begins."""
        self.field_widget().setFocus()

    def focus_problem(self) -> None:
        """Put the keyboard at what `problem` names."""
        self.field_widget().setFocus()

    def field_widget(self) -> QWidget:
        """The widget that the label names and that gets the red border."""
        return self


class OutcomesEditor(SettingEditor):
    """Edits an activity's ways out instead of a value in its settings."""

    def show_activity(self, activity: Activity) -> None:
        """Show the outcomes of an activity."""
        raise NotImplementedError

    def outcomes(self) -> tuple[Any, ...]:
        """The outcomes as they are now."""
        raise NotImplementedError

    def set_value(self, value: Any) -> None:
        """Nothing: it has no value of its own."""

    def value(self) -> Any:
        """None: it has no value of its own."""
        return None
