"""What the Tile panel shows for a folded group: its name, and the tiles that are in it."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from app.journey.activities import activity_type
from app.journey.edits import SetGroup
from app.journey.folding import group_tile
from app.journey.journey import TileGroup
from app.ui.document import JourneyDocument
from app.ui.panels.facts import fact
from app.ui.translation import shown, tr, trn
from app.ui.widgets import Button, Card, FormField, label


class GroupFacts(QWidget):
    """One group. Its name can be changed here; `unfold_requested` asks for its tiles on the canvas."""

    unfold_requested = Signal()

    def __init__(self, document: JourneyDocument, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._key = key
        box = QVBoxLayout(self)
        box.setContentsMargins(14, 14, 14, 14)
        box.setSpacing(12)
        self.title = label("", "title", self, wrap=True)
        self.about = label("", "secondary", self, wrap=True)
        self.name = QLineEdit(self)
        self.name.editingFinished.connect(self._rename)
        self.name_field = FormField(tr("Name"), self.name, parent=self)
        self._tiles = QVBoxLayout()
        self._tiles.setSpacing(6)
        tiles = QWidget(self)
        tiles.setLayout(self._tiles)
        self._tiles.setContentsMargins(0, 0, 0, 0)
        self.unfold_button = Button(tr("Unfold"), "plain", self, icon="group", on_click=self.unfold_requested.emit)
        for widget in (self.title, self.about, self.name_field, fact(tr("Tiles in it"), tiles), self.unfold_button):
            box.addWidget(widget)
        box.addStretch()
        self.refresh()

    def refresh(self) -> None:
        """Show the group as it is now."""
        group = group_of(self._document, self._key)
        if group is None:
            return
        self.title.setText(group.name)
        self.about.setText(trn("Group of {n} tile", "Group of {n} tiles", len(group.members)))
        if not self.name.isModified():  # what was typed and not kept yet stays
            self.name.setText(group.name)
        self.name.setReadOnly(self._document.read_only)
        while (item := self._tiles.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        journey, context = self._document.journey, self._document.context.of(self._document.journey)
        for key in group.members:
            activity = journey.activities[key]
            card = Card(self, margin=8)
            card.box.setSpacing(2)
            card.box.addWidget(label(activity.name, "strong", card, wrap=True))
            summary = activity_type(activity.type).summary(activity, context)
            card.box.addWidget(label(shown(summary), "small", card, wrap=True))
            self._tiles.addWidget(card)

    def _rename(self) -> None:
        group, name = group_of(self._document, self._key), self.name.text().strip()
        if group is None:
            return
        if not name:
            self.name_field.set_error(tr("A group needs a name: its tile bears it."))
            self.name.setText(group.name)
            return
        self.name_field.clear()
        self.name.setModified(False)
        if name != group.name:
            self._document.apply(SetGroup(replace(group, name=name)))


def group_of(document: JourneyDocument, key: str) -> TileGroup | None:
    """The group that a tile of the canvas stands for."""
    return next((each for each in document.journey.groups if group_tile(each) == key), None)
