"""The filter as one line of the expression language, with completion and errors at their column."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QWidget

from app.filters.text import Proposal, complete, parse, to_text
from app.filters.tree import Group
from app.ui.filter_builder.model import FilterModel
from app.ui.filter_builder.source_mode import SourceMode
from app.ui.filter_builder.surroundings import Surroundings
from app.ui.translation import tr
from app.ui.widgets.aloud import tell

_MOST_PROPOSALS = 9
_ROW = 26


class TextMode(SourceMode):
    """The expression language."""

    def __init__(self, model: FilterModel, surroundings: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(model, surroundings, parent)
        self.edit.setAccessibleName(tr("Filter as text"))
        self.edit.setPlaceholderText(
            tr('[Cart total] > 50 and (Country = "NO" or Loyalty.Tier is one of ("Gold", "Silver"))')
        )
        self.hint.setText(tr("Ctrl+Space completes · and, or, not (…), brackets group"))
        self.list = QListWidget(self.edit)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setFrameShape(QFrame.Shape.StyledPanel)
        self.list.itemClicked.connect(lambda _item: self._take())
        self.list.currentTextChanged.connect(lambda text: tell(self.edit, text) if text else None)
        self.list.hide()
        self.edit.textChanged.connect(self._propose_later)
        self.edit.installEventFilter(self)

    def write_tree(self, group: Group) -> str:
        """One line."""
        return to_text(group, self._surroundings.catalog)

    def read_tree(self, text: str) -> Group:
        """The tree. Raises UnreadableFile with its column."""
        return parse(text, self._surroundings.catalog)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys of the completion list while it is open, and Ctrl+Space that opens it."""
        if event.type() == QEvent.Type.FocusOut:
            self.list.hide()
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        key = event.key()
        if key == Qt.Key.Key_Space and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.open_completion()
            return True
        if not self.list.isVisible():
            return False
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            step = -1 if key == Qt.Key.Key_Up else 1
            self.list.setCurrentRow((self.list.currentRow() + step) % self.list.count())
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab):
            self._take()
            return True
        if key == Qt.Key.Key_Escape:
            self.list.hide()
            return True
        return False

    def open_completion(self) -> None:
        """Propose what could stand at the cursor."""
        cursor = self.edit.textCursor().position()
        text = self.edit.toPlainText()
        values = self._surroundings.existing
        proposals = complete(text, cursor, self._surroundings.catalog, values)
        proposals = tuple(p for p in proposals if text[p.start : p.end] != p.text)[:_MOST_PROPOSALS]
        self.list.clear()
        for proposal in proposals:
            words = f"{proposal.text}    {proposal.detail}" if proposal.detail else proposal.text
            item = QListWidgetItem(words)
            item.setData(Qt.ItemDataRole.UserRole, proposal)
            self.list.addItem(item)
        self.list.setVisible(bool(proposals))
        if proposals:
            self.list.setCurrentRow(0)
            self._place_list()

    def _take(self) -> None:
        item = self.list.currentItem()
        proposal = item.data(Qt.ItemDataRole.UserRole) if item else None
        self.list.hide()
        if not isinstance(proposal, Proposal):
            return
        cursor = self.edit.textCursor()
        cursor.setPosition(proposal.start)
        cursor.setPosition(proposal.end, QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(proposal.text + ("" if proposal.text in "()" else " "))
        self.edit.setTextCursor(cursor)

    def _propose_later(self) -> None:
        if not self._showing:
            QTimer.singleShot(0, self, self._complete_after_typing)

    def _complete_after_typing(self) -> None:
        if self.edit.hasFocus():
            self.open_completion()

    def _place_list(self) -> None:
        caret: QRect = self.edit.cursorRect()
        width = max(220, min(420, self.list.sizeHintForColumn(0) + 32))
        height = self.list.count() * max(_ROW, self.list.sizeHintForRow(0)) + 8
        below = caret.bottom() + 6
        y = below if below + height < self.edit.height() else max(2, caret.top() - height - 4)
        if y + height > self.edit.height():
            height = max(3 * _ROW, self.edit.height() - y - 4)
        self.list.setGeometry(max(2, min(caret.left(), self.edit.width() - width - 4)), y, width, height)
        self.list.raise_()
