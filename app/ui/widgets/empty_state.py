"""What stands where there is nothing yet: it teaches the next step with one button."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ui.widgets.button import Button
from app.ui.widgets.icon_tile import IconTile
from app.ui.widgets.label import label

_TEXT_WIDTH = 440


class EmptyState(QWidget):
    """An icon, a title, one or two sentences, and at most one button."""

    def __init__(
        self,
        title: str,
        text: str,
        button: str = "",
        on_click: Callable[[], object] | None = None,
        parent: QWidget | None = None,
        *,
        icon: str = "journey",
    ) -> None:
        super().__init__(parent)
        box = QVBoxLayout(self)
        box.setContentsMargins(24, 32, 24, 32)
        box.setSpacing(8)
        box.addStretch()
        box.addWidget(IconTile(icon, "accent", 44, self), alignment=Qt.AlignmentFlag.AlignHCenter)
        box.addSpacing(4)
        self.title = label(title, "title", self)
        self.title.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.text = label(text, "secondary", self, wrap=True)
        self.text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.text.setMaximumWidth(_TEXT_WIDTH)
        box.addWidget(self.title)
        # Between stretches rather than aligned: an aligned label is not asked for its height at its width.
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(self.text, 1000)
        middle.addStretch(1)
        box.addLayout(middle)
        self.button: Button | None = None
        if button:
            self.button = Button(button, "primary", self, on_click=on_click)
            box.addSpacing(8)
            box.addWidget(self.button, alignment=Qt.AlignmentFlag.AlignHCenter)
        box.addStretch()

    def show_text(self, title: str, text: str) -> None:
        """Change the words."""
        self.title.setText(title)
        self.text.setText(text)
