"""Where is this contact?"""

from __future__ import annotations

from app.services.event_log import StoredStay
from app.services.stored_versions import StoredVersions
from app.services.views import Stay, Whereabouts
from app.services.workspace import Workspace


def where_is(ws: Workspace, contact_key: str) -> Whereabouts:
    """All stays of a contact, newest first, each with its path. A contact that nobody knows has status "" and no
    stays."""
    with ws.unit_of_work(writes=False) as work:
        contact = work.log.contact(contact_key)
        versions = StoredVersions(work)
        stays = tuple(_stay(versions, stay) for stay in work.log.stays_of(contact_key))
    return Whereabouts(contact_key, contact.status if contact else "", stays)


def _stay(versions: StoredVersions, stay: StoredStay) -> Stay:
    version = versions.get(stay.version_id)
    activity = version.journey.activities.get(stay.activity_key) if version else None
    return Stay(
        journey_id=stay.journey_id,
        journey_name=version.journey.name if version else "",
        version=version.number if version else 0,
        state=stay.state,
        activity_key=stay.activity_key,
        activity_name=activity.name if activity else "",
        entered_at=stay.entered_at,
        until=stay.due_at if stay.state == "waiting" else None,
        ended_at=stay.ended_at,
        path=stay.path,
        test=stay.test,
    )
