"""Undo what tests left behind."""

from __future__ import annotations

from app.services.news import ContactsMoved
from app.services.workspace import Workspace


def clear_test_contacts(ws: Workspace, journey_id: str | None = None) -> int:
    """Put rows back as they were, and take away the stays, messages, decisions, events and contacts that tests made;
    of all tests, or of those that this journey decided about. How many events there were."""
    with ws.unit_of_work() as work:
        cleared = work.stays.clear_tests(journey_id)
        if cleared:
            work.changed("contacts", "data_extensions")
            work.commit()
    if cleared:
        ws.bus.publish(ContactsMoved((journey_id,) if journey_id else ()))
    return cleared
