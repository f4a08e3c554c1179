"""The history: every edit in its order; a click takes the journey to that state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from app.ui.theme import theme
from app.ui.translation import tr
from app.ui.undo import jump
from app.ui.widgets.label import label

if TYPE_CHECKING:
    from app.ui.document import JourneyDocument


class HistoryPanel(QWidget):
    """What was undone is shown faded below the current state until another edit is made."""

    def __init__(self, document: JourneyDocument, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        box = QVBoxLayout(self)
        box.setContentsMargins(8, 10, 8, 8)
        self._hint = label(
            tr("Edits appear here as you make them. A click takes the journey to that state."), "hint", wrap=True
        )
        self._hint.setContentsMargins(6, 4, 6, 4)
        self.list = QListWidget(self)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setAccessibleName(tr("History of edits"))
        self.list.currentRowChanged.connect(self._jump)
        box.addWidget(self._hint)
        box.addWidget(self.list, 1)
        stack = document.undo_stack
        stack.indexChanged.connect(lambda _index: self._fill())
        theme().changed.connect(self._fill)
        self._fill()

    def _fill(self) -> None:
        stack = self._document.undo_stack
        with QSignalBlocker(self.list):
            # Rows are reused: the list is told of every edit, and a long one would be built again each time.
            while self.list.count() > stack.count() + 1:
                self.list.takeItem(self.list.count() - 1)
            for number in range(stack.count() + 1):
                words = tr("As it was opened") if number == 0 else stack.text(number - 1)
                row = self.list.item(number)
                if row is None:
                    row = QListWidgetItem()
                    self.list.addItem(row)
                row.setText(words)
                undone = number > stack.index()
                row.setForeground(QColor(theme().color("ink3" if undone else "ink")))
                row.setToolTip(tr("Undone: a click makes it again") if undone else "")
                font = QFont(self.list.font())
                font.setItalic(undone)
                font.setWeight(QFont.Weight.DemiBold if number == stack.index() else QFont.Weight.Normal)
                row.setFont(font)
                row.setData(Qt.ItemDataRole.AccessibleTextRole, tr("{words}, undone", words=words) if undone else words)
            self.list.setCurrentRow(stack.index())
        self.list.scrollToItem(self.list.currentItem())
        self._hint.setVisible(stack.count() == 0)
        self.list.setEnabled(not self._document.read_only)

    def _jump(self, row: int) -> None:
        if row >= 0 and row != self._document.undo_stack.index():
            jump(self._document, row)
