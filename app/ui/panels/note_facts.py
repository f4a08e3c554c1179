"""What the Tile panel shows for a note: its text, and the tile that it is anchored to."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QWidget

from app.journey.edits import SetNote
from app.ui.canvas.scene import note_of
from app.ui.document import JourneyDocument
from app.ui.panels.facts import column, fact
from app.ui.translation import tr
from app.ui.widgets import label


class NoteFacts(QWidget):
    """One note. Its text can be changed here; leaving keeps it."""

    def __init__(self, document: JourneyDocument, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._key = key
        box = column(self)
        self.text = QPlainTextEdit(self)
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(160)
        self.text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.text.installEventFilter(self)
        self.anchor = label("", "body", self, wrap=True)
        box.addWidget(label(tr("Note"), "title", self))
        box.addWidget(fact(tr("Text of the note"), self.text))
        box.addWidget(fact(tr("Stands at"), self.anchor))
        box.addStretch()
        self.refresh()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leaving keeps what was written."""
        if event.type() == QEvent.Type.FocusOut:
            self._keep()
        return False

    def refresh(self) -> None:
        """Show the note as it is now."""
        note = note_of(self._document.journey, self._key)
        if note is None:
            return
        if not self.text.document().isModified():  # what was written and not kept yet stays
            self.text.setPlainText(note.text)
        self.text.setReadOnly(self._document.read_only)
        tile = self._document.journey.activities.get(note.anchor or "")
        free = tr("No tile: it lies free on the canvas. Drag it onto a tile to anchor it.")
        self.anchor.setText(tile.name if tile is not None else free)

    def _keep(self) -> None:
        note, text = note_of(self._document.journey, self._key), self.text.toPlainText().strip()
        if note is None or not self.text.document().isModified():
            return
        self.text.document().setModified(False)
        if text and text != note.text:
            self._document.apply(SetNote(note.id, text, note.anchor))
        else:
            self.refresh()
