"""Take activities out: one with its neighbours closing up, or one with everything after it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from app.journey.edits.edit import Changes, Edit, Json, Patch, require
from app.journey.graph import branch, places_before, reachable
from app.journey.journey import Activity, Journey
from app.kernel.said import said


@dataclass(frozen=True)
class RemoveActivity(Edit):
    """Takes one activity out.

    With `heal` the neighbours close up: what followed its way out `keep` (None: the first one that leads somewhere)
    follows what stood before; what only its other ways out led to goes too. Without, all before it become open ends and
    everything that only it led to goes.
    """

    kind: ClassVar[str] = "remove_activity"
    key: str
    heal: bool = True
    keep: str | None = None
    name: str = ""

    @property
    def label(self) -> str:
        """`Remove Wait`."""
        return said("Remove {name}", name=self.name or self.key)

    def patch(self, journey: Journey) -> Patch:
        """The activity, its neighbours, and what can no longer be reached."""
        changes = Changes(journey)
        activity = changes[self.key]
        kept = kept_follower(activity, self.keep) if self.heal else None
        for place in places_before(journey, self.key):
            changes.connect(place, kept)
        changes.drop(removed_with(journey, self.key, kept))
        if self.heal:
            return changes.patch(said("Remove {name}", name=activity.name))
        return changes.patch(said("Remove {name} and all after it", name=activity.name))

    def values(self) -> Json:
        """Key and how."""
        return {"key": self.key, "heal": self.heal, "keep": self.keep, "label": str(self.name)}

    @classmethod
    def from_values(cls, values: Mapping[str, Any]) -> RemoveActivity:
        """The edit with those values."""
        return cls(require(values, "key"), require(values, "heal"), require(values, "keep"), require(values, "label"))


@dataclass(frozen=True)
class RemoveBranch(Edit):
    """Takes out an activity and everything that only it leads to."""

    kind: ClassVar[str] = "remove_branch"
    key: str

    @property
    def label(self) -> str:
        """`Remove the branch at WAIT-1`."""
        return said("Remove the branch at {key}", key=self.key)

    def patch(self, journey: Journey) -> Patch:
        """As RemoveActivity without healing."""
        return RemoveActivity(self.key, heal=False).patch(journey)

    def values(self) -> Json:
        """The key."""
        return {"key": self.key}

    @classmethod
    def from_values(cls, values: Mapping[str, Any]) -> RemoveBranch:
        """The edit with those values."""
        return cls(require(values, "key"))


def kept_follower(activity: Activity, keep: str | None = None) -> str | None:
    """What stays connected when an activity goes: what follows at outcome `keep`, or at the first that leads on."""
    return next(
        (each.next for each in activity.outcomes if each.next and (keep is None or each.key == keep)),
        None,
    )


def removed_with(journey: Journey, key: str, kept: str | None) -> set[str]:
    """The activity and all that goes with it when its neighbours close up to `kept` (None: nothing is kept)."""
    gone = branch(journey, key)
    return gone - reachable({each: journey.activities[each] for each in gone if each != key}, [kept])
