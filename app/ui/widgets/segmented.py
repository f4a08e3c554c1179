"""A choice among two to four words that stay in sight."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from app.ui.widgets.button import Button


class Segmented(QFrame):
    """Choices as (key, label); `chosen` is emitted with the key when a person changes it."""

    chosen = Signal(str)

    def __init__(
        self, choices: Sequence[tuple[str, str]], current: str = "", parent: QWidget | None = None, *, name: str = ""
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        box = QHBoxLayout(self)
        box.setContentsMargins(1, 1, 1, 1)
        box.setSpacing(0)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QPushButton] = {}
        for key, text in choices:
            button = Button(text, "segment", self)
            button.setCheckable(True)
            button.setAccessibleName(f"{name}: {text}" if name else text)
            button.clicked.connect(lambda _checked=False, key=key: self.chosen.emit(key))
            self._group.addButton(button)
            self._buttons[key] = button
            box.addWidget(button)
        self.set_current(current or choices[0][0])

    def current(self) -> str:
        """The key that is chosen."""
        return next(key for key, button in self._buttons.items() if button.isChecked())

    def set_current(self, key: str) -> None:
        """Choose without telling. Raises KeyError for a key that is no choice."""
        self._buttons[key].setChecked(True)
