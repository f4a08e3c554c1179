"""Text in one of the roles of the type scale."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
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


def plain_tip(text: str) -> str:
    """The text of a tooltip, shown as it is: Qt would take a tag in what users wrote for markup."""
    if "<" not in text and "&lt;" not in text:
        return text
    return f'<span style="white-space:pre-wrap">{escape(text)}</span>'


class OneLine(QLabel):
    """A title with a name in it, its end left out where it does not fit: no name makes a window wider."""

    def __init__(self, text: str, parent: QWidget | None = None, role: str = "title", *, least: int = 0) -> None:
        """`least` is its smallest width."""
        super().__init__(text, parent)
        self._least = least
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        if right_to_left():
            self.setAlignment(start() | Qt.AlignmentFlag.AlignVCenter)

    def minimumSizeHint(self) -> QSize:
        """Its height alone is needed."""
        return QSize(self._least, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """The text, shortened."""
        painter = QPainter(self)
        short = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        aligned = int(self.alignment() | Qt.AlignmentFlag.AlignVCenter)
        self.style().drawItemText(painter, self.rect(), aligned, self.palette(), True, short, self.foregroundRole())


class _Wrapping(QLabel):
    """Is never wider than its place for the sake of one long word."""

    def minimumSizeHint(self) -> QSize:
        """Room for a few words."""
        hint = super().minimumSizeHint()
        return QSize(min(hint.width(), _NARROWEST), hint.height())
