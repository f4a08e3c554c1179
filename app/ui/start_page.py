"""What stands in the window until a workspace is open, and where none can be opened: why, and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.kernel.errors import (
    WorkspaceBusy,
    WorkspaceCorrupt,
    WorkspaceError,
    WorkspaceFull,
    WorkspaceNewer,
    WorkspaceReadOnly,
    WorkspaceUnreachable,
)
from app.ui.secret_location import without_password
from app.ui.translation import mark, shown, tr

if TYPE_CHECKING:
    from app.ui.widgets import Card

_TITLES: dict[type[WorkspaceError], tuple[str, str]] = {
    WorkspaceBusy: (mark("The workspace is in use"), "lock"),
    WorkspaceReadOnly: (mark("The workspace may only be read"), "lock"),
    WorkspaceFull: (mark("There is no room left"), "database"),
    WorkspaceCorrupt: (mark("This is no workspace that can be read"), "error"),
    WorkspaceNewer: (mark("The workspace is from a newer Switchback"), "history"),
    WorkspaceUnreachable: (mark("The workspace cannot be reached"), "link"),
}


class StartPage(QWidget):
    """Calm in both cases. `again`, `anew` (make one there), `other` and `leave` tell which button was pressed."""

    again = Signal()
    anew = Signal()
    other = Signal()
    leave = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._box = QVBoxLayout(self)
        self._card: Card | None = None
        self._shown: tuple[str, str, str] | None = None
        self.title = QLabel(tr("Opening the workspace…"), self)
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.title.setProperty("role", "secondary")
        self.title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._box.addWidget(self.title)

    def show_opening(self, name: str) -> None:
        """While it opens."""
        self._drop_card()
        self.title.setText(tr("Opening {name}…", name=name) if name else tr("Opening the workspace…"))
        self.title.show()

    def show_error(
        self, error: WorkspaceError, location: str, *, tries_again: bool = False, gone: bool = False
    ) -> None:
        """Why it did not open, where it is, and what can be done. Nothing was changed. `tries_again`: the window does,
        by itself; the same error again changes nothing, so that who is about to press a button is not disturbed.
        `gone`: there is nothing there any more, and a new one can be made in its place."""
        from app.ui.widgets import Button, Card, IconTile, label  # not for the first paint

        known, self._shown = self._shown, (error.message, error.hint, location)
        if self._card is not None and known == self._shown:
            return
        self._drop_card()
        self.title.hide()
        words, icon = _TITLES.get(type(error), (mark("The workspace did not open"), "warning"))
        card = Card(self, margin=24)
        card.setFixedWidth(560)
        head = QHBoxLayout()
        head.setSpacing(14)
        head.addWidget(IconTile(icon, "amber", 40, card), alignment=Qt.AlignmentFlag.AlignTop)
        text = QVBoxLayout()
        text.setSpacing(4)
        text.addWidget(label(tr(words), "title", card))
        text.addWidget(label(shown(error.message), "body", card, wrap=True, selectable=True))
        if error.hint:
            text.addWidget(label(shown(error.hint), "secondary", card, wrap=True, selectable=True))
        text.addSpacing(4)
        location, _ = without_password(location)
        if location and location not in error.message:
            text.addWidget(label(location, "hint", card, wrap=True, selectable=True))
        if not gone:
            text.addWidget(label(tr("Nothing in it was changed."), "hint", card, wrap=True))
        if tries_again:
            text.addWidget(label(tr("It opens by itself once it can: no need to wait here."), "hint", card, wrap=True))
        head.addLayout(text, 1)
        card.box.addLayout(head)
        card.box.addSpacing(12)
        row = QHBoxLayout()
        row.addWidget(Button(tr("Quit"), "ghost", card, on_click=self.leave.emit))
        row.addStretch()
        if gone:
            row.addWidget(Button(tr("Make a new one there"), "plain", card, on_click=self.anew.emit))
        row.addWidget(Button(tr("Open another workspace…"), "plain", card, on_click=self.other.emit))
        self.again_button = Button(tr("Try again"), "primary", card, on_click=self.again.emit)
        row.addWidget(self.again_button)
        card.box.addLayout(row)
        self._card = card
        self._box.addWidget(card, alignment=Qt.AlignmentFlag.AlignCenter)
        self.again_button.setFocus()

    def _drop_card(self) -> None:
        if self._card is not None:
            self._box.removeWidget(self._card)
            self._card.deleteLater()
            self._card = None
