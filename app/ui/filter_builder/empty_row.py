"""What a group without conditions shows: what that means, and the way to the first one."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.ui.translation import tr
from app.ui.widgets import Button, label


class EmptyRow(QWidget):
    """One quiet sentence and a button."""

    def __init__(self, parent: QWidget, root: str = "") -> None:
        """`root` says what it means that the whole filter is empty; "" for a group in it."""
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 8, 0)
        row.setSpacing(6)
        text = root or tr("This group is empty and asks nothing.")
        row.addWidget(label(text, "hint", self))
        self.add = Button(tr("Add a condition"), "link", self)
        row.addWidget(self.add)
        row.addStretch()
