"""The edit from one state of a journey to another: for a state that was kept beside the one that is shown."""

from __future__ import annotations

from app.journey.edits.edit import MEMBERS, Patch
from app.journey.journey import Journey


def difference(before: Journey, after: Journey, label: str) -> Patch:
    """What makes `before` exactly `after`, but for identity (id and key): activities and members that differ. `label`
    is what the undo history shows."""
    keys = [*before.activities, *(key for key in after.activities if key not in before.activities)]
    activities = {
        key: after.activities.get(key) for key in keys if before.activities.get(key) != after.activities.get(key)
    }
    members = {name: getattr(after, name) for name in MEMBERS if getattr(before, name) != getattr(after, name)}
    return Patch(label, activities, members)
