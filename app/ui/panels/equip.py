"""Puts the panels on a journey's page and ties them to each other and to the news of the workspace."""

from __future__ import annotations

from PySide6.QtCore import QObject

from app.services.explain_event import explain_event
from app.services.recent_events import refused_result
from app.services.views import EventLine, FireResult
from app.ui.bridge import Bridge
from app.ui.document import JourneyDocument
from app.ui.journey_page import JourneyPage
from app.ui.panels.event_log import EventLog
from app.ui.panels.test_panel import TestPanel
from app.ui.panels.tile_panel import TilePanel
from app.ui.translation import tr
from app.ui.work import Work


class Panels(QObject):
    """The three panels of one page; they go with it, and so does what they hear of the workspace."""

    def __init__(self, page: JourneyPage, document: JourneyDocument, work: Work, bridge: Bridge) -> None:
        super().__init__(page)
        self._page = page
        self._document = document
        self._work = work
        self.tile = TilePanel(document, work, page)
        self.test = TestPanel(document, work, page)
        self.log = EventLog(document.workspace, work, page, journey_id=document.journey.id)
        page.add_panel("tile", tr("Tile"), self.tile)
        page.add_panel("test", tr("Test"), self.test)
        page.add_drawer(self.log)
        page.show_panel("tile")
        self.tile.open_requested.connect(page.open_tile)
        self.tile.unfold_requested.connect(page.canvas.groups.unfold_at)
        self.test.fired.connect(self._fired)
        self.log.event_chosen.connect(self.show_event)
        bridge.events_arrived.connect(self.log.refresh_soon)
        bridge.contacts_moved.connect(self.log.refresh_soon)
        bridge.workspace_changed.connect(self._changed)

    def show_event(self, line: EventLine) -> None:
        """Light the way of a logged event on the canvas and show why; a refused call has only its reason."""
        if line.error is not None:
            self._explained(refused_result(line))
            return
        workspace = self._document.workspace
        self._work.run(
            self._page, lambda: explain_event(workspace, line.id), self._explained, label=tr("Reading the decision")
        )

    def _explained(self, result: FireResult) -> None:
        self._page.side.show_panel("test")  # the keyboard stays in the log
        self.test.show_past(result)

    def _fired(self, _result: FireResult) -> None:
        self.log.refresh()

    def _changed(self, what: str) -> None:
        if what in ("events", "data_extensions", "settings"):
            self._document.refresh_context()
        elif what == "journeys":
            self._document.refresh_state()


def equip(page: JourneyPage, bridge: Bridge) -> Panels:
    """Give the page its Tile and Test panels and the event log."""
    return Panels(page, page.document, page.document.work, bridge)
