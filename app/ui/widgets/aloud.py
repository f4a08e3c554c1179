"""What a screen reader says while the keyboard stays where it is."""

from __future__ import annotations

import sys

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

_SPEAKS_DESCRIPTIONS = sys.platform.startswith("linux")
"""Orca says the description of what has the keyboard when it changes; NVDA, Narrator and VoiceOver read a description
only when they come to it, and say announcements (tried with Orca 43; the others are by their documentation)."""


def tell(widget: QWidget, text: str) -> None:
    """What `widget`, which has the keyboard, points at now: a row of the list below it, a tile of the canvas.

    It is said once and stays as the widget's description; "" says nothing.
    """
    if text == widget.accessibleDescription():
        return
    widget.setAccessibleDescription(text)
    if not _SPEAKS_DESCRIPTIONS:
        announce(widget, text)


def announce(widget: QWidget, text: str) -> None:
    """Say something that comes and goes, as a toast does, wherever the keyboard is."""
    if text and QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, text))
