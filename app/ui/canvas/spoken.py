"""The selection in words, as a screen reader says it of the canvas."""

from __future__ import annotations

from collections.abc import Sequence

from app.journey.activities import activity_type
from app.journey.folding import GROUP
from app.journey.graph import in_order
from app.journey.journey import ENTRY
from app.ui.canvas.scene import Scene
from app.ui.translation import number, shown, tr, trn

_MOST = 3


def spoken(scene: Scene, selection: Sequence[str]) -> str:
    """Of one tile: what it says, its kind, its problems, its place in reading order ("3 of 12"); of several: how many,
    and what the first ones say."""
    tiles = [key for key in selection if scene.is_tile(key)]
    if len(tiles) == 1:
        return _one(scene, tiles[0])
    said = [scene.tile(key).spoken for key in tiles[:_MOST]]
    count = trn("{n} tile is selected", "{n} tiles are selected", len(tiles))
    return "; ".join([count, *said]) if tiles else ""


def _one(scene: Scene, key: str) -> str:
    tile = scene.tile(key)
    parts = [tile.spoken]
    activity = scene.drawn.activities.get(key)
    if activity is not None and activity.type != GROUP:
        kind = tr(activity_type(activity.type).label)
        parts += [kind] if kind != tile.title else []
    parts += [shown(problem.message) for problem in scene.problems.get(key, ())]
    order = [ENTRY] if scene.is_tile(ENTRY) else []
    order += in_order(scene.drawn)
    parts.append(tr("{at} of {count}", at=number(order.index(key) + 1), count=number(len(order))))
    return ". ".join(part.rstrip(".") for part in parts)
