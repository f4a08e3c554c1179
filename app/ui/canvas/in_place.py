"""Editors that lie over the canvas for a moment: a tile's name, a note's text."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from app.ui.translation import tr
from app.ui.widgets.restyle import set_style_property

if TYPE_CHECKING:
    from app.ui.canvas.view import CanvasView

    _Editor = QWidget
else:
    _Editor = object  # mixed into widgets of two kinds: Qt takes one QWidget a class


class _InPlace(_Editor):
    """Leaving keeps, as do Enter where `enter_keeps` says so and Esc where `escape_keeps`. All end the editor."""

    _keep_text: Callable[[], None]
    _view: CanvasView
    _done = False
    escape_keeps = False

    def begin(self, view: CanvasView, place: QRect, keep: Callable[[], None]) -> None:
        """Lie over `view` at `place`, in its coordinates, with the keyboard; `keep` is called at most once."""
        self._view, self._keep_text = view, keep
        self.setGeometry(place)
        self.show()
        self.setFocus()
        view.camera_moved.connect(self._keep)

    def enter_keeps(self, event: QKeyEvent) -> bool:
        """Whether this Enter ends the editor."""
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter keeps; Esc forgets, or keeps as well."""
        if event.key() == Qt.Key.Key_Escape:
            (self._keep if self.escape_keeps else self._end)()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.enter_keeps(event):
            self._keep()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving keeps."""
        super().focusOutEvent(event)
        self._keep()

    def _keep(self) -> None:
        if not self._done:
            self._end()
            self._keep_text()

    def _end(self) -> None:
        self._done = True
        self.hide()
        self.deleteLater()
        self._view.setFocus()


class RenameField(_InPlace, QLineEdit):
    """The name of a tile. Enter or leaving keeps it, Esc does not."""

    def __init__(self, view: CanvasView, key: str, name: str) -> None:
        super().__init__(name, view)
        self.setObjectName("tile-rename")
        self.setAccessibleName(tr("Name of the tile"))
        self.selectAll()
        rect = view.camera.rect_to_view(view.scene.rect(key)).toRect()
        place = QRect(rect.left() + 4, rect.top() + 6, max(160, rect.width() - 8), 32)
        self._key = key
        self.begin(view, place, lambda: view.commands.rename(key, self.text()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A name that cannot be stays, to be mended."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            good = self._view.commands.may_be_called(self._key, self.text())
            set_style_property(self, "bad", not good)
            if not good:
                return
        super().keyPressEvent(event)


class NoteEditor(_InPlace, QPlainTextEdit):
    """The text of a note. Leaving, Ctrl+Enter and Esc keep it: what was written is taken back by an undo alone. An
    empty note goes away."""

    escape_keeps = True

    def __init__(self, view: CanvasView, key: str, text: str) -> None:
        super().__init__(text, view)
        self.setObjectName("note-editor")
        self.setAccessibleName(tr("Text of the note"))
        self.setTabChangesFocus(True)
        self.selectAll()
        rect = view.camera.rect_to_view(view.scene.rect(key)).toRect()
        place = QRect(rect.left(), rect.top(), max(220, rect.width()), max(90, rect.height() + 20))
        self.begin(view, place, lambda: view.commands.set_note(key, self.toPlainText()))

    def enter_keeps(self, event: QKeyEvent) -> bool:
        """With a modifier: alone it begins a line."""
        return bool(event.modifiers())
