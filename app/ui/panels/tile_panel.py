"""The Tile panel: what the selected tile is, and what can be done with it without opening a dialog."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from app.journey.folding import group_of
from app.journey.journey import ENTRY
from app.ui.canvas.scene import note_of
from app.ui.document import JourneyDocument
from app.ui.panels.activity_facts import ActivityFacts
from app.ui.panels.entry_facts import EntryFacts
from app.ui.panels.group_facts import GroupFacts
from app.ui.panels.journey_facts import JourneyFacts
from app.ui.panels.note_facts import NoteFacts
from app.ui.work import Work


class TilePanel(QWidget):
    """Follows the selection. `open_requested` gives the key of the tile whose settings a person wants to see, and
    the step of an API Event's or ""; `unfold_requested` the key of a folded group's tile."""

    open_requested = Signal(str, str)
    unfold_requested = Signal(str)

    def __init__(self, document: JourneyDocument, work: Work, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._work = work
        self._area = QScrollArea(self)
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # what is in it takes the keyboard
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._area)
        self._shown = ""
        self._refresh: Callable[[], None] = lambda: None
        for news in (document.selection_changed, document.state_changed):
            news.connect(self.rebuild)
        document.context_changed.connect(self._again)
        document.problems_changed.connect(self._again)
        document.changed.connect(lambda _keys: self._again())
        self.rebuild()

    def rebuild(self) -> None:
        """Show the tile that is selected now; several or none: the journey."""
        chosen = self._document.selection
        key = chosen[0] if len(chosen) == 1 and self._exists(chosen[0]) else ""
        facts: EntryFacts | GroupFacts | NoteFacts | ActivityFacts | JourneyFacts
        if key == ENTRY:
            facts = EntryFacts(self._document, self._work)
            facts.open_requested.connect(lambda step: self.open_requested.emit(ENTRY, step))
        elif group_of(self._document.journey, key) is not None:
            facts = GroupFacts(self._document, key)
            facts.unfold_requested.connect(lambda: self.unfold_requested.emit(key))
        elif note_of(self._document.journey, key) is not None:
            facts = NoteFacts(self._document, key)
        elif key:
            facts = ActivityFacts(self._document, key)
            facts.open_requested.connect(lambda: self.open_requested.emit(key, ""))
        else:
            facts = JourneyFacts(self._document, len(chosen))
        facts.setProperty("transparent", True)
        self._shown = key
        self._refresh = facts.refresh
        self._area.setWidget(facts)

    def _again(self) -> None:
        """The same tile with what it says now; gone: whatever is selected instead."""
        if self._shown and not self._exists(self._shown):
            self.rebuild()
        else:
            self._refresh()

    def _exists(self, key: str) -> bool:
        journey = self._document.journey
        if key == ENTRY:
            return journey.entry is not None
        aside = group_of(journey, key) is not None or note_of(journey, key) is not None
        return aside or key in journey.activities
