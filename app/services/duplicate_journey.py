"""Make a copy of a journey."""

from __future__ import annotations

from dataclasses import replace

from app.journey.journey import Journey, Status
from app.kernel.ids import new_guid
from app.kernel.names import MAX_NAME
from app.services.journeys import card
from app.services.ports import Version
from app.services.views import JourneyCard
from app.services.workspace import Workspace


def duplicate_journey(ws: Workspace, journey_id: str, state: Journey | None = None) -> JourneyCard:
    """A new journey with the newest version of that one as its draft, or that `state` of it; "Copy of ...". Raises
    NotFound."""
    now = ws.clock.now()
    with ws.unit_of_work() as work:
        original = state or work.journeys.version(journey_id).journey
        name = f"Copy of {original.name}"[:MAX_NAME].strip()
        copy = replace(original, id=new_guid(), key=new_guid(), name=name)
        work.journeys.add(Version(new_guid(), copy, number=1, status=Status.DRAFT, saved_at=now), now)
        work.changed("journeys", "running")
        made = card(work, copy.id)
        work.commit()
    return made
