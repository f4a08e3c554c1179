"""The filter as one line of the expression language, with completion and errors at their column."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer
from PySide6.QtGui import QColor, QKeyEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QPlainTextEdit, QTextEdit, QVBoxLayout, QWidget

from app.filters.text import Proposal, complete, parse, to_text
from app.filters.tree import EMPTY
from app.kernel.errors import InvalidInput, UnreadableFile
from app.ui.filter_builder.model import FilterModel
from app.ui.filter_builder.surroundings import Surroundings
from app.ui.filter_builder.unfinished import without_new
from app.ui.theme import theme
from app.ui.widgets import label

_READ_AFTER_MS = 180
_MOST_PROPOSALS = 9
_ROW = 26
_HINT = "Ctrl+Space completes · and, or, not (…), brackets group · Ctrl+Z undoes"


class TextMode(QWidget):
    """Typing changes the tree as soon as the text can be read; until then `problem` says where it cannot."""

    def __init__(self, model: FilterModel, surroundings: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._surroundings = surroundings
        self._showing = False
        self.problem = ""
        self.edit = QPlainTextEdit(self)
        self.edit.setFont(theme().font("mono"))
        self.edit.setTabChangesFocus(True)
        self.edit.setAccessibleName("Filter as text")
        self.edit.setPlaceholderText(
            '[Cart total] > 50 and (Country = "NO" or Loyalty.Tier is one of ("Gold", "Silver"))'
        )
        self.edit.setMinimumHeight(120)
        self.message = label("", "error", self, wrap=True)
        self.hint = label(_HINT, "hint", self)
        self.list = QListWidget(self.edit)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setProperty("role", "completion")
        self.list.setFrameShape(QFrame.Shape.StyledPanel)
        self.list.itemClicked.connect(lambda _item: self._take())
        self.list.hide()
        box = QVBoxLayout(self)
        box.setContentsMargins(4, 0, 4, 0)
        box.setSpacing(6)
        box.addWidget(self.edit, 1)
        box.addWidget(self.message)
        box.addWidget(self.hint)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_READ_AFTER_MS)
        self._timer.timeout.connect(self.read)
        self.edit.textChanged.connect(self._typed)
        self.edit.installEventFilter(self)
        model.changed.connect(self._tree_changed)

    def set_read_only(self, read_only: bool) -> None:
        """Whether the text may be changed."""
        self.edit.setReadOnly(read_only)
        self.hint.setVisible(not read_only)

    def focus_text(self) -> None:
        """Put the cursor at the end."""
        self.edit.setFocus()
        self.edit.moveCursor(QTextCursor.MoveOperation.End)

    def show_tree(self) -> None:
        """Write the tree as text."""
        group = without_new(self._model.group)
        self._showing = True
        self.edit.setPlainText("" if group == EMPTY else to_text(group, self._surroundings.catalog))
        self._showing = False
        self._say("", None)

    def read(self) -> None:
        """Read the text; a text that can be read becomes the tree."""
        self._timer.stop()
        text = self.edit.toPlainText()
        try:
            group = parse(text, self._surroundings.catalog) if text.strip() else EMPTY
        except InvalidInput as problem:
            at = _position(text, problem) if isinstance(problem, UnreadableFile) else None
            where = f"Column {problem.column}: " if isinstance(problem, UnreadableFile) and problem.line == 1 else ""
            if isinstance(problem, UnreadableFile) and problem.line > 1:
                where = f"Line {problem.line}, column {problem.column}: "
            self._say(f"{where}{problem.message} {problem.hint}".strip(), at)
            return
        self._say("", None)
        self._showing = True
        self._model.replace_all(group, "text")
        self._showing = False

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

    def _typed(self) -> None:
        if self._showing:
            return
        self._timer.start()
        self.edit.setExtraSelections([])
        QTimer.singleShot(0, self, self._complete_after_typing)

    def _complete_after_typing(self) -> None:
        if self.edit.hasFocus():
            self.open_completion()

    def _tree_changed(self) -> None:
        """Another tree came from elsewhere (undo, XML): show it, unless it is what was just typed."""
        if not self._showing and self.isVisible():
            self.show_tree()

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

    def _say(self, text: str, at: int | None) -> None:
        """Show what is wrong, and underline it where it is."""
        self.problem = text
        self.message.setText(text)
        self.message.setVisible(bool(text))
        self.edit.setAccessibleDescription(text)
        marks = []
        if at is not None:
            length = len(self.edit.toPlainText())
            mark = QTextEdit.ExtraSelection()
            cursor = self.edit.textCursor()
            cursor.setPosition(max(0, min(at, length - 1)))
            cursor.setPosition(max(0, min(at + 1, length)), QTextCursor.MoveMode.KeepAnchor)
            style = QTextCharFormat()
            color: QColor = theme().color("red")
            style.setUnderlineColor(color)
            style.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
            style.setBackground(theme().color("red_soft"))
            mark.cursor = cursor
            mark.format = style
            marks.append(mark)
        self.edit.setExtraSelections(marks)


def _position(text: str, problem: UnreadableFile) -> int | None:
    """The place of an error in the text, None where it is not known."""
    if not problem.line:
        return None
    before = text.split("\n")[: problem.line - 1]
    return sum(len(line) + 1 for line in before) + problem.column - 1
