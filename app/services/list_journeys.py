"""The list of journeys."""

from __future__ import annotations

from app.services.views import JourneyCard
from app.services.workspace import Workspace


def list_journeys(ws: Workspace) -> tuple[JourneyCard, ...]:
    """All journeys, the one that was changed last first."""
    with ws.unit_of_work(writes=False) as work:
        return work.journeys.cards()
