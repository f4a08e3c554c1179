"""Lead an open end into another branch: drag its plus on to a tile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QSizeF, Qt
from PySide6.QtGui import QPainter, QPen

from app.journey.journey import ENTRY, Place
from app.journey.places import legal_targets
from app.ui.canvas.camera import OVERVIEW
from app.ui.canvas.gestures.gesture import Gesture
from app.ui.canvas.gestures.ghost import Ghost
from app.ui.canvas.tile_painter import RADIUS
from app.ui.theme import theme
from app.ui.translation import tr

if TYPE_CHECKING:
    from app.ui.canvas.view import CanvasView


class Connect(Gesture):
    """The tiles where the path may go on are lit; over another one the reason stands at the pointer."""

    cursor = Qt.CursorShape.CrossCursor

    def __init__(self, view: CanvasView, place: Place) -> None:
        super().__init__(view)
        self._place = place
        self._real = view.scene.real(place)
        self._legal = legal_targets(view.document.journey, self._real)
        self._entrances = view.scene.entrances
        self._at = view.camera.to_view(view.scene.wires[place].plus)
        self.hot: str | None = None
        self.ghost = Ghost(view.window(), None, QSizeF(), view.camera.zoom)
        view.update()

    def move(self, at: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        """Stretch the line to the pointer."""
        view = self.view
        self._at = at
        self.ghost.follow(view.mapTo(view.window(), at.toPoint()))
        key = view.scene.tile_at(view.camera.to_world(at))
        reason = self._reason(key) if key is not None else ""
        self.hot = key if key is not None and reason is None else None
        if self.hot is not None:
            self.ghost.say(tr("Go on at {title}", title=view.scene.tile(self.hot).title))
        elif reason:
            self.ghost.say(reason, refused=True)
        elif key == ENTRY:
            self.ghost.say(tr("Nothing leads back to the start."), refused=True)
        else:
            self.ghost.say(tr("Let go on a tile: the path goes on there · Esc cancels"))
        view.update()

    def end(self, at: QPointF) -> None:
        """Connect, if that is legal."""
        self.move(at, Qt.KeyboardModifier.NoModifier)
        hot = self.hot
        self._over()
        if hot is not None:
            self.view.commands.connect(self._real, self._entrances.get(hot, hot))

    def cancel(self) -> None:
        """Nothing happened."""
        self._over()

    def paint(self, painter: QPainter) -> None:
        """The line, and a ring round each tile in view where it may lead."""
        camera, scene = self.view.camera, self.view.scene
        accent = theme().color("accent")
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for key in scene.tile_index.query(camera.visible()) if camera.zoom >= OVERVIEW else ():
            if self._reason(key) is None:
                painter.setPen(QPen(accent, 3 if key == self.hot else 1.5))
                painter.drawRoundedRect(
                    camera.rect_to_view(scene.rect(key)), RADIUS * camera.zoom, RADIUS * camera.zoom
                )
        painter.setPen(QPen(accent, 2, Qt.PenStyle.DashLine))
        painter.drawLine(camera.to_view(scene.wires[self._place].plus), self._at)

    def _reason(self, key: str) -> str | None:
        """Why the path may not go on at a tile, None where it may; a folded group is entered at its first tile."""
        return self._legal.get(self._entrances.get(key, key), "")

    def _over(self) -> None:
        self.ghost.hide()
        self.ghost.deleteLater()
        self.view.update()
