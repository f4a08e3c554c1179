"""Drag all the selected tiles to another place."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QSizeF

from app.journey.edits import MoveTogether
from app.journey.folding import activities_of
from app.journey.places import MovingTogether
from app.kernel.said import listed
from app.ui.canvas.gestures.placing import Placing
from app.ui.translation import tr, trn

if TYPE_CHECKING:
    from app.ui.canvas.view import CanvasView


class MoveTiles(Placing):
    """The tile under the pointer (`key`) hangs on it and stands for all of `keys`, several tiles of the canvas."""

    def __init__(self, view: CanvasView, key: str, keys: tuple[str, ...]) -> None:
        box = view.scene.boxes[key]
        self._count = len(keys)
        tile = view.scene.tile(key)
        names = listed(view.scene.tile(each).title for each in keys if each != key)
        summary = tr("{name} and {others}", name=tile.title, others=names)
        title = trn("{n} tile", "{n} tiles", len(keys))
        tile = replace(tile, title=title, summary=summary, severity="", disabled=False)
        verb = trn("Drop to move {n} tile", "Drop to move {n} tiles", len(keys))
        own = activities_of(view.document.journey, keys)
        size = QSizeF(box[2], box[3])
        super().__init__(view, MovingTogether(own), tile, size, lambda place: MoveTogether(own, place), verb)

    @property
    def here(self) -> str:
        """They are several."""
        return trn("{n} tile goes here", "{n} tiles go here", self._count)
