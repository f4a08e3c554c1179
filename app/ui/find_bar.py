"""Find on the canvas: names, settings, filters; Enter goes to the next, Shift+Enter to the one before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit

from app.ui.canvas.spoken import name_of
from app.ui.sides import margins, right_to_left
from app.ui.translation import number, tr
from app.ui.widgets.aloud import tell
from app.ui.widgets.button import IconButton
from app.ui.widgets.label import label

if TYPE_CHECKING:
    from app.ui.canvas.view import CanvasView

_EDGE = 14


class FindBar(QFrame):
    """Lies at the canvas's upper right; Esc closes it."""

    def __init__(self, view: CanvasView) -> None:
        super().__init__(view)
        self.setObjectName("find-bar")
        self._view = view
        self._found: list[str] = []
        row = QHBoxLayout(self)
        row.setContentsMargins(margins(8, 6, 6, 6))
        row.setSpacing(4)
        self.field = QLineEdit(self)
        self.field.setPlaceholderText(tr("Find tiles by name, setting, filter"))
        self.field.setAccessibleName(tr("Find on the canvas"))
        words = self.field.fontMetrics().horizontalAdvance(self.field.placeholderText())
        self.field.setMinimumWidth(max(230, words + 24))
        self.field.textChanged.connect(lambda _text: self._search())
        self.count = label("", "small", self)
        row.addWidget(self.field)
        row.addWidget(self.count)
        row.addWidget(
            IconButton("chevron-up", tr("The one before (Shift+Enter)"), self, on_click=lambda: self.step(-1))
        )
        row.addWidget(IconButton("chevron-down", tr("The next (Enter)"), self, on_click=lambda: self.step(1)))
        row.addWidget(IconButton("close", tr("Close (Esc)"), self, on_click=self.finish))
        view.camera_moved.connect(self.place)
        self.hide()

    def begin(self) -> None:
        """Open and take the typing."""
        self.show()
        self.place()
        self.raise_()
        self.field.setFocus()
        self.field.selectAll()
        self._search()

    def place(self) -> None:
        """Lie at the upper right; the upper left where one reads from there."""
        self.adjustSize()
        far = self._view.width() - self.width() - _EDGE
        self.move(_EDGE if right_to_left() else far, _EDGE)

    def step(self, by: int) -> None:
        """Go to the next or the one before."""
        if not self._found:
            return
        selected = self._view.document.selection
        at = self._found.index(selected[-1]) if selected and selected[-1] in self._found else -1 if by > 0 else 0
        self._go((at + by) % len(self._found))

    def finish(self) -> None:
        """Close; the canvas has the keys again."""
        self.hide()
        self._view.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter, Shift+Enter, Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.finish()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.step(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        else:
            super().keyPressEvent(event)

    def _search(self) -> None:
        words = self.field.text().casefold().split()
        scene = self._view.scene
        self._found = []
        if words:
            for key in scene.boxes:
                text = scene.searchable(key)
                if all(word in text for word in words):
                    self._found.append(key)
            self._found.sort(key=lambda key: scene.boxes[key][:2])
        if self._found:
            self._go(0)
        else:
            self.count.setText(tr("none") if words else "")
            tell(self.field, self.count.text())
            self.place()

    def _go(self, at: int) -> None:
        key = self._found[at]
        self.count.setText(tr("{at} of {count}", at=number(at + 1), count=number(len(self._found))))
        self.place()
        self._view.document.select([key])
        tell(self.field, f"{self.count.text()}. {name_of(self._view.scene, key)}")
        self._view.reveal(key)
