"""Drag a tile that is on the canvas to another place."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QSizeF, Qt

from app.journey.edits import Edit, MoveActivities, MoveTogether
from app.journey.folding import activities_of
from app.journey.journey import Place
from app.journey.places import Dragged, Moving, MovingTogether
from app.ui.canvas.gestures.placing import Placing
from app.ui.translation import tr

if TYPE_CHECKING:
    from app.ui.canvas.view import CanvasView


class MoveTile(Placing):
    """Drag a tile to another place. Shift, or a tile with several ways out, takes everything after it along. The tile
    of a folded group stands for all that is in it."""

    def __init__(self, view: CanvasView, key: str) -> None:
        activity = view.document.journey.activities.get(key)
        self._key = key
        self._always = activity is not None and len(activity.outcomes) > 1
        box = view.scene.boxes[key]
        tile = view.scene.tile(key)
        what, make, verb = self._intent(view, following=self._always)
        super().__init__(view, what, tile, QSizeF(box[2], box[3]), make, verb)

    def move(self, at: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        """Shift may be pressed or let go on the way."""
        self.keys(modifiers)
        super().move(at, modifiers)

    def keys(self, modifiers: Qt.KeyboardModifier) -> None:
        """Alone, or with everything after it."""
        following = self._always or bool(modifiers & Qt.KeyboardModifier.ShiftModifier)
        if following != self._following:
            what, make, verb = self._intent(self.view, following=following)
            self.retarget(what, self.view.scene.tile(self._key), make, verb)

    def _intent(self, view: CanvasView, *, following: bool) -> tuple[Dragged, Callable[[Place], Edit], str]:
        self._following = following
        name = view.scene.tile(self._key).title
        tail = following and bool(view.scene.wires_from(self._key))
        verb = tr("Drop to move {name} and all after it", name=name) if tail else tr("Drop to move {name}", name=name)
        if self._key in view.scene.entrances and not following:
            own = activities_of(view.document.journey, [self._key])
            return MovingTogether(own), lambda place: MoveTogether(own, place), verb
        # All that is in a group comes after the tile at which it is entered.
        key = view.scene.entrances.get(self._key, self._key)
        return Moving(key, following, name), lambda place: MoveActivities(key, place, following), verb
