"""Keep a draft as it is being edited."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from app.journey.journey import Journey, Status
from app.kernel.errors import Conflict
from app.kernel.said import said
from app.services.ports import Version
from app.services.workspace import Workspace


def save_draft(
    ws: Workspace,
    journey: Journey,
    history: Mapping[str, Any] | None = None,
    *,
    unchanged_since: datetime | None = None,
) -> datetime:
    """Keep the draft and its undo history (JSON values); when it was saved. What is returned from is on the disk.

    `unchanged_since`: refuse with Conflict when somebody else saved the draft after that moment. Raises Conflict for a
    journey whose newest version is active, NotFound for one that was deleted.
    """
    now = ws.clock.now()
    with ws.unit_of_work() as work:
        stored = work.journeys.version(journey.id)
        if stored.status is not Status.DRAFT:
            raise Conflict(
                said(
                    "Version {number} of {name} is not a draft and cannot change.",
                    number=stored.number,
                    name=stored.journey.name,
                ),
                where=journey.id,
                hint=said("Make a new version to edit it."),
            )
        if unchanged_since is not None and stored.saved_at != unchanged_since:
            raise Conflict(
                said("Another user recently modified this journey"),
                where=journey.id,
                hint=said("Read the journey again and make your change to its newest state."),
            )
        work.journeys.save(replace(stored, journey=journey, history=history or {}, saved_at=now), now)
        work.changed("journeys")
        if _is_seen_by_events(stored, journey):
            work.changed("running")
        work.commit()
    return now


def _is_seen_by_events(stored: Version, journey: Journey) -> bool:
    """Whether events notice the change: a draft answers those that it listens to, by its name."""
    before = stored.journey.entry.event_definition_id if stored.journey.entry else None
    after = journey.entry.event_definition_id if journey.entry else None
    return before != after or (after is not None and stored.journey.name != journey.name)
