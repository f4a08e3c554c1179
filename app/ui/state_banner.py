"""The sentence above a version that cannot be edited: why, what a pause means and when it ends, and the way on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from app.journey.journey import Status
from app.services.pause_journey import AT_THE_END, EXTEND_WAITS, FINISHING, KEEP_ARRIVALS, STOP, ends_at, paused_at
from app.ui.moments import at, zone_of
from app.ui.translation import tr
from app.ui.widgets.banner import Banner

if TYPE_CHECKING:
    from app.ui.document import JourneyDocument

_AGAIN_MS = 15_000
"""How often it is said anew: what ends "tomorrow" ends "today" after midnight."""


class StateBanner(Banner):
    """Follows the document. `new_version` makes the draft, or opens the one that is there."""

    def __init__(self, document: JourneyDocument, new_version: Callable[[], object], parent: QWidget) -> None:
        super().__init__("", "info", parent, action=tr("New version"), on_action=new_version)
        self._document = document
        self._clock = QTimer(self, interval=_AGAIN_MS)
        self._clock.timeout.connect(self.refresh)
        self._clock.start()
        document.state_changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Say it as it is now; nothing for a draft."""
        document = self._document
        why = document.why_read_only
        if document.status is Status.PAUSED:
            workspace = document.workspace
            why = paused_words(document.pause, workspace.clock.now(), zone_of(workspace.info))
        if not why:
            self.say("", "info")
            return
        drafted = any(status is Status.DRAFT for _, status in document.versions)
        self.say(
            tr("{why} Its draft can be changed.", why=why)
            if drafted
            else tr("{why} New version makes a draft that you can change.", why=why),
            "info",
        )
        if self.button is not None:
            self.button.setText(tr("Open the draft") if drafted else tr("New version"))


def paused_words(pause: Mapping[str, Any], now: datetime, zone: tzinfo) -> str:
    """Since when, what happens to arrivals and waits, when it ends and what then. `pause` holds the choices that were
    kept with it, `zone` is the workspace's."""
    began = paused_at(pause)
    since = (
        tr("Paused: nobody enters and nobody goes on.")
        if began is None  # by an older Switchback
        else tr("Paused since {moment}: nobody enters and nobody goes on.", moment=at(began, now, zone))
    )
    return " ".join((since, *_meanwhile(pause), _end(pause, now, zone)))


def _meanwhile(pause: Mapping[str, Any]) -> list[str]:
    found = []
    if pause.get(FINISHING) is not True:  # nobody arrives at an older version
        found.append(
            tr("Contacts that arrive are kept in a queue and decided afterwards.")
            if pause.get(KEEP_ARRIVALS) is True
            else tr("Contacts that arrive are turned away.")
        )
    if pause.get(EXTEND_WAITS) is True:
        found.append(tr("Waits by duration last longer by the time of the pause."))
    return found


def _end(pause: Mapping[str, Any], now: datetime, zone: tzinfo) -> str:
    end = ends_at(pause)
    if end is None:
        return tr("It stays so until somebody presses Resume.")
    if end <= now:
        return tr("Its time is over: it ends within a moment.")
    moment = at(end, now, zone)
    if pause.get(AT_THE_END) == STOP:
        return tr("It stops for good {moment}, unless somebody presses Resume before.", moment=moment)
    return tr("It goes on by itself {moment}, or when somebody presses Resume.", moment=moment)
