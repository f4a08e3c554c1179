"""What the contact did with a message: set by hand, read by engagement splits."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from app.journey.engagement import BOUNCE, CLICK, OPEN
from app.services.mark_message import mark_message
from app.services.views import SentMessage
from app.ui.session import Session
from app.ui.translation import mark, tr
from app.ui.widgets import label

MARKS = {OPEN: mark("Opened"), CLICK: mark("Clicked"), BOUNCE: mark("Bounced")}
_OF_CHANNEL = {"email": (OPEN, CLICK, BOUNCE), "push": (OPEN, CLICK, BOUNCE), "sms": (CLICK, BOUNCE)}


class MessageMarks(QWidget):
    """A box for each thing that can be done with a message of its channel; ticking one records it at once, taking the
    tick away takes it back."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._message_id = ""
        help_text = tr("Engagement splits read this.")
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 4, 0, 0)
        box.setSpacing(0)
        row = QHBoxLayout()
        row.setSpacing(14)
        row.addWidget(label(tr("Recorded:"), "secondary", self))
        self.boxes = {metric: QCheckBox(tr(words), self) for metric, words in MARKS.items()}
        for metric, mark_box in self.boxes.items():
            mark_box.setToolTip(help_text)
            mark_box.clicked.connect(lambda on, metric=metric: self._mark(metric, on))
            row.addWidget(mark_box)
        row.addStretch()
        box.addLayout(row)
        box.addWidget(label(help_text, "hint", self))

    def show_message(self, message: SentMessage) -> None:
        """Show what is recorded of a message; nothing for a channel that knows no marks."""
        self._message_id = message.id
        metrics = _OF_CHANNEL.get(message.channel.lower(), ())
        self.setVisible(bool(metrics))
        for metric, box in self.boxes.items():
            box.setVisible(metric in metrics)
            box.setEnabled(not self._session.workspace.info.read_only)
        self._tick(message.marks)

    def _tick(self, marks: frozenset[str]) -> None:
        for metric, box in self.boxes.items():
            box.setChecked(metric in marks)

    def _mark(self, metric: str, on: bool) -> None:
        workspace, message_id = self._session.workspace, self._message_id
        self._session.work.run(
            self,
            lambda: mark_message(workspace, message_id, metric, on=on),
            lambda marks: self._marked(message_id, marks),
            lambda error: self._failed(metric, on, error),
        )

    def _marked(self, message_id: str, marks: frozenset[str]) -> None:
        if message_id == self._message_id:
            self._tick(marks)

    def _failed(self, metric: str, on: bool, error: Exception) -> None:
        self.boxes[metric].setChecked(not on)
        self._session.failed.emit(error)
