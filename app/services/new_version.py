"""Make a new version of an active journey."""

from __future__ import annotations

from app.journey.journey import Status
from app.kernel.errors import Conflict
from app.kernel.ids import new_guid
from app.kernel.said import said
from app.services.journeys import opened
from app.services.ports import Version
from app.services.views import OpenJourney
from app.services.workspace import Workspace


def new_version(ws: Workspace, journey_id: str) -> OpenJourney:
    """A draft that begins as the newest version is; that one goes on until the draft is activated.

    Raises Conflict when there is a draft already, NotFound.
    """
    now = ws.clock.now()
    with ws.unit_of_work() as work:
        newest = work.journeys.version(journey_id)
        if newest.status is Status.DRAFT:
            raise Conflict(
                said("Version {number} of {name} is a draft already.", number=newest.number, name=newest.journey.name),
                where=journey_id,
                hint=said("Edit that draft, or activate it first."),
            )
        draft = Version(new_guid(), newest.journey, work.journeys.next_number(journey_id), Status.DRAFT, saved_at=now)
        work.journeys.add(draft, now)
        work.changed("journeys")
        result = opened(work, draft)
        work.commit()
    return result
