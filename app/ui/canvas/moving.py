"""Where tiles move in a frame of an animation: the rest of the picture stays as it is."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QPointF, QRectF

from app.ui.canvas.camera import Camera
from app.ui.canvas.scene import Scene

_NEAR = 24.0
"""How far, in the world, a tile's shadow, ring and badge reach beyond it."""


def moving_part(scene: Scene, camera: Camera, offsets: Mapping[str, QPointF]) -> QRectF:
    """The part of the world with all tiles that are away from their places and the wires in view that follow them;
    null where none is."""
    part = QRectF()
    for key, shift in offsets.items():
        if key in scene.boxes:
            part = part.united(scene.rect(key).translated(shift))
    if part.isNull():
        return part
    across = max(abs(shift.x()) for shift in offsets.values())
    down = max(abs(shift.y()) for shift in offsets.values())
    seen = camera.visible().adjusted(-across, -down, across, down)
    for place in scene.wire_index.query(seen):
        wire = scene.wires[place]
        if place.source in offsets or wire.target in offsets:
            left, top, right, bottom = wire.edges
            part = part.united(QRectF(left - across, top - down, right - left + 2 * across, bottom - top + 2 * down))
    return part.adjusted(-_NEAR, -_NEAR, _NEAR, _NEAR)
