"""What the Tile panel shows for a folded group: its name, and the tiles that are in it."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.journey.activities import activity_type
from app.journey.edits import SetGroup
from app.journey.folding import group_of
from app.ui.document import JourneyDocument
from app.ui.panels.facts import column, empty, fact
from app.ui.panels.name_field import NameField
from app.ui.translation import shown, tr, trn
from app.ui.widgets import Button, Card, label


class GroupFacts(QWidget):
    """One group. Its name can be changed here; `unfold_requested` asks for its tiles on the canvas."""

    unfold_requested = Signal()

    def __init__(self, document: JourneyDocument, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._key = key
        box = column(self)
        self.title = label("", "title", self, wrap=True)
        self.about = label("", "secondary", self, wrap=True)
        self.name = NameField(tr("A group needs a name: its tile bears it."), self)
        self.name.renamed.connect(self._rename)
        self._tiles = QVBoxLayout()
        self._tiles.setSpacing(6)
        tiles = QWidget(self)
        tiles.setLayout(self._tiles)
        self._tiles.setContentsMargins(0, 0, 0, 0)
        self.unfold_button = Button(tr("Unfold"), "plain", self, icon="group", on_click=self.unfold_requested.emit)
        for widget in (self.title, self.about, self.name, fact(tr("Tiles in it"), tiles), self.unfold_button):
            box.addWidget(widget)
        box.addStretch()
        self.refresh()

    def refresh(self) -> None:
        """Show the group as it is now."""
        group = group_of(self._document.journey, self._key)
        if group is None:
            return
        self.title.setText(group.name)
        self.about.setText(trn("Group of {n} tile", "Group of {n} tiles", len(group.members)))
        self.name.show_name(group.name, read_only=self._document.read_only)
        empty(self._tiles)
        journey, context = self._document.journey, self._document.context.of(self._document.journey)
        for key in group.members:
            activity = journey.activities[key]
            card = Card(self, margin=8)
            card.box.setSpacing(2)
            card.box.addWidget(label(activity.name, "strong", card, wrap=True))
            summary = activity_type(activity.type).summary(activity, context)
            card.box.addWidget(label(shown(summary), "small", card, wrap=True))
            self._tiles.addWidget(card)

    def _rename(self, name: str) -> None:
        group = group_of(self._document.journey, self._key)
        if group is not None:
            self._document.apply(SetGroup(replace(group, name=name)))
