"""A short word at the bottom of the window that goes by itself."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEasingCurve, QEvent, QObject, QPropertyAnimation, Qt, QTimer
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QFrame, QGraphicsDropShadowEffect, QHBoxLayout, QWidget

from app.ui.theme import theme
from app.ui.widgets.aloud import announce
from app.ui.widgets.button import Button
from app.ui.widgets.label import label, shortened

_SHORTEST_MS = 4000
_LONGEST_MS = 20000
_MS_A_CHARACTER = 60
"""Long enough to be read twice at an easy pace."""


class Toast(QFrame):
    """Lies over its window; stays while the pointer is on it or its button has the focus."""

    def __init__(
        self, window: QWidget, text: str, action: str = "", on_action: Callable[[], object] | None = None
    ) -> None:
        super().__init__(window)
        self.setAccessibleName(text)
        text = shortened(text)
        box = QHBoxLayout(self)
        box.setContentsMargins(14, 9, 14, 9)
        box.setSpacing(12)
        self.text = label(text, "body", self, wrap=len(text) > 80)
        if len(text) > 80:
            self.text.setFixedWidth(460)
        box.addWidget(self.text)
        self.button: Button | None = None
        if action:
            self.button = Button(action, "plain", self, compact=True, on_click=on_action)
            self.button.clicked.connect(self.close)
            box.addWidget(self.button)
        shadow = QGraphicsDropShadowEffect(self)
        shadow.setBlurRadius(24)
        shadow.setOffset(0, 6)
        shadow.setColor(QColor(0, 0, 0, 70))
        self.setGraphicsEffect(shadow)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(min(_LONGEST_MS, _SHORTEST_MS + _MS_A_CHARACTER * len(text)))
        self._timer.timeout.connect(self._expire)
        window.installEventFilter(self)
        self._motion = QPropertyAnimation(self, b"pos", self)

    def stay(self, milliseconds: int) -> None:
        """So long, instead of what its words would need."""
        self._timer.setInterval(milliseconds)

    def pop(self) -> None:
        """Show it and start its time."""
        self.adjustSize()
        self._place()
        self.show()
        self.raise_()
        announce(self, self.accessibleName())
        if theme().motion_ms:
            end = self.pos()
            self._motion.setDuration(theme().motion_ms)
            self._motion.setEasingCurve(QEasingCurve.Type.OutCubic)
            self._motion.setStartValue(end + type(end)(0, 12))
            self._motion.setEndValue(end)
            self._motion.start()
        self._timer.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay at the bottom of the window when it is resized."""
        if event.type() == QEvent.Type.Resize and watched is self.parentWidget():
            self._place()
        return False

    def _place(self) -> None:
        window = self.parentWidget()
        if window is not None:
            self.move((window.width() - self.width()) // 2, window.height() - self.height() - 44)

    def _expire(self) -> None:
        if self.underMouse() or (self.button is not None and self.button.hasFocus()):
            self._timer.start(1500)
        else:
            self.close()


def put_away(window: QWidget) -> None:
    """Close the toast of a window: what it offers is no longer there."""
    for old in window.findChildren(Toast):
        old.close()


def toast(
    widget: QWidget,
    text: str,
    action: str = "",
    on_action: Callable[[], object] | None = None,
    milliseconds: int | None = None,
) -> Toast:
    """Say `text` at the bottom of the window that `widget` is in; one at a time, as long as it takes to read it twice
    or as long as is said."""
    window = widget.window()
    put_away(window)
    made = Toast(window, text, action, on_action)
    if milliseconds is not None:
        made.stay(milliseconds)
    made.pop()
    return made
