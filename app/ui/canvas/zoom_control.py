"""Zoom out, the zoom in percent, zoom in, fit: at the canvas's lower left."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton

from app.ui.canvas.camera import STEP
from app.ui.key_table import with_keys
from app.ui.keymap import keymap
from app.ui.sides import right_to_left
from app.ui.translation import tr

if TYPE_CHECKING:
    from app.ui.canvas.view import CanvasView

_EDGE = 14


class ZoomControl(QFrame):
    """A small bar of words and signs; a click on the percentage goes back to 100 %."""

    def __init__(self, view: CanvasView) -> None:
        super().__init__(view)
        self._view = view
        self._helps: dict[QToolButton, tuple[str, str]] = {}
        self.setProperty("floating", True)
        self.setObjectName("zoom-control")
        row = QHBoxLayout(self)
        row.setContentsMargins(1, 1, 1, 1)
        row.setSpacing(0)
        self._out = self._button("−", tr("Zoom out"), "zoom_out", lambda: view.zoom_by(1 / STEP))
        self._percent = self._button("100 %", tr("Back to 100 %"), "natural", lambda: view.zoom_to(1.0))
        self._percent.setMinimumWidth(62)
        self._in = self._button("+", tr("Zoom in"), "zoom_in", lambda: view.zoom_by(STEP))
        self._fit = self._button(tr("Fit"), tr("Show the whole journey"), "fit", view.fit)
        self._fit.setProperty("last", True)
        for each in (self._out, self._percent, self._in, self._fit):
            row.addWidget(each)
        keymap().changed.connect(self._show_keys)
        self._show_keys()

    def show_zoom(self, zoom: float) -> None:
        """Say the zoom."""
        self._percent.setText(f"{round(zoom * 100)} %")

    def place(self) -> None:
        """Lie at the lower left; the lower right where one reads from there."""
        self.adjustSize()
        self.move(
            self._view.width() - self.width() - _EDGE if right_to_left() else _EDGE,
            self._view.height() - self.height() - _EDGE,
        )

    def _show_keys(self) -> None:
        for button, (text, name) in self._helps.items():
            button.setToolTip(with_keys(text, f"canvas.{name}"))

    def _button(self, text: str, help_text: str, name: str, act: Callable[[], None]) -> QToolButton:
        made = QToolButton(self)
        made.setText(text)
        made.setAccessibleName(help_text)
        self._helps[made] = (help_text, name)
        made.setAutoRaise(True)
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        made.setCursor(Qt.CursorShape.PointingHandCursor)
        made.clicked.connect(lambda _checked=False: act())
        return made
