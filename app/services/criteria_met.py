"""How many contacts met the criteria of a journey's tiles: its goals and its exit criteria."""

from __future__ import annotations

from collections.abc import Mapping

from app.services.workspace import Workspace


def criteria_met(ws: Workspace, journey_id: str) -> Mapping[str, int]:
    """How many stays met the criteria of each tile, over all versions, by the tile's key; tiles that nobody met are
    left out."""
    with ws.unit_of_work(writes=False) as work:
        return work.log.met_at(journey_id)
