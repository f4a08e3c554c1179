"""The API Event Summary dialog, in five steps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from app.ui.dialogs.api_event.dialog import ApiEventDialog

if TYPE_CHECKING:
    from app.ui.document import JourneyDocument
    from app.ui.work import Work

__all__ = ["ApiEventDialog", "open_api_event"]


def open_api_event(document: JourneyDocument, work: Work, parent: QWidget | None, step: str = "") -> ApiEventDialog:
    """Open the dialog for the journey's entry source, at a step where one is named."""
    dialog = ApiEventDialog(document, work, parent, step)
    dialog.open()
    return dialog
