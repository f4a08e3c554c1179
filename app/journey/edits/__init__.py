"""Edits as data: each makes a new journey and gives the edit that takes it back. One file, one line here for each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.journey.edits.add_activity import AddActivity
from app.journey.edits.compound import Compound
from app.journey.edits.connect import ConnectEnd, DisconnectEnd, SwapPaths
from app.journey.edits.difference import difference
from app.journey.edits.edit import Changes, Edit, Patch
from app.journey.edits.entry import RemoveEntry, SetEntry
from app.journey.edits.groups import RemoveGroup, SetGroup
from app.journey.edits.move import MoveActivities
from app.journey.edits.move_together import MoveTogether
from app.journey.edits.notes import AddNote, RemoveNote, SetNote
from app.journey.edits.paste import Paste
from app.journey.edits.remove import RemoveActivity, RemoveBranch
from app.journey.edits.remove_together import RemoveTogether
from app.journey.edits.replace import ReplaceActivity
from app.journey.edits.set_activity import SetActivity, dropped_by
from app.journey.edits.set_journey import SetJourney
from app.journey.journey import Journey
from app.kernel.errors import InvalidInput
from app.kernel.said import said

__all__ = [
    "EDITS",
    "AddActivity",
    "AddNote",
    "Changes",
    "Compound",
    "ConnectEnd",
    "DisconnectEnd",
    "Edit",
    "MoveActivities",
    "MoveTogether",
    "Paste",
    "Patch",
    "RemoveActivity",
    "RemoveBranch",
    "RemoveEntry",
    "RemoveGroup",
    "RemoveNote",
    "RemoveTogether",
    "ReplaceActivity",
    "SetActivity",
    "SetEntry",
    "SetGroup",
    "SetJourney",
    "SetNote",
    "SwapPaths",
    "changed_keys",
    "difference",
    "dropped_by",
    "edit_from_document",
]

EDITS: tuple[type[Edit], ...] = (
    AddActivity,
    AddNote,
    Compound,
    ConnectEnd,
    DisconnectEnd,
    MoveActivities,
    MoveTogether,
    Paste,
    Patch,
    RemoveActivity,
    RemoveBranch,
    RemoveEntry,
    RemoveGroup,
    RemoveNote,
    RemoveTogether,
    ReplaceActivity,
    SetActivity,
    SetEntry,
    SetGroup,
    SetJourney,
    SetNote,
    SwapPaths,
)


def edit_from_document(document: object) -> Edit:
    """The edit that `Edit.to_document` gave. Raises InvalidInput where it is none that this Switchback knows."""
    if not isinstance(document, Mapping):
        raise InvalidInput(said("A kept edit must be an object."))
    kind = document.get("edit")
    found = next((each for each in EDITS if each.kind == kind), None)
    if found is None:
        raise InvalidInput(f"There is no edit {kind!r}.", where="edit")
    try:
        return found.from_values(document)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise InvalidInput(f"The kept edit {kind} cannot be read: {error}.", where="edit") from None


def changed_keys(before: Journey, after: Journey) -> frozenset[str]:
    """The keys of the activities that one edit added, changed or took out."""
    old: Mapping[str, Any] = before.activities
    new: Mapping[str, Any] = after.activities
    if old is new:
        return frozenset()
    changed = {key for key, activity in new.items() if old.get(key) is not activity}
    return frozenset(changed.union(key for key in old if key not in new))
