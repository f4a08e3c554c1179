"""What stands where there is nothing yet: it teaches the next step with one button."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.widgets.button import Button
from app.ui.widgets.icon_tile import IconTile
from app.ui.widgets.label import label


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
        self.text.setMaximumWidth(440)
        self.text.setMinimumWidth(min(440, 120 + 5 * len(text)))
        box.addWidget(self.title)
        box.addWidget(self.text, alignment=Qt.AlignmentFlag.AlignHCenter)
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
