"""Move a tile elsewhere, alone or with everything after it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from app.journey.edits.edit import Changes, Edit, Json, Patch, place_from_document, place_to_document, require
from app.journey.graph import branch, in_order, next_at, places_before, reachable
from app.journey.journey import Activity, Journey, Place
from app.kernel.errors import Conflict
from app.kernel.said import said


@dataclass(frozen=True)
class MoveActivities(Edit):
    """Takes a tile from where it stands and splices it in at `place`.

    Alone, its neighbours close up and its first path in use is taken over by what follows at the new place; other paths
    go with it. With `with_following`, everything that only it leads to goes with it; connectors to tiles outside stay.
    """

    kind: ClassVar[str] = "move"
    key: str
    place: Place
    with_following: bool = False

    @property
    def label(self) -> str:
        """`Move WAIT-1`."""
        return self._label(self.key)

    def patch(self, journey: Journey) -> Patch:
        """The tile, its old and its new neighbours."""
        changes = Changes(journey)
        activity = changes[self.key]
        changes.follower(self.place)
        reason = Mover(journey, self.key, self.with_following).reason(self.place)
        if reason:
            raise Conflict(reason, where=self.key)
        exit_place = None if self.with_following else main_way(activity)
        kept = changes.follower(exit_place) if exit_place else None
        for before in places_before(journey, self.key):
            changes.connect(before, kept)
        following = changes.follower(self.place)
        if self.with_following:
            exit_place = open_end(journey.activities, self.key, branch(journey, self.key))
        if exit_place and (following is not None or not self.with_following):
            changes.connect(exit_place, following)
        changes.connect(self.place, self.key)
        return changes.patch(self._label(activity.name))

    def _label(self, name: str) -> str:
        if self.with_following:
            return said("Move {name} and all after it", name=name)
        return said("Move {name}", name=name)

    def values(self) -> Json:
        """Key, place and how."""
        return {"key": self.key, "place": place_to_document(self.place), "with_following": self.with_following}

    @classmethod
    def from_values(cls, values: Mapping[str, Any]) -> MoveActivities:
        """The edit with those values."""
        return cls(
            require(values, "key"), place_from_document(require(values, "place")), require(values, "with_following")
        )


class Mover:
    """Says for one tile of a journey where it may be moved; made once for all places of a drag. `name` is what the
    reasons call it, "" for its own name."""

    def __init__(self, journey: Journey, key: str, with_following: bool, name: str = "") -> None:
        activity = journey.activities[key]
        self._journey = journey
        self._key = key
        self._name = name or activity.name
        self._whole = with_following
        if with_following:
            self._own = branch(journey, key)
            outside = (o.next for each in self._own for o in journey.activities[each].outcomes if o.next)
            self._after = reachable(journey.activities, [each for each in outside if each not in self._own])
            self._can_go_on = open_end(journey.activities, key, self._own) is not None
        else:
            main = main_way(activity)
            self._own = {key}
            others = [o.next for o in activity.outcomes if main is None or o.key != main.outcome]
            self._after = reachable(journey.activities, others)
            self._can_go_on = main is not None

    def reason(self, place: Place) -> str | None:
        """Why it may not be dropped at a place, or None where it may."""
        if place.source in self._own:
            return said("{name} cannot come after itself.", name=self._name)
        following = next_at(self._journey, place)
        if following == self._key:
            return said("{name} stands there already.", name=self._name)
        if place.source in self._after:
            return said("That would be a loop: paths of {name} lead there.", name=self._name)
        if following is not None and not self._can_go_on:
            return said(
                "{name} has no open end: what follows here could not go on. Drop it at an open end.", name=self._name
            )
        return None


def main_way(activity: Activity) -> Place | None:
    """The way out that closes up when the tile leaves: the first in use, else the first; None where it has none."""
    if not activity.outcomes:
        return None
    used = next((outcome for outcome in activity.outcomes if outcome.next is not None), activity.outcomes[0])
    return Place(activity.key, used.key)


def open_end(activities: Mapping[str, Activity], start: str, among: set[str]) -> Place | None:
    """The first open end after `start` in reading order, looking at tiles of `among` only."""
    part = Journey("", "", "", first=start, activities={key: activities[key] for key in among})
    for key in in_order(part):
        for outcome in activities[key].outcomes:
            if outcome.next is None:
                return Place(key, outcome.key)
    return None
