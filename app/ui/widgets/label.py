"""Text in one of the roles of the type scale."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from app.ui.sides import right_to_left, start


def label(
    text: str,
    role: str = "body",
    parent: QWidget | None = None,
    *,
    wrap: bool = False,
    selectable: bool = False,
    buddy: QWidget | None = None,
) -> QLabel:
    """A plain-text label. Roles: "body", "strong", "title", "heading", "secondary", "small", "hint", "label",
    "category", "error", "warning", "ok". What users wrote is never read as markup."""
    made = QLabel(text, parent)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("role", role)
    made.setWordWrap(wrap)
    if right_to_left():  # Qt would put what is written in Latin letters to the left
        made.setAlignment(start() | Qt.AlignmentFlag.AlignVCenter)
    if selectable:
        made.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
    if buddy is not None:
        made.setBuddy(buddy)
    return made
