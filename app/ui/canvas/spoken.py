"""The canvas in words, as a screen reader says it: the selection, or what can be done where nothing is selected."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from app.journey.activities import activity_type
from app.journey.folding import GROUP
from app.journey.graph import in_order
from app.journey.journey import ENTRY
from app.ui.canvas.scene import NOTE, Scene
from app.ui.keymap import shown_of
from app.ui.translation import number, shown, tr, trn
from app.ui.widgets.aloud import tell

if TYPE_CHECKING:
    from app.ui.canvas.view import CanvasView

_MOST = 3
_SETTLED_MS = 250
"""Problems are looked for anew after an edit: they are said once they are settled, not twice."""


class Spoken(QObject):
    """Keeps what the canvas says up to date: a selection at once, its problems when they are settled."""

    def __init__(self, view: CanvasView) -> None:
        super().__init__(view)
        self._view = view
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_SETTLED_MS)
        self._later.timeout.connect(self._tell)
        view.document.selection_changed.connect(self._tell)
        view.document.problems_changed.connect(self._later.start)
        view.document.changed.connect(lambda _keys: self._later.start())
        self._later.start()

    def _tell(self) -> None:
        self._later.stop()
        scene, selection = self._view.scene, self._view.document.selection
        tell(self._view, spoken(scene, selection) or self._nothing_selected())

    def _nothing_selected(self) -> str:
        """How large the journey is, and which keys lead on."""
        scene = self._view.scene
        count = len(scene.drawn.activities) + scene.is_tile(ENTRY)
        parts = [trn("{n} tile, none is selected", "{n} tiles, none is selected", count) if count else tr("Empty")]
        parts += [tr("The arrow keys go from tile to tile")] if count else []
        add = self._view.actions_of.by_name["add"]
        if add.isEnabled() and (keys := shown_of(add)):
            parts.append(tr("{keys}: add an activity", keys=keys))
        return ". ".join(parts)


def spoken(scene: Scene, selection: Sequence[str]) -> str:
    """Of one tile: what it says, its kind, its problems, its place in reading order ("3 of 12"); of several: how many,
    and what the first ones say."""
    keys = [key for key in selection if key in scene.boxes]
    if not keys:
        return ""
    if len(keys) == 1:
        return _one(scene, keys[0]) if scene.is_tile(keys[0]) else name_of(scene, keys[0])
    count = trn("{n} tile is selected", "{n} tiles are selected", len(keys))
    return "; ".join([count, *(name_of(scene, key) for key in keys[:_MOST])])


def name_of(scene: Scene, key: str) -> str:
    """What a tile says, without its kind and place; of a note its text."""
    if key.startswith(NOTE):
        return tr("Note: {text}", text=scene.note(key))
    return scene.tile(key).spoken if scene.is_tile(key) else ""


def _one(scene: Scene, key: str) -> str:
    tile = scene.tile(key)
    parts = [tile.spoken]
    activity = scene.drawn.activities.get(key)
    if activity is not None and activity.type != GROUP:
        kind = tr(activity_type(activity.type).label)
        parts += [kind] if kind != tile.title else []
    parts += [shown(problem.message) for problem in scene.problems.get(key, ())]
    order = [*([ENTRY] if scene.is_tile(ENTRY) else []), *in_order(scene.drawn)]
    parts.append(tr("{at} of {count}", at=number(order.index(key) + 1), count=number(len(order))))
    return ". ".join(part.rstrip(".") for part in parts)
