"""Where a dragged tile may land: the places near the pointer, and what each looks like."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF

from app.journey.journey import ENTRY, Place
from app.journey.places import ENTRY_SLOT
from app.ui.canvas.motion import NOWHERE
from app.ui.canvas.scene import Scene
from app.ui.canvas.tile import SLOT
from app.ui.translation import tr

ROOM = 72.0
"""The gap that is left on either side of a slot in a connector, about a column's."""

_REACH = 46.0
"""How near, in the layout's pixels, the pointer must come to a connector before it makes room."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place as a target, `real` the journey's own place behind it. `rect` is the slot in the world; `reason` is None
    where a drop is legal."""

    place: Place
    real: Place
    rect: QRectF
    reason: str | None
    opens: bool = False
    """Whether tiles have to make room for it: a connector that leads somewhere."""


class Spots:
    """Answers for one drag. `legal` is what `legal_places` said when it began."""

    def __init__(self, scene: Scene, legal: Mapping[Place, str | None]) -> None:
        self._scene = scene
        self.legal = legal

    def of(self, place: Place) -> Spot | None:
        """The spot of a place; None for one that is not drawn."""
        real = self._scene.real(place)
        reason = self.legal.get(real, tr("Nothing can be dropped here."))
        if place == ENTRY_SLOT:
            rect = QRectF(*self._scene.boxes[ENTRY]) if ENTRY in self._scene.boxes else None
            return Spot(place, real, rect, reason) if rect is not None else None
        wire = self._scene.wires.get(place)
        if wire is None:
            return None
        if wire.target is None:
            tip = wire.points[-1]
            return Spot(place, real, QRectF(QPointF(tip.x(), tip.y() - SLOT.height() / 2), SLOT), reason)
        left, top, _, height = self._scene.boxes[wire.target]
        return Spot(place, real, QRectF(QPointF(left, top + (height - SLOT.height()) / 2), SLOT), reason, opens=True)

    def near(self, at: QPointF, slack: float, hot: Spot | None) -> Spot | None:
        """The spot under or near a point of the world; `slack` widens the reach when the zoom is small. The `hot` one
        is kept while the pointer stays in its slot, so that making room does not take it away."""
        if hot is not None and hot.rect.adjusted(-24, -20, 12, 20).contains(at):
            return hot
        slot = self.of(ENTRY_SLOT) if ENTRY_SLOT in self.legal else None
        if slot is not None and slot.rect.adjusted(-24, -24, 24, 24).contains(at):
            return slot
        reach = max(_REACH, slack)
        best, best_gap = None, reach
        for wire in self.wires_around(at, reach + SLOT.width()):
            spot = self.of(wire)
            if spot is None:
                continue
            gap = self._scene.wires[wire].distance(at)
            if not spot.opens:
                gap = min(gap, _gap(spot.rect, at))
            if gap < best_gap:
                best, best_gap = spot, gap
        return best

    def wires_around(self, at: QPointF, reach: float) -> Iterable[Place]:
        """Places whose wires come near a point."""
        return self._scene.wire_index.query(QRectF(at.x() - reach, at.y() - reach, 2 * reach, 2 * reach))

    def aside(self, spot: Spot, after: frozenset[str], seen: Iterable[str]) -> dict[str, QPointF]:
        """How far the tiles in view move to make room for a slot."""
        if not spot.opens:
            return {}
        by = QPointF(SLOT.width() + ROOM, 0)
        return {key: by for key in seen if key in after}

    def shifted(self, spot: Spot, offsets: Mapping[str, QPointF]) -> QRectF:
        """An open end's slot while the tile before it is aside."""
        return spot.rect if spot.opens else spot.rect.translated(offsets.get(spot.place.source, NOWHERE))


def _gap(rect: QRectF, at: QPointF) -> float:
    dx = max(rect.left() - at.x(), 0.0, at.x() - rect.right())
    dy = max(rect.top() - at.y(), 0.0, at.y() - rect.bottom())
    return float((dx * dx + dy * dy) ** 0.5)
