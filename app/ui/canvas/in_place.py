"""Editors that lie over the canvas for a moment: a tile's name, a note's text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from app.ui.translation import tr

if TYPE_CHECKING:
    from app.ui.canvas.view import CanvasView


class RenameField(QLineEdit):
    """The name of a tile. Enter or leaving keeps it, Esc does not."""

    def __init__(self, view: CanvasView, key: str, name: str) -> None:
        super().__init__(name, view)
        self.setObjectName("tile-rename")
        self.setAccessibleName(tr("Name of the tile"))
        self._view = view
        self._key = key
        self._done = False
        rect = view.camera.rect_to_view(view.scene.rect(key)).toRect()
        self.setGeometry(QRect(rect.left() + 4, rect.top() + 6, max(160, rect.width() - 8), 32))
        self.selectAll()
        self.show()
        self.setFocus()
        view.camera_moved.connect(self._keep)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter keeps, Esc forgets."""
        if event.key() == Qt.Key.Key_Escape:
            self._end()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._keep()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving keeps."""
        super().focusOutEvent(event)
        self._keep()

    def _keep(self) -> None:
        if not self._done:
            text = self.text()
            self._end()
            self._view.commands.rename(self._key, text)

    def _end(self) -> None:
        self._done = True
        self.hide()
        self.deleteLater()
        self._view.setFocus()


class NoteEditor(QPlainTextEdit):
    """The text of a note. Leaving or Ctrl+Enter keeps it, Esc does not; an empty note goes away."""

    def __init__(self, view: CanvasView, key: str, text: str) -> None:
        super().__init__(text, view)
        self.setObjectName("note-editor")
        self.setAccessibleName(tr("Text of the note"))
        self.setTabChangesFocus(True)
        self._view = view
        self._key = key
        self._done = False
        rect = view.camera.rect_to_view(view.scene.rect(key)).toRect()
        self.setGeometry(rect.left(), rect.top(), max(220, rect.width()), max(90, rect.height() + 20))
        self.selectAll()
        self.show()
        self.setFocus()
        view.camera_moved.connect(self._keep)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter keeps, Esc forgets."""
        if event.key() == Qt.Key.Key_Escape:
            self._end()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and event.modifiers():
            self._keep()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving keeps."""
        super().focusOutEvent(event)
        self._keep()

    def _keep(self) -> None:
        if not self._done:
            text = self.toPlainText()
            self._end()
            self._view.commands.set_note(self._key, text)

    def _end(self) -> None:
        self._done = True
        self.hide()
        self.deleteLater()
        self._view.setFocus()
