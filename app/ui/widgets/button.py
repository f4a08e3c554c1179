"""Buttons: words first, a verb that says what will happen."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMenu, QPushButton, QToolButton, QWidget

from app.ui.theme import theme
from app.ui.widgets.label import plain_tip

_ICON_COLOURS = {"primary": "on_accent", "danger": "red", "ghost": "ink2", "link": "accent", "plain": "ink2"}


class Button(QPushButton):
    """A push button of one of our kinds: "primary" (one a page), "plain", "ghost", "danger", "link".

    "step", "segment" and "status" are parts of larger widgets.
    """

    def __init__(
        self,
        text: str,
        kind: str = "plain",
        parent: QWidget | None = None,
        *,
        icon: str = "",
        on_click: Callable[[], object] | None = None,
        compact: bool = False,
        help_text: str = "",
    ) -> None:
        super().__init__(text, parent)
        self.setProperty("kind", kind)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(False)
        if compact:
            self.setProperty("compact", True)
        if icon:
            self.setIcon(theme().icon(icon, _ICON_COLOURS[kind]))
            self.setIconSize(QSize(16, 16))
        if help_text:
            self.setToolTip(plain_tip(help_text))
        if on_click is not None:
            self.clicked.connect(lambda _checked=False: on_click())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the keyboard, as Space does: never another one."""
        if not _is_enter(event):
            super().keyPressEvent(event)
        elif event.isAutoRepeat():
            pass  # Held down, it would press again and again.
        elif self.menu() is not None:
            self.showMenu()
        else:
            self.click()

    def setMenu(self, menu: QMenu) -> None:
        """Open `menu` on a click; leaves room for the arrow."""
        self.setProperty("menu", True)
        super().setMenu(menu)


class IconButton(QToolButton):
    """A small button that is only an icon: its name is spoken and shown as a tooltip."""

    def __init__(
        self,
        icon: str,
        name: str,
        parent: QWidget | None = None,
        *,
        colour: str = "ink2",
        on_click: Callable[[], object] | None = None,
        checkable: bool = False,
    ) -> None:
        super().__init__(parent)
        self.setIcon(theme().icon(icon, colour))
        self.setIconSize(QSize(16, 16))
        self.setToolTip(plain_tip(name))
        self.setAccessibleName(name)
        self.setCheckable(checkable)
        self.setAutoRaise(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(28, 28)
        if on_click is not None:
            self.clicked.connect(lambda _checked=False: on_click())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the keyboard, as Space does: never another one."""
        if not _is_enter(event):
            super().keyPressEvent(event)
        elif not event.isAutoRepeat():
            self.click()


def _is_enter(event: QKeyEvent) -> bool:
    """Enter by itself: with Ctrl it belongs to the dialog."""
    enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
    return enter and event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
