"""Take a journey from a file into the workspace."""

from __future__ import annotations

from app.journey.journey import Status
from app.kernel.ids import new_guid
from app.services.activate_journey import activate_in
from app.services.journeys import card
from app.services.ports import Version
from app.services.preview_import import plan_in
from app.services.save_data_extension import save_data_extension_in
from app.services.save_event import save_event_in
from app.services.views import ImportPreview, JourneyCard
from app.services.workspace import Workspace


def import_journey(ws: Workspace, preview: ImportPreview, activate: bool = False) -> JourneyCard:
    """Do what the preview said, all or nothing: the journey as a draft (or active), with its event and its data
    extensions. What the workspace has is reused or left as it is, never changed.

    Raises UnreadableFile, and what activating raises.
    """
    now = ws.clock.now()
    with ws.unit_of_work() as work:
        # Planned again: the workspace may have changed since the preview was shown.
        plan = plan_in(work, preview.content, preview.name)
        for each in plan.create_data_extensions:
            save_data_extension_in(work, each, ws)
        if plan.create_event and plan.event is not None:
            save_event_in(work, plan.event, ws)
        work.journeys.add(Version(new_guid(), plan.journey, number=1, status=Status.DRAFT, saved_at=now), now)
        work.changed("journeys", "running")
        if activate:
            activate_in(work, plan.journey.id, now)
        made = card(work, plan.journey.id)
        work.commit()
    return made
