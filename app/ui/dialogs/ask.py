"""A question before something that cannot be undone, and a message that wants to be read."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from app.ui.translation import tr
from app.ui.widgets import Button, IconTile, label


class Ask(QDialog):
    """Title, text, and two buttons whose words say what will happen. Esc is the harmless one."""

    def __init__(
        self,
        parent: QWidget | None,
        title: str,
        text: str,
        action: str,
        *,
        danger: bool = False,
        cancel: str | None = None,
        icon: str = "",
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setMaximumWidth(560)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 20, 20, 16)
        box.setSpacing(16)
        box.addStrut(380)
        head = QHBoxLayout()
        head.setSpacing(14)
        sign = IconTile(icon or ("warning" if danger else "info"), "red" if danger else "accent", 36, self)
        head.addWidget(sign, alignment=Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(label(title, "title", self, wrap=True))
        self._text = label(text, "secondary", self, wrap=True)
        words.addWidget(self._text)
        head.addLayout(words, 1)
        box.addLayout(head)
        row = QHBoxLayout()
        row.addStretch()
        if cancel != "":
            self.cancel_button = Button(cancel or tr("Cancel"), "plain", self, on_click=self.reject)
            row.addWidget(self.cancel_button)
        self.action_button = Button(action, "danger" if danger else "primary", self, on_click=self.accept)
        row.addWidget(self.action_button)
        box.addLayout(row)
        (self.cancel_button if danger and cancel != "" else self.action_button).setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        """A long text is read whole: by itself Qt gives it less height than it needs."""
        super().showEvent(event)
        missing = self._text.heightForWidth(self._text.width()) - self._text.height()
        if missing > 0:
            most = self.screen().availableGeometry().height() - 60
            self.resize(self.width(), min(most, self.height() + missing))


def ask(parent: QWidget | None, title: str, text: str, action: str, *, danger: bool = False) -> bool:
    """Whether the person chose `action`."""
    return Ask(parent, title, text, action, danger=danger).exec() == QDialog.DialogCode.Accepted


def tell(parent: QWidget | None, title: str, text: str) -> None:
    """Say something that must be read."""
    Ask(parent, title, text, "OK", cancel="", icon="warning").exec()
