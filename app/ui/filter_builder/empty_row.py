"""What a group without conditions shows: what that means, and the way to the first one."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.ui.translation import tr
from app.ui.widgets import Button, label


class EmptyRow(QWidget):
    """One quiet sentence and a button."""

    def __init__(self, parent: QWidget, *, root: bool) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 8, 0)
        row.setSpacing(6)
        text = tr("No conditions yet: every contact passes.") if root else tr("This group is empty and asks nothing.")
        row.addWidget(label(text, "hint", self))
        self.add = Button(tr("Add a condition"), "link", self)
        row.addWidget(self.add)
        row.addStretch()
