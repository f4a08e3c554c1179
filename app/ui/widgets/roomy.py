"""Room between the edge of a spin box and its text."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtWidgets import QAbstractSpinBox, QLineEdit

from app.ui.sides import margins

SpinT = TypeVar("SpinT", bound=QAbstractSpinBox)
_LEFT = 7


def roomy(spin: SpinT) -> SpinT:
    """The same spin box, its text where other fields have theirs: Qt's style sheets do not pad it."""
    line = spin.findChild(QLineEdit)
    if line is not None:
        line.setTextMargins(margins(_LEFT, 0, 0, 0))
    return spin
