"""What the text and the XML of a filter have in common: an editor that becomes the tree once it can be read."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QVBoxLayout, QWidget

from app.filters.tree import EMPTY, Group
from app.kernel.errors import InvalidInput, UnreadableFile
from app.kernel.said import sentences
from app.ui.filter_builder.model import FilterModel
from app.ui.filter_builder.surroundings import Surroundings
from app.ui.filter_builder.unfinished import without_new
from app.ui.theme import theme
from app.ui.translation import shown, tr
from app.ui.widgets import label

_READ_AFTER_MS = 180


class SourceMode(QWidget):
    """Typing changes the tree as soon as it can be read; until then `problem` says where it cannot. A leaf says how
    a tree is written and read."""

    def __init__(self, model: FilterModel, surroundings: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._surroundings = surroundings
        self._showing = False
        self.problem = ""
        self.edit = QPlainTextEdit(self)
        self.edit.setFont(theme().font("mono"))
        self.edit.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # code is, in every language
        self.edit.setTabChangesFocus(True)
        self.edit.setMinimumHeight(120)
        self.message = label("", "error", self, wrap=True)
        self.message.hide()
        self.hint = label("", "hint", self, wrap=True)
        self.box = QVBoxLayout(self)
        self.box.setContentsMargins(4, 0, 4, 0)
        self.box.setSpacing(6)
        self.box.addWidget(self.edit, 1)
        self.box.addWidget(self.message)
        self.box.addWidget(self.hint)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_READ_AFTER_MS)
        self._timer.timeout.connect(self.read)
        self.edit.textChanged.connect(self._typed)
        model.changed.connect(self._tree_changed)

    def write_tree(self, group: Group) -> str:
        """The tree as the leaf writes it."""
        raise NotImplementedError

    def read_tree(self, text: str) -> Group:
        """The tree that a text says. Raises InvalidInput."""
        raise NotImplementedError

    def set_read_only(self, read_only: bool) -> None:
        """Whether the text may be changed."""
        self.edit.setReadOnly(read_only)
        self.hint.setVisible(not read_only)

    def focus_text(self) -> None:
        """Put the cursor at the end."""
        self.edit.setFocus()
        self.edit.moveCursor(QTextCursor.MoveOperation.End)

    def focus_problem(self) -> None:
        """Put the cursor where the text cannot be read."""
        self.edit.setFocus()
        marks = self.edit.extraSelections()
        if marks:
            place = marks[0].cursor
            place.setPosition(place.selectionStart())
            self.edit.setTextCursor(place)

    def read_now(self) -> str:
        """Why the text of this moment cannot be read; "" where it can."""
        if self._timer.isActive():
            self.read()
        return self.problem

    def show_tree(self) -> None:
        """Write the tree that the model has."""
        group = without_new(self._model.group)
        self._showing = True
        self.edit.setPlainText("" if group == EMPTY else self.write_tree(group))
        self._showing = False
        self._say("", None)

    def read(self) -> None:
        """Read the text; a text that can be read becomes the tree."""
        self._timer.stop()
        text = self.edit.toPlainText()
        try:
            group = self.read_tree(text) if text.strip() else EMPTY
        except InvalidInput as problem:
            self._say(*_words(text, problem))
            return
        self._say("", None)
        self._showing = True
        self._model.replace_all(group, "text")
        self._showing = False

    def _typed(self) -> None:
        if not self._showing:
            self._timer.start()
            self.edit.setExtraSelections([])

    def _tree_changed(self) -> None:
        """Another tree came from elsewhere (undo): show it, unless it is what was just typed."""
        if not self._showing and self.isVisible():
            self.show_tree()

    def _say(self, text: str, at: int | None) -> None:
        """Show what is wrong, and mark it where it is."""
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


def _words(text: str, problem: InvalidInput) -> tuple[str, int | None]:
    """What is wrong with its place in words, and the place in the text."""
    said = shown(sentences(problem.message, problem.hint))
    if not isinstance(problem, UnreadableFile) or not problem.line:
        return said, None
    before = text.split("\n")[: problem.line - 1]
    place = (
        tr("Column {column}", column=problem.column)
        if problem.line == 1
        else tr("Line {line}, column {column}", line=problem.line, column=problem.column)
    )
    return f"{place}: {said}", sum(len(line) + 1 for line in before) + problem.column - 1
