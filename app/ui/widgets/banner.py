"""A sentence across a page that stays until it is dealt with."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from app.ui.theme import theme
from app.ui.widgets.button import Button
from app.ui.widgets.label import label
from app.ui.widgets.restyle import set_style_property

_ICONS = {
    "error": ("error", "red"),
    "warning": ("warning", "amber"),
    "ok": ("check", "accent"),
    "info": ("info", "blue"),
}


class Banner(QFrame):
    """Tones "error", "warning", "ok", "info": always a mark with the colour. With an action, one button; more are added
    by `add_action`."""

    def __init__(
        self,
        text: str = "",
        tone: str = "info",
        parent: QWidget | None = None,
        *,
        action: str = "",
        on_action: Callable[[], object] | None = None,
    ) -> None:
        super().__init__(parent)
        box = QHBoxLayout(self)
        box.setContentsMargins(12, 8, 12, 8)
        box.setSpacing(10)
        self._mark = QLabel(self)
        self.text = label(text, "body", self, wrap=True)
        box.addWidget(self._mark)
        box.addWidget(self.text, 1)
        self._box = box
        self.button = self.add_action(action, on_action) if action else None
        self._tone = tone
        self.say(text, tone)
        theme().changed.connect(self._paint_mark)

    def add_action(self, text: str, on_click: Callable[[], object] | None) -> Button:
        """One more button, at the end."""
        button = Button(text, "plain", self, compact=True, on_click=on_click)
        self._box.addWidget(button)
        return button

    def say(self, text: str, tone: str) -> None:
        """Change text and tone."""
        self._tone = tone
        self.text.setText(text)
        self.setAccessibleName(text)
        set_style_property(self, "tone", tone)
        self._paint_mark()

    def _paint_mark(self) -> None:
        icon, colour = _ICONS[self._tone]
        self._mark.setPixmap(theme().icon(icon, colour).pixmap(QSize(18, 18), self.devicePixelRatioF()))
