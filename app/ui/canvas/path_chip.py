"""The chip over the canvas that says whose way is lit, with a cross that puts it out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout

from app.ui.canvas.highlight import Highlight
from app.ui.sides import margins
from app.ui.translation import tr
from app.ui.widgets.button import IconButton
from app.ui.widgets.label import label, shortened

if TYPE_CHECKING:
    from app.ui.canvas.view import CanvasView


class PathChip(QFrame):
    """Hidden while no way is lit."""

    def __init__(self, view: CanvasView) -> None:
        super().__init__(view)
        self._view = view
        self.setProperty("floating", True)
        self.setObjectName("path-chip")
        row = QHBoxLayout(self)
        row.setContentsMargins(margins(10, 2, 2, 2))
        row.setSpacing(4)
        self.text = label("", "strong", self)
        self.close_button = IconButton(
            "close", tr("Take the path away (Esc)"), self, on_click=lambda: view.document.show_path(None)
        )
        self.close_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        row.addWidget(self.text)
        row.addWidget(self.close_button)
        self.hide()

    def show_path(self, highlight: Highlight | None) -> None:
        """Say whose way it is; None hides the chip."""
        self.setVisible(highlight is not None)
        if highlight is not None:
            self.text.setText(shortened(highlight.title or tr("Path")))
            self.place()

    def place(self) -> None:
        """Lie at the upper left."""
        self.adjustSize()
        self.move(24, 20)
        self.raise_()
