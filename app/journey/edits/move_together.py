"""Move several activities at once: they leave their places together and stand together at another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from app.journey.edits.edit import Changes, Edit, Json, Patch, place_from_document, place_to_document, require
from app.journey.edits.move import main_way, open_end
from app.journey.edits.paste import chain
from app.journey.graph import in_order, next_at, reachable
from app.journey.journey import ENTRY, Activity, Journey, Place
from app.kernel.errors import Conflict
from app.kernel.said import counted, said


@dataclass(frozen=True)
class MoveTogether(Edit):
    """Takes tiles from where they stand and splices them in at `place`, in reading order.

    Connectors between them stay. Where they stood the others close up, as when each moved alone: what followed the
    first path in use of a tile follows what stood before it; its other paths go with it, with all that is on them.
    """

    kind: ClassVar[str] = "move_together"
    keys: tuple[str, ...]
    place: Place

    @property
    def label(self) -> str:
        """`Move 3 tiles`."""
        return counted("Move {n} tile", "Move {n} tiles", len(self.keys))

    def patch(self, journey: Journey) -> Patch:
        """The tiles, their old and their new neighbours."""
        changes = Changes(journey)
        for key in self.keys:
            changes[key]  # raises where it is gone
        changes.follower(self.place)
        mover = JointMover(journey, self.keys)
        reason = mover.reason(self.place)
        if reason:
            raise Conflict(reason, where=self.keys[0])
        for before, key in mover.entered:
            changes.connect(before, mover.behind(key))
        for way in mover.left:
            changes.connect(way, None)
        following = changes.follower(self.place)
        links, end = mover.links, mover.end
        for link, head in [(self.place, links[0][1]), *links[1:]]:
            changes.connect(link, head)
        if following is not None and end is not None:
            changes.connect(end, following)
        return changes.patch(self.label)

    def values(self) -> Json:
        """Keys and place."""
        return {"keys": list(self.keys), "place": place_to_document(self.place)}

    @classmethod
    def from_values(cls, values: Mapping[str, Any]) -> MoveTogether:
        """The edit with those values."""
        return cls(tuple(require(values, "keys")), place_from_document(require(values, "place")))


class JointMover:
    """Says for several tiles of a journey where they may be moved; made once for all places of a drag."""

    def __init__(self, journey: Journey, keys: Sequence[str]) -> None:
        self._journey = journey
        chosen = set(keys)
        self._own = {key: journey.activities[key] for key in in_order(journey) if key in chosen}
        self._main = {key: main_way(activity) for key, activity in self._own.items()}
        self.entered = [
            (Place(each.key, outcome.key), outcome.next)
            for each in journey.activities.values()
            if each.key not in chosen
            for outcome in each.outcomes
            if outcome.next in self._own
        ]
        """The connectors that lead to them from outside, with the tile that each leads to."""
        if journey.first in self._own:
            self.entered.insert(0, (Place(ENTRY), journey.first))
        self.left = self._closing()
        """The paths that close up behind them."""
        others = [
            o.next for each in self._own.values() for o in each.outcomes if Place(each.key, o.key) not in self.left
        ]
        self._after = reachable(journey.activities, [each for each in others if each not in chosen])
        inside = {key: self._free(activity) for key, activity in self._own.items()}
        self.links = chain(inside, _heads(inside)) or []
        """Which tile follows at which of their open ends, the first one first; empty where they cannot be chained."""
        for link, head in self.links[1:]:
            outcomes = tuple(
                replace(o, next=head) if o.key == link.outcome else o for o in inside[link.source].outcomes
            )
            inside[link.source] = replace(inside[link.source], outcomes=outcomes)
        self.end = open_end(inside, self.links[0][1], set(inside)) if self.links else None
        """Where what follows at the new place goes on."""

    def behind(self, key: str | None) -> str | None:
        """The first tile after `key` on its main way that stays."""
        while key in self._own:
            way = self._main[key]
            key = next_at(self._journey, way) if way is not None else None
        return key

    def _closing(self) -> dict[Place, None]:
        """The main ways out of them that are met on the way from where they are entered. What follows a tile that is
        reached by another path of one of them has nobody to close up to: it goes with them."""
        found: dict[Place, None] = {}
        for _, entered in self.entered:
            key: str | None = entered
            while key in self._own:
                way = self._main[key]
                key = next_at(self._journey, way) if way is not None else None
                if way is not None and key is not None and key not in self._own:
                    found[way] = None
        return found

    def reason(self, place: Place) -> str | None:
        """Why they may not be dropped at a place, or None where they may."""
        if not self.links:
            return said("These tiles have no open end between them: move them one by one.")
        if place.source in self._own:
            return said("The tiles cannot come after themselves.")
        following = next_at(self._journey, place)
        if following in self._own and len(self.entered) == len(self.links) == 1:
            return said("The tiles stand there already.")
        if place.source in self._after:
            return said("That would be a loop: paths of the tiles lead there.")
        if self.behind(following) is not None and self.end is None:
            return said("The tiles have no open end: what follows here could not go on. Drop them at an open end.")
        return None

    def _free(self, activity: Activity) -> Activity:
        """With its paths to the others and its open ends alone; the one that closes up behind it is open."""
        kept = []
        for outcome in activity.outcomes:
            if outcome.next is None or outcome.next in self._own:
                kept.append(outcome)
            elif Place(activity.key, outcome.key) in self.left:
                kept.append(replace(outcome, next=None))
        return replace(activity, outcomes=tuple(kept))


def _heads(inside: Mapping[str, Activity]) -> tuple[str, ...]:
    entered = {outcome.next for activity in inside.values() for outcome in activity.outcomes}
    return tuple(key for key in inside if key not in entered)
