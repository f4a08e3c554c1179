"""Lead an open end into another branch, open a connector again, exchange what follows two paths."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from app.journey.edits.edit import Changes, Edit, Json, Patch, place_from_document, place_to_document, require
from app.journey.graph import reachable, would_loop
from app.journey.journey import Journey, Place
from app.kernel.errors import Conflict
from app.kernel.said import said


@dataclass(frozen=True)
class ConnectEnd(Edit):
    """Connects an open end to an activity: paths join there."""

    kind: ClassVar[str] = "connect"
    place: Place
    target: str

    @property
    def label(self) -> str:
        """Always the same."""
        return said("Join paths")

    def patch(self, journey: Journey) -> Patch:
        """The tile before the open end."""
        changes = Changes(journey)
        if changes.follower(self.place) is not None:
            raise Conflict(said("Something follows there already: only an open end can be connected."))
        name = changes[self.target].name
        if would_loop(journey, self.place.source, self.target):
            raise Conflict(
                said(
                    "That would be a loop: contacts pass {name} on their way to {start}.",
                    name=name,
                    start=changes[self.place.source].name,
                ),
                where=self.target,
            )
        changes.connect(self.place, self.target)
        return changes.patch(self.label)

    def values(self) -> Json:
        """From where to where."""
        return {"place": place_to_document(self.place), "target": self.target}

    @classmethod
    def from_values(cls, values: Mapping[str, Any]) -> ConnectEnd:
        """The edit with those values."""
        return cls(place_from_document(require(values, "place")), require(values, "target"))


@dataclass(frozen=True)
class DisconnectEnd(Edit):
    """Makes a connector an open end, where other paths still lead to what followed."""

    kind: ClassVar[str] = "disconnect"
    place: Place

    @property
    def label(self) -> str:
        """Always the same."""
        return said("Disconnect path")

    def patch(self, journey: Journey) -> Patch:
        """The tile before the connector."""
        changes = Changes(journey)
        following = changes.follower(self.place)
        if following is None:
            raise Conflict(said("That is an open end already."))
        changes.connect(self.place, None)
        after = changes.result()
        if following not in reachable(after.activities, [after.first]):
            raise Conflict(
                said("No other path leads to {name}: it would be cut off.", name=changes[following].name),
                where=following,
                hint=said("Remove the branch instead."),
            )
        return changes.patch(self.label)

    def values(self) -> Json:
        """The place."""
        return {"place": place_to_document(self.place)}

    @classmethod
    def from_values(cls, values: Mapping[str, Any]) -> DisconnectEnd:
        """The edit with those values."""
        return cls(place_from_document(require(values, "place")))


@dataclass(frozen=True)
class SwapPaths(Edit):
    """Exchanges what follows two ways out of one activity; labels and filters stay where they are."""

    kind: ClassVar[str] = "swap_paths"
    key: str
    one: str
    other: str

    @property
    def label(self) -> str:
        """Always the same."""
        return said("Swap paths")

    def patch(self, journey: Journey) -> Patch:
        """The split."""
        changes = Changes(journey)
        one, other = Place(self.key, self.one), Place(self.key, self.other)
        first, second = changes.follower(one), changes.follower(other)
        changes.connect(one, second)
        changes.connect(other, first)
        return changes.patch(self.label)

    def values(self) -> Json:
        """The split and its two paths."""
        return {"key": self.key, "one": self.one, "other": self.other}

    @classmethod
    def from_values(cls, values: Mapping[str, Any]) -> SwapPaths:
        """The edit with those values."""
        return cls(require(values, "key"), require(values, "one"), require(values, "other"))
