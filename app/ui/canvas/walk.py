"""Walking over the canvas with the arrows: along connectors, and between what stands one above the other."""

from __future__ import annotations

from app.journey.journey import ENTRY
from app.ui.canvas.scene import Scene

RIGHT, LEFT, UP, DOWN = "right", "left", "up", "down"


def step(scene: Scene, key: str | None, direction: str) -> str | None:
    """The tile that lies in a direction from `key`, or None where there is none. Without a key: the first tile."""
    if key is None or key not in scene.boxes or not scene.is_tile(key):
        return _first(scene)
    if direction == RIGHT:
        return next((wire.target for wire in scene.wires_from(key) if wire.target is not None), None)
    if direction == LEFT:
        into = scene.wires_into(key)
        return into[0].place.source if into and scene.is_tile(into[0].place.source) else None
    return _sibling(scene, key, direction) or _nearest(scene, key, direction)


def _first(scene: Scene) -> str | None:
    if scene.journey.entry is not None:
        return ENTRY
    return scene.drawn.first


def _sibling(scene: Scene, key: str, direction: str) -> str | None:
    """The tile on the next path of the same split."""
    for wire in scene.wires_into(key):
        lane = [each.target for each in scene.wires_from(wire.place.source) if each.target is not None]
        if len(lane) < 2:
            continue
        at = lane.index(key) + (1 if direction == DOWN else -1)
        if 0 <= at < len(lane):
            return lane[at]
    return None


def _nearest(scene: Scene, key: str, direction: str) -> str | None:
    """The tile of the neighbourhood that is nearest above or below, rather straight than aside."""
    left, top, width, height = scene.boxes[key]
    x, y = left + width / 2, top + height / 2
    best, best_cost = None, float("inf")
    for other, (other_left, other_top, other_width, other_height) in scene.boxes.items():
        if other == key or not scene.is_tile(other):
            continue
        drop = other_top + other_height / 2 - y
        if (drop <= 1) if direction == DOWN else (drop >= -1):
            continue
        cost = abs(drop) + 3 * abs(other_left + other_width / 2 - x)
        if cost < best_cost:
            best, best_cost = other, cost
    return best
