"""Leads a drag that began in the palette to the canvas: the palette has the mouse, the canvas has the gesture."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, Qt

from app.ui.canvas.gestures.new_tile import NewTile
from app.ui.canvas.view import CanvasView
from app.ui.palette import Palette
from app.ui.palette_items import PaletteItem
from app.ui.translation import tr


class PaletteDrag:
    """Lives as long as the page."""

    def __init__(self, palette: Palette, canvas: CanvasView) -> None:
        self._canvas = canvas
        palette.dragged.connect(self._begin)
        palette.moved.connect(self._move)
        palette.let_go.connect(self._end)
        palette.cancelled.connect(canvas.cancel)

    def _begin(self, item: PaletteItem, at: QPoint) -> None:
        document = self._canvas.document
        if document.read_only:
            document.refused.emit(document.why_read_only, tr("New version makes a draft that can be changed."))
            return
        self._canvas.take(NewTile(self._canvas, item))
        self._move(at)

    def _move(self, at: QPoint) -> None:
        gesture = self._canvas.gesture
        if gesture is not None:
            gesture.move(self._here(at), Qt.KeyboardModifier.NoModifier)

    def _end(self, at: QPoint) -> None:
        self._canvas.finish(self._here(at))
        self._canvas.setFocus()

    def _here(self, at: QPoint) -> QPointF:
        return QPointF(self._canvas.mapFromGlobal(at))
