"""Drawing that takes its time: off the GUI thread, with a bar and Cancel once it takes longer than half a second."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QSize, QTimer
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from app.ui.dialogs.csv_pages import ProgressPage
from app.ui.dialogs.frame import Dialog
from app.ui.picture import Watch
from app.ui.translation import number, tr
from app.ui.work import Ticket, Work

MadeT = TypeVar("MadeT")

_SHOW_AFTER_MS = 500
_TICK_MS = 100


class DrawingDialog(Dialog):
    """How far it is. Cancel and Esc stop it."""

    def __init__(self, words: str, watch: Watch, parent: QWidget) -> None:
        super().__init__(words, parent, name="drawing", size=QSize(420, 190))
        self._words, self._watch = words, watch
        self.ticket: Ticket | None = None
        self.page = ProgressPage(self)
        self.body.addWidget(self.page)
        self.primary.hide()
        self.foot.fill([], [self.cancel_button])
        self._tick = QTimer(self, interval=_TICK_MS)
        self._tick.timeout.connect(self._show_share)
        self._tick.start()
        self._show_share()

    def close_unasked(self) -> None:
        """Stop it, and go."""
        if self.ticket is not None:
            self.ticket.cancel()
        super().close_unasked()

    def _show_share(self) -> None:
        share = min(1.0, self._watch.share)
        self.page.show_progress(tr("{percent} % drawn", percent=number(round(100 * share))), share)


def draw_aside(
    parent: QWidget,
    work: Work,
    words: str,
    job: Callable[[Watch], MadeT],
    then: Callable[[MadeT], None],
    failed: Callable[[Exception], None] | None = None,
) -> Ticket:
    """Do `job` in the pool, then `then(result)` or `failed(error)`; `words` say over the bar what is being done.
    Cancelled, it calls neither."""
    watch = Watch()
    shown: list[DrawingDialog] = []

    def put_away() -> None:
        if shown and isValid(shown[0]):
            shown[0].finish()

    def done(made: MadeT) -> None:
        put_away()
        then(made)

    def broke(error: Exception) -> None:
        put_away()
        if failed is None:
            work.unhandled.emit(error)
        else:
            failed(error)

    def show() -> None:
        if not ticket.done and not ticket.cancelled:
            dialog = DrawingDialog(words, watch, parent)
            dialog.ticket = ticket
            shown.append(dialog)
            dialog.open()

    ticket = work.run(parent, lambda: job(watch), done, broke, cancel=watch.stop)
    QTimer.singleShot(_SHOW_AFTER_MS, parent, show)
    return ticket
