"""What shows under the pointer while no gesture is under way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from app.ui.canvas.camera import OVERVIEW
from app.ui.canvas.sign_painter import paint_plus
from app.ui.canvas.summary_shape import CODE, COPY_KEY
from app.ui.canvas.tile_painter import RADIUS, paint_button
from app.ui.theme import theme
from app.ui.translation import tr

if TYPE_CHECKING:
    from app.ui.canvas.view import CanvasView


def paint_hover(view: CanvasView, painter: QPainter) -> None:
    """The plus of a connector, a lit button, the edge of a tile."""
    hover = view.hover
    if hover.kind == "canvas" or view.camera.zoom < OVERVIEW:
        return
    painter.save()
    painter.translate(-view.camera.offset)
    painter.scale(view.camera.zoom, view.camera.zoom)
    wire = view.scene.wires.get(hover.place) if hover.place is not None else None
    if hover.kind in ("plus", "wire") and wire is not None and not view.document.read_only:
        paint_plus(painter, wire.plus, hot=hover.kind == "plus")
    elif hover.kind in ("copy", "code"):
        paint_button(painter, hover.rect, tr(COPY_KEY if hover.kind == "copy" else CODE), hovered=True)
    elif hover.kind in ("tile", "slot") and hover.key not in view.painter.selected:
        painter.setPen(QPen(theme().color("ctl"), 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(hover.rect.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
    painter.restore()


def paint_focus(view: CanvasView, painter: QPainter) -> None:
    """The canvas has the focus and no tile shows it: a frame does."""
    painter.setPen(QPen(theme().color("accent"), 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(QRectF(view.rect()).adjusted(1, 1, -1, -1))
