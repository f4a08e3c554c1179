"""Dialogs: they never block, lose nothing silently, and say what is wrong beside its field."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.ui.dialogs.frame import Dialog
    from app.ui.document import JourneyDocument
    from app.ui.work import Work

__all__ = ["open_journey_settings", "open_settings"]


def open_settings(
    document: JourneyDocument, activity_key: str, work: Work, parent: QWidget | None, *, step: str = ""
) -> Dialog:
    """Open what belongs to a tile: the API Event dialog for the entry source, else the activity's settings.

    `step` is where the API Event dialog begins: "data_extension", "filter" or "entry"; "" for the summary of one that
    is complete. For another tile it is the setting, or the key of the path, that the keyboard goes to; "" for the first
    that needs it.

    Raises KeyError for a key that the journey does not have.
    """
    # The dialogs are the window's largest part and none is needed for the first paint.
    from app.journey.journey import ENTRY
    from app.ui.dialogs.activity import ActivityDialog
    from app.ui.dialogs.api_event import open_api_event

    if activity_key == ENTRY:
        return open_api_event(document, work, parent, step)
    dialog = ActivityDialog(document, activity_key, work, parent, step)
    dialog.open()
    return dialog


def open_journey_settings(document: JourneyDocument, parent: QWidget | None) -> Dialog:
    """Open the journey's own settings: name, description, entry mode, default email address."""
    from app.ui.dialogs.journey_settings import JourneySettingsDialog

    dialog = JourneySettingsDialog(document, parent)
    dialog.open()
    return dialog
