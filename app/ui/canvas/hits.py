"""What lies under the pointer."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF

from app.journey.journey import ENTRY, Place
from app.ui.canvas.camera import OVERVIEW
from app.ui.canvas.scene import NOTE, Scene
from app.ui.canvas.summary_shape import summary_shape
from app.ui.canvas.wire import PLUS_RADIUS, Wire

_WIRE_REACH = 12.0
"""View pixels: a hit area of 24 across."""


@dataclass(frozen=True, slots=True)
class Hit:
    """`kind` is "canvas", "slot", "tile", "note", "copy", "code", "badge", "plus" or "wire"."""

    kind: str
    key: str = ""
    place: Place | None = None
    rect: QRectF = field(default_factory=QRectF)


NOTHING = Hit("canvas")


def hit(scene: Scene, at: QPointF, zoom: float) -> Hit:
    """What a point of the world belongs to. Pluses and buttons exist only where they can be seen."""
    close = zoom >= OVERVIEW
    near = scene.wire_near(at, max(_WIRE_REACH / zoom, PLUS_RADIUS + 4)) if close else None
    if near is not None and _on_plus(near, at, zoom):
        return Hit("plus", near.place.source, near.place, _around(near.plus, PLUS_RADIUS))
    key = scene.tile_at(at)
    if key is not None:
        return _on_tile(scene, key, at, close=close)
    beside = scene.tile_at(at + QPointF(-8, 8)) if close else None
    if beside is not None and scene.is_tile(beside) and scene.tile(beside).severity:
        return Hit("badge", beside, None, _badge(scene.rect(beside)))
    return Hit("wire", near.place.source, near.place) if near is not None else NOTHING


def _on_tile(scene: Scene, key: str, at: QPointF, *, close: bool) -> Hit:
    rect = scene.rect(key)
    if key.startswith(NOTE):
        return Hit("note", key, None, rect)
    if not scene.is_tile(key):
        return Hit("slot", key, None, rect)
    tile = scene.tile(key)
    if tile.severity and _badge(rect).contains(at):
        return Hit("badge", key, None, _badge(rect))
    if key == ENTRY and tile.event_key and close:
        shape = summary_shape(tile)
        for kind, part in (("copy", shape.copy), ("code", shape.code)):
            zone = part.translated(rect.topLeft())
            if zone.contains(at):
                return Hit(kind, key, None, zone)
    return Hit("tile", key, None, rect)


def _on_plus(wire: Wire, at: QPointF, zoom: float) -> bool:
    gap = at - wire.plus
    reach = max(PLUS_RADIUS + 3, 12 / zoom)
    return gap.x() * gap.x() + gap.y() * gap.y() <= reach * reach


def _around(at: QPointF, radius: float) -> QRectF:
    return QRectF(at.x() - radius, at.y() - radius, 2 * radius, 2 * radius)


def _badge(rect: QRectF) -> QRectF:
    return _around(rect.topRight() + QPointF(-3, 2), 12)
