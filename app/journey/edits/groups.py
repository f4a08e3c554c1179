"""Named groups of tiles, which fold to one tile."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from app.journey.document import group_from_document, group_to_document
from app.journey.edits.edit import Changes, Edit, Json, Patch, require
from app.journey.folding import group_reason
from app.journey.graph import in_order
from app.journey.journey import Journey, TileGroup
from app.kernel.errors import Conflict
from app.kernel.said import said


@dataclass(frozen=True)
class SetGroup(Edit):
    """Makes a group, or renames, folds or changes the one with that id. Refused where it could not fold to one tile."""

    kind: ClassVar[str] = "set_group"
    group: TileGroup

    @property
    def label(self) -> str:
        """`Group tiles as Late`."""
        return said("Group tiles as {name}", name=self.group.name)

    def patch(self, journey: Journey) -> Patch:
        """The groups."""
        reason = group_reason(journey, self.group)
        if reason:
            raise Conflict(reason)
        members = set(self.group.members)
        group = replace(self.group, members=tuple(key for key in in_order(journey) if key in members))
        changes = Changes(journey)
        old = next((each for each in journey.groups if each.id == group.id), None)
        label = self.label
        if old is None:
            changes.set("groups", (*journey.groups, group))
        else:
            changes.set("groups", tuple(group if each is old else each for each in journey.groups))
            name = group.name
            label = said("Name the group {name}", name=name)
            if old.folded != group.folded:
                label = said("Fold {name}", name=name) if group.folded else said("Unfold {name}", name=name)
        return changes.patch(label)

    def values(self) -> Json:
        """The group."""
        return {"group": group_to_document(self.group)}

    @classmethod
    def from_values(cls, values: Mapping[str, Any]) -> SetGroup:
        """The edit with those values."""
        return cls(group_from_document(require(values, "group")))


@dataclass(frozen=True)
class RemoveGroup(Edit):
    """Takes a group apart; its tiles stay."""

    kind: ClassVar[str] = "remove_group"
    id: str

    @property
    def label(self) -> str:
        """Always the same."""
        return said("Ungroup")

    def patch(self, journey: Journey) -> Patch:
        """The groups."""
        left = tuple(group for group in journey.groups if group.id != self.id)
        if len(left) == len(journey.groups):
            raise Conflict(said("That group is no longer in the journey."))
        changes = Changes(journey)
        changes.set("groups", left)
        return changes.patch(self.label)

    def values(self) -> Json:
        """Its id."""
        return {"id": self.id}

    @classmethod
    def from_values(cls, values: Mapping[str, Any]) -> RemoveGroup:
        """The edit with those values."""
        return cls(require(values, "id"))
