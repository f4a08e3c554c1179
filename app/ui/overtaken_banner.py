"""The sentence above a journey that somebody else changed at the same time, with the ways not to lose one's edits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from app.journey.journey import Status
from app.ui.translation import tr
from app.ui.widgets.banner import Banner
from app.ui.widgets.toast import toast

if TYPE_CHECKING:
    from app.ui.document import JourneyDocument


class OvertakenBanner(Banner):
    """Follows the document; hidden while nothing waits. It may stand there while one goes on editing."""

    def __init__(self, document: JourneyDocument, parent: QWidget) -> None:
        super().__init__("", "warning", parent)
        self._document = document
        overtaken = document.overtaken
        self.keep_mine = self.add_action(tr("Keep mine"), self._take_mine)
        self.copy_mine = self.add_action(tr("Mine as a copy"), overtaken.copy)
        self.keep_theirs = self.add_action(tr("Keep theirs"), overtaken.keep_theirs)
        overtaken.changed.connect(self.refresh)
        overtaken.copied.connect(lambda card: toast(self, tr("Your state was kept as {name}.", name=card.name)))
        overtaken.failed.connect(lambda words: toast(self, words))
        document.state_changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Say it as it is now."""
        document = self._document
        name = document.journey.name
        draft = document.status is Status.DRAFT
        self.keep_mine.setVisible(draft)
        self.say(
            tr("Somebody else changed {name} while you did. You see their state; your last edits wait.", name=name)
            if draft
            else tr("{name} was activated before your last edits were saved. They wait here.", name=name),
            "warning",
        )
        self.setVisible(document.overtaken.waits)

    def _take_mine(self) -> None:
        if self._document.overtaken.keep_mine():
            toast(self, tr("Your state is back. Undo brings theirs."))
