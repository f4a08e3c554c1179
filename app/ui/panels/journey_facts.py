"""What the Tile panel shows when no single tile is selected: the journey."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.ui.document import JourneyDocument
from app.ui.panels.facts import column, fact
from app.ui.translation import tr, trn
from app.ui.widgets import label, shortened


class JourneyFacts(QWidget):
    """Name, description, entry mode and size of the journey. `selected` is how many tiles are selected."""

    def __init__(self, document: JourneyDocument, selected: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        box = column(self)
        self.title = label("", "title", self, wrap=True)
        self.about = label("", "secondary", self, wrap=True)
        self.mode = label("", "body", self)
        self.extent = label("", "body", self)
        self.email = label("", "body", self)
        box.addWidget(self.title)
        box.addWidget(self.about)
        for name, value in (
            (tr("Who may enter again"), self.mode),
            (tr("Messages go to"), self.email),
            (tr("Size"), self.extent),
        ):
            box.addWidget(fact(name, value))
        words = (
            trn("{n} tile is selected.", "{n} tiles are selected.", selected)
            if selected > 1
            else tr("Select a tile to see what it does.")
        )
        box.addWidget(label(words, "hint", self, wrap=True))
        box.addStretch()
        self.refresh()

    def refresh(self) -> None:
        """Show the journey as it is now."""
        journey = self._document.journey
        self.title.setText(shortened(journey.name))
        self.about.setText(journey.description or tr("No description yet: add one in Settings."))
        self.mode.setText(tr(journey.entry_mode.label))
        self.email.setText(journey.default_email or tr("the event's first email address"))
        count = len(journey.activities)
        self.extent.setText(trn("{n} activity", "{n} activities", count))
