"""What happens to edits that a colleague's save overtook: theirs are shown, one's own wait until somebody decides."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.journey.edits import difference
from app.journey.journey import Journey
from app.kernel.said import said
from app.services.duplicate_journey import duplicate_journey
from app.services.open_journey import open_journey
from app.ui.errors import in_short
from app.ui.translation import tr

if TYPE_CHECKING:
    from app.services.views import JourneyCard, OpenJourney
    from app.ui.document import JourneyDocument


class Overtaken(QObject):
    """Belongs to a document. Signals: `changed` (whether a state waits), `copied` (JourneyCard of a kept copy) and
    `failed` (words)."""

    changed = Signal()
    copied = Signal(object)
    failed = Signal(str)

    def __init__(self, document: JourneyDocument) -> None:
        super().__init__(document)
        self._document = document
        self._mine: Journey | None = None

    @property
    def waits(self) -> bool:
        """Whether a state of one's own is in no draft."""
        return self._mine is not None

    def take_theirs(self) -> None:
        """What is edited here was activated or saved elsewhere meanwhile: show that, and write nothing over it. What
        is shown until then waits."""
        document = self._document
        workspace, journey_id = document.workspace, document.journey.id

        def take(opened: OpenJourney) -> None:
            mine = document.journey
            document.hold(still=False)
            document.show_version(opened)
            if mine != opened.journey:
                self._keep(mine)

        document.hold(still=True)
        document.work.run(
            self,
            lambda: open_journey(workspace, journey_id),
            take,
            document.not_saved,
            label=tr("Opening version"),
        )

    def keep_mine(self) -> bool:
        """Make one's own state of what is shown, as one edit that can be undone; whether that was done."""
        mine = self._mine
        if mine is None or not self._document.apply(difference(self._document.journey, mine, said("Keep my state"))):
            return False
        self.keep_theirs()
        return True

    def keep_theirs(self) -> None:
        """Nothing waits any longer."""
        self._mine = None
        self.changed.emit()

    def copy(self) -> None:
        """Keep the waiting state as a journey of its own, beside the window; `copied` follows, or `failed`."""
        mine, workspace = self._mine, self._document.workspace
        if mine is None:
            return

        def made(card: JourneyCard) -> None:
            if self._mine is mine:
                self.keep_theirs()
            self.copied.emit(card)

        self._document.work.run(
            self,
            lambda: duplicate_journey(workspace, mine.id, mine),
            made,
            lambda error: self.failed.emit(in_short(error)),
            label=tr("Copying"),
        )

    def settle(self) -> None:
        """The same before the journey closes, and come back then. Raises SwitchbackError where it cannot be kept."""
        document = self._document
        while (mine := self._mine) is not None:  # it may be overtaken once more meanwhile
            document.work.wait_for(partial(duplicate_journey, document.workspace, mine.id, mine), tr("Copying"))
            if self._mine is mine:
                self.keep_theirs()

    def _keep(self, mine: Journey) -> None:
        # Overtaken once more before anybody decided: of two waiting states the older one goes to a copy at once.
        self.copy()
        self._mine = mine
        self.changed.emit()
