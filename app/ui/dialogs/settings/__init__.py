"""Editors of activity settings, one a kind of setting."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from app.journey.activities import Setting
from app.ui.dialogs.settings.editor import OutcomesEditor, SettingEditor, Situation
from app.ui.dialogs.settings.filter import FilterEditor
from app.ui.dialogs.settings.lists import PairsEditor, UpdatesEditor
from app.ui.dialogs.settings.paths import PathsEditor
from app.ui.dialogs.settings.percentages import PercentagesEditor
from app.ui.dialogs.settings.personalised import PersonalisedEditor
from app.ui.dialogs.settings.simple import (
    ActivityEditor,
    BooleanEditor,
    ChoiceEditor,
    DurationEditor,
    EventEditor,
    FieldEditor,
    MomentEditor,
    MultilineEditor,
    NumberEditor,
    OutcomeEditor,
    TextEditor,
    TimeEditor,
)

__all__ = ["KINDS_OF_SETTING", "OutcomeEditor", "OutcomesEditor", "SettingEditor", "Situation", "make_setting_editor"]

KINDS_OF_SETTING: dict[str, Callable[[Setting, Situation, QWidget], SettingEditor]] = {
    "text": TextEditor,
    "multiline": MultilineEditor,
    "integer": NumberEditor,
    "decimal": NumberEditor,
    "boolean": BooleanEditor,
    "choice": ChoiceEditor,
    "personalised": PersonalisedEditor,
    "personalised_multiline": PersonalisedEditor,
    "field": FieldEditor,
    "duration": DurationEditor,
    "time": TimeEditor,
    "moment": MomentEditor,
    "paths": PathsEditor,
    "percentages": PercentagesEditor,
    "updates": UpdatesEditor,
    "activity": ActivityEditor,
    "outcome": OutcomeEditor,
    "event": EventEditor,
    "pairs": PairsEditor,
    "filter": FilterEditor,
}
"""The kinds of `app.journey.activities.Setting` and the editor of each."""


def make_setting_editor(setting: Setting, situation: Situation, parent: QWidget) -> SettingEditor:
    """The editor for a setting. Raises KeyError for a kind that has none: a leaf asks for what does not exist."""
    return KINDS_OF_SETTING[setting.kind](setting, situation, parent)
