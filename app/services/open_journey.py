"""Open a journey to look at it or to edit it."""

from __future__ import annotations

from app.services.journeys import opened
from app.services.views import OpenJourney
from app.services.workspace import Workspace


def open_journey(ws: Workspace, journey_id: str, number: int | None = None) -> OpenJourney:
    """That version, or the newest one. Raises NotFound."""
    with ws.unit_of_work(writes=False) as work:
        return opened(work, work.journeys.version(journey_id, number))
