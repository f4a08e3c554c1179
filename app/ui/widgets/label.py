"""Text in one of the roles of the type scale."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel, QWidget

from app.ui.sides import right_to_left, start

_LONGEST_WORD = 44
_NARROWEST = 240
"""Pixels, of a text that wraps."""


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
    made = _Wrapping(text, parent) if wrap else QLabel(text, parent)
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


def shortened(text: str) -> str:
    """The text with every word that no line can hold cut in its middle, for a label that cannot break words."""
    keep = _LONGEST_WORD // 2
    words = text.split(" ")
    return " ".join(w if len(w) <= _LONGEST_WORD else f"{w[:keep]}…{w[-keep:]}" for w in words)


class _Wrapping(QLabel):
    """Is never wider than its place for the sake of one long word."""

    def minimumSizeHint(self) -> QSize:
        """Room for a few words."""
        hint = super().minimumSizeHint()
        return QSize(min(hint.width(), _NARROWEST), hint.height())
