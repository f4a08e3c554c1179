"""What the dialogs share by which a journey leaves as a picture: choices beside a preview, and drawing aside."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.kernel.errors import InvalidInput
from app.ui.dialogs.drawing import draw_aside
from app.ui.dialogs.frame import Dialog
from app.ui.errors import in_words
from app.ui.picture import Watch
from app.ui.sides import margins
from app.ui.widgets.page_preview import PagePreview
from app.ui.widgets.toast import toast
from app.ui.work import Ticket, Work

MadeT = TypeVar("MadeT")


class OutputDialog(Dialog):
    """A leaf fills `side`, its column of choices, and shows in `preview` what will come out."""

    def __init__(self, title: str, parent: QWidget | None, work: Work, *, name: str, size: QSize) -> None:
        super().__init__(title, parent, name=name, size=size)
        self.work = work
        self.preview = PagePreview(work, self)
        self._drawing: Ticket | None = None
        self._choices = QWidget(self)
        self.side = QVBoxLayout(self._choices)
        self.side.setContentsMargins(margins(20, 16, 12, 16))
        self.side.setSpacing(12)

    def lay_out(self, width: int, below: Sequence[QWidget]) -> None:
        """Put the choices, `width` px wide at the least, beside the preview, and `below` under it."""
        self.side.addStretch()
        self._choices.setFixedWidth(max(width, self.side.minimumSize().width()))
        ground = QFrame(self)
        ground.setProperty("role", "aside")
        inside = QVBoxLayout(ground)
        inside.setContentsMargins(8, 8, 8, 8)
        inside.addWidget(self.preview, 1)
        row = QHBoxLayout()
        row.addStretch()
        for each in below:
            row.addWidget(each)
        row.addStretch()
        inside.addLayout(row)
        across = QHBoxLayout()
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addWidget(self._choices)
        across.addWidget(ground, 1)
        self.body.addLayout(across)

    def draw(self, words: str, job: Callable[[Watch], MadeT], then: Callable[[MadeT], None]) -> None:
        """Do `job` off the GUI thread, then `then` with what it made; one at a time, a second one is not begun."""
        if self._drawing is None or self._drawing.done or self._drawing.cancelled:
            self._drawing = draw_aside(self, self.work, words, job, then, self.failed)

    def failed(self, error: Exception) -> None:
        """Say what a person can mend, above the choices; the rest is a fault of ours."""
        if isinstance(error, InvalidInput):
            self.say(in_words(error))
        else:
            self.work.unhandled.emit(error)

    def finish_with(self, words: str) -> None:
        """Close, and say over the window what was done."""
        parent = self.parentWidget()
        self.finish()
        if parent is not None:
            toast(parent, words)
