"""Make an empty journey."""

from __future__ import annotations

from app.journey.journey import Journey, Status
from app.kernel.ids import new_guid
from app.services.journeys import card, checked_name
from app.services.ports import Version
from app.services.views import JourneyCard
from app.services.workspace import Workspace


def create_journey(ws: Workspace, name: str) -> JourneyCard:
    """A new journey with an empty draft. Raises InvalidInput for an empty or too long name."""
    now = ws.clock.now()
    journey = Journey(id=new_guid(), key=new_guid(), name=checked_name(name))
    with ws.unit_of_work() as work:
        work.journeys.add(Version(new_guid(), journey, number=1, status=Status.DRAFT, saved_at=now), now)
        work.changed("journeys")
        made = card(work, journey.id)
        work.commit()
    return made
