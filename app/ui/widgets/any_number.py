"""A spin box that keeps what is typed."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractSpinBox, QSpinBox, QWidget

from app.ui.translation import tr

FARTHEST = 1_000_000_000
"""The largest number that can be typed."""


class AnyNumber(QSpinBox):
    """What is typed stays, beyond the bounds too, to be said wrong; the arrows and the wheel end at the bounds."""

    def __init__(self, low: int, high: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._low, self._high = low, high
        self.setRange(-FARTHEST, FARTHEST)

    def problem(self) -> str:
        """Beyond the bounds; "" for nothing."""
        if self._low <= self.value() <= self._high:
            return ""
        return tr("Write a whole number from {least} to {most}.", least=self._low, most=self._high)

    def stepBy(self, steps: int) -> None:
        """Not beyond the bounds."""
        self.setValue(min(max(self.value() + steps, self._low), self._high))

    def stepEnabled(self) -> QAbstractSpinBox.StepEnabledFlag:
        """The arrow that would go beyond them is off."""
        flag = QAbstractSpinBox.StepEnabledFlag
        if self.isReadOnly():
            return flag.StepNone
        down = flag.StepDownEnabled if self.value() > self._low else flag.StepNone
        return down | (flag.StepUpEnabled if self.value() < self._high else flag.StepNone)
