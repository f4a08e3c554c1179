"""Keep calls that were refused before they became an event (bad token, bad JSON)."""

from __future__ import annotations

from collections.abc import Sequence

from app.services.news import EventsArrived
from app.services.refused_call import RefusedCall
from app.services.workspace import Workspace


def record_refused(ws: Workspace, calls: Sequence[RefusedCall]) -> None:
    """Keep them in the bounded log."""
    if not calls:
        return
    with ws.unit_of_work() as work:
        work.stays.add_refused(calls)
        work.commit()
    ws.bus.publish(EventsArrived(calls[-1].id))
