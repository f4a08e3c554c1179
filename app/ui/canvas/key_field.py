"""The Event Definition Key on the Summary tile as real text: it can be selected, copied, and read aloud."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QTextOption, QWheelEvent
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QScrollBar

from app.journey.journey import ENTRY
from app.ui.canvas.brush import font
from app.ui.canvas.summary_shape import summary_shape
from app.ui.theme import theme
from app.ui.translation import tr

if TYPE_CHECKING:
    from app.ui.canvas.view import CanvasView

_FROM = 0.55
"""Below this zoom the key cannot be read, and the painted one is enough."""

_GAP = 6.0
"""Of the tile's pixels, below the key."""


class KeyField(QPlainTextEdit):
    """Lies exactly over the painted key and follows the camera."""

    def __init__(self, view: CanvasView) -> None:
        super().__init__(view)
        self._view = view
        self.setReadOnly(True)
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # a key is code, in every language
        self.setObjectName("event-definition-key")
        self.setAccessibleName(tr("Event Definition Key"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAnywhere)
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(0)
        self.setContentsMargins(0, 0, 0, 0)
        self.setViewportMargins(0, 0, 0, 0)
        for bar in (self.horizontalScrollBar(), self.verticalScrollBar()):
            # All of it is in sight: a caret at the end must not push the beginning out for a pixel of its own.
            bar.rangeChanged.connect(partial(_stay, bar))
        self.hide()
        self.restyle()
        theme().changed.connect(self.restyle)

    def restyle(self) -> None:
        """The colours of the tile's foot."""
        colour = theme().color
        self.setStyleSheet(
            f"QPlainTextEdit {{ background: {colour('bg').name()}; color: {colour('ink2').name()}; border: none;"
            " padding: 0; margin: 0; border-radius: 0; min-height: 0 }"
        )

    def place(self) -> None:
        """Lie where the key is now; hide where there is none or it is too small."""
        scene, camera = self._view.scene, self._view.camera
        moving = self._view.motion.offsets.get(ENTRY) is not None
        if scene.journey.entry is None or camera.zoom < _FROM or moving or not scene.tile(ENTRY).event_key:
            self.hide()
            return
        tile = scene.tile(ENTRY)
        shape = summary_shape(tile)
        rect = camera.rect_to_view(shape.key.translated(scene.rect(ENTRY).topLeft()))
        # Lines of a widget are whole pixels high: they may take of the gap above the buttons.
        shown = rect.toRect().adjusted(0, 0, 6, max(4, round(_GAP * camera.zoom)))
        face = QFont(font("mono", 11))  # a copy: the painter and the layout measure with the one that is kept
        # Not in whole pixels: lines as long as the painted ones break where they do.
        face.setPointSizeF(11 * camera.zoom * 72 / self.logicalDpiY())
        if face != self.font():
            self.setFont(face)
        if self.toPlainText() != tile.event_key:
            self.setPlainText(tile.event_key)
        self.setGeometry(shown)
        fits = len(shape.key_lines) * self.fontMetrics().lineSpacing() <= shown.height()
        self.setVisible(fits and self._view.rect().intersects(shown))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel belongs to the canvas."""
        event.ignore()


def _stay(bar: QScrollBar, _least: int, _most: int) -> None:
    bar.setRange(0, 0)
