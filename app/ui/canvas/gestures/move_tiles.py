"""Drag all the selected tiles to another place."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QSizeF

from app.journey.edits import MoveTogether
from app.journey.places import MovingTogether
from app.kernel.said import listed
from app.ui.canvas.gestures.placing import Placing
from app.ui.translation import tr, trn

if TYPE_CHECKING:
    from app.ui.canvas.view import CanvasView


class MoveTiles(Placing):
    """The tile under the pointer (`key`) hangs on it and stands for all of `keys`."""

    def __init__(self, view: CanvasView, key: str, keys: tuple[str, ...]) -> None:
        box = view.scene.boxes[key]
        self._count = len(keys)
        names = listed(view.document.journey.activities[each].name for each in (key, *keys) if each != key)
        title = trn("{n} tile", "{n} tiles", len(keys))
        summary = tr("{name} and {others}", name=view.scene.tile(key).title, others=names)
        tile = replace(view.scene.tile(key), title=title, summary=summary, severity="", disabled=False)
        verb = trn("Drop to move {n} tile", "Drop to move {n} tiles", len(keys))
        size = QSizeF(box[2], box[3])
        super().__init__(view, MovingTogether(keys), tile, size, lambda place: MoveTogether(keys, place), verb)

    @property
    def here(self) -> str:
        """They are several."""
        return trn("{n} tile goes here", "{n} tiles go here", self._count)
