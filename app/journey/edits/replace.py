"""Put another activity in the place of one, keeping the connections."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from app.journey.activities import activity_type
from app.journey.document import activity_from_document, activity_to_document
from app.journey.edits.edit import Changes, Edit, Json, Patch, require
from app.journey.graph import places_before
from app.journey.journey import Activity, Journey, Note, TileGroup
from app.kernel.errors import Conflict
from app.kernel.said import Said, said


@dataclass(frozen=True)
class ReplaceActivity(Edit):
    """The new activity takes over all connectors: in, and out by position. Refused where it has too few ways out."""

    kind: ClassVar[str] = "replace"
    key: str
    activity: Activity

    @property
    def label(self) -> str:
        """`Replace by Wait`."""
        return said("Replace by {tile}", tile=Said(activity_type(self.activity.type).label))

    def patch(self, journey: Journey) -> Patch:
        """Both activities and those before."""
        changes = Changes(journey)
        old = changes[self.key]
        if self.activity.key in journey.activities:
            raise Conflict(
                said("The journey has an activity {key} already.", key=self.activity.key), where=self.activity.key
            )
        following = [outcome.next for outcome in old.outcomes]
        ways = len(self.activity.outcomes)
        if any(each is not None for each in following[ways:]):
            used = sum(each is not None for each in following)
            raise Conflict(
                said(
                    "{name} has {used} paths in use, and {other} has {ways}.",
                    name=old.name,
                    used=used,
                    other=self.activity.name,
                    ways=ways,
                ),
                where=self.key,
                hint=said("Remove or move the other branches first."),
            )
        following += [None] * ways
        outcomes = tuple(
            replace(outcome, next=target) for outcome, target in zip(self.activity.outcomes, following, strict=False)
        )
        changes.put(replace(self.activity, outcomes=outcomes))
        for place in places_before(journey, self.key):
            changes.connect(place, self.activity.key)
        self._carry(changes)
        changes.drop({self.key})
        return changes.patch(self.label)

    def _carry(self, changes: Changes) -> None:
        """Notes and groups of the old tile become the new one's."""
        new = self.activity.key
        notes: tuple[Note, ...] = changes.member("notes")
        changes.set("notes", tuple(replace(n, anchor=new) if n.anchor == self.key else n for n in notes))
        groups: tuple[TileGroup, ...] = changes.member("groups")
        renamed = (
            replace(group, members=tuple(new if member == self.key else member for member in group.members))
            for group in groups
        )
        changes.set("groups", tuple(renamed))

    def values(self) -> Json:
        """The key and the new activity."""
        return {"key": self.key, "activity": activity_to_document(self.activity)}

    @classmethod
    def from_values(cls, values: Mapping[str, Any]) -> ReplaceActivity:
        """The edit with those values."""
        return cls(require(values, "key"), activity_from_document(require(values, "activity")))
