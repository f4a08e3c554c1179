"""Take several activities out at once: what stood around them closes up."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from app.journey.edits.edit import Changes, Edit, Json, Patch, require
from app.journey.graph import next_at, places, reachable
from app.journey.journey import Journey
from app.kernel.said import counted


@dataclass(frozen=True)
class RemoveTogether(Edit):
    """Takes `keys` out; it does not matter in which order they are named.

    What stood before them goes on with what follows the first of their paths that leads on. What only their other
    paths led to goes too, as when each is removed alone from the last to the first.
    """

    kind: ClassVar[str] = "remove_together"
    keys: tuple[str, ...]

    @property
    def label(self) -> str:
        """`Remove 3 tiles`."""
        return counted("Remove {n} tile", "Remove {n} tiles", len(self.keys))

    def patch(self, journey: Journey) -> Patch:
        """The activities, their neighbours, and what can no longer be reached."""
        changes = Changes(journey)
        gone = {changes[key].key for key in self.keys}
        onward = _onward(journey, gone)
        led_to = set()
        for place in places(journey):
            following = next_at(journey, place)
            led_to.add(following)
            if following in onward and place.source not in gone:
                changes.connect(place, onward[following])
        heads = [changes.member("first"), *(onward[key] for key in gone if key not in led_to)]
        changes.drop(gone | _cut_off(journey, changes, gone, heads))
        return changes.patch(self.label)

    def values(self) -> Json:
        """The keys."""
        return {"keys": list(self.keys)}

    @classmethod
    def from_values(cls, values: Mapping[str, Any]) -> RemoveTogether:
        """The edit with those values."""
        return cls(tuple(require(values, "keys")))


def _onward(journey: Journey, gone: Collection[str]) -> dict[str | None, str | None]:
    """For each that goes what a contact comes to next that stays, on the first path that leads to any."""
    found: dict[str | None, str | None] = {}
    for start in gone:
        way = [start]
        while way:
            key = way[-1]
            found.setdefault(key, None)  # so that a loop of an import ends
            following = [o.next for o in journey.activities[key].outcomes if o.next is not None]
            unknown = next((each for each in following if each in gone and each not in found), None)
            if unknown is not None:
                way.append(unknown)
                continue
            ends = (found[each] if each in gone else each for each in following)
            found[key] = next((each for each in ends if each is not None), None)
            way.pop()
    return found


def _cut_off(journey: Journey, changes: Changes, gone: Collection[str], heads: Collection[str | None]) -> set[str]:
    """What came after those that go and that nothing leads to any more. Tiles nothing ever led to stay."""
    after = reachable(journey.activities, gone)
    left = {key: changes[key] for key in journey.activities if key not in gone}
    return after.difference(gone) - reachable(left, [*heads, *(key for key in left if key not in after)])
