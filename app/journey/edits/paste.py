"""Paste tiles at a connector or an open end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from app.journey.edits.edit import Changes, Edit, Json, Patch, place_from_document, place_to_document, require
from app.journey.edits.move import open_end
from app.journey.fragment import Fragment, fragment_from_document, fragment_to_document, renewed
from app.journey.graph import reachable
from app.journey.journey import Activity, Journey, Place
from app.kernel.errors import Conflict
from app.kernel.said import counted, said


@dataclass(frozen=True)
class Paste(Edit):
    """Splices copied tiles in under new keys; what followed at the place follows their first open end.

    Tiles that were copied from several branches come one after another.
    """

    kind: ClassVar[str] = "paste"
    fragment: Fragment
    place: Place
    name: str = ""

    @property
    def label(self) -> str:
        """`Paste Wait`, or how many."""
        tiles = self.fragment.activities
        if self.name or len(tiles) != 1:
            return self.name or counted("Paste {n} tile", "Paste {n} tiles", len(tiles))
        return said("Paste {name}", name=tiles[0].name)

    def patch(self, journey: Journey) -> Patch:
        """The new tiles and the one before them."""
        changes = Changes(journey)
        following = changes.follower(self.place)
        fragment = renewed(self.fragment, journey)
        inside = {activity.key: activity for activity in fragment.activities}
        for activity in fragment.activities:
            changes.put(activity)
        if fragment.groups:
            changes.set("groups", (*journey.groups, *fragment.groups))
        if fragment.notes:
            changes.set("notes", (*journey.notes, *fragment.notes))
        links = chain(inside, fragment.heads)
        if links is None:
            raise Conflict(said("These tiles have no open end between them: paste them one by one."))
        changes.connect(self.place, links[0][1])
        for link, head in links[1:]:
            changes.connect(link, head)
        place = open_end({key: changes[key] for key in inside}, links[0][1], set(inside))
        if following is not None:
            if place is None:
                raise Conflict(said("These tiles have no open end: paste them at an open end."))
            changes.connect(place, following)
        return changes.patch(self.label)

    def values(self) -> Json:
        """Tiles and place."""
        return {
            "fragment": fragment_to_document(self.fragment),
            "place": place_to_document(self.place),
            "label": str(self.name),
        }

    @classmethod
    def from_values(cls, values: Mapping[str, Any]) -> Paste:
        """The edit with those values."""
        return cls(
            fragment_from_document(require(values, "fragment")),
            place_from_document(require(values, "place")),
            require(values, "label"),
        )


def chain(inside: Mapping[str, Activity], heads: Sequence[str]) -> list[tuple[Place, str]] | None:
    """Which head follows at which open end, the first one first; None where they cannot come one after another.

    Branches may lead into the same tile: then only an open end will do from which no path leads back.
    """
    for first in heads:
        others = [head for head in heads if head != first]
        links = _links(dict(inside), first, others)
        if links is not None:
            return [(Place(""), first), *links]
    return None


def _links(now: dict[str, Activity], first: str, waiting: list[str]) -> list[tuple[Place, str]] | None:
    links = []
    while waiting:
        used = reachable(now, [first])
        after = {head: reachable(now, [head]) for head in waiting}
        ends = [Place(key, o.key) for key in now if key in used for o in now[key].outcomes if o.next is None]
        found = next(((end, head) for head in waiting for end in ends if end.source not in after[head]), None)
        if found is None:
            return None
        end, head = found
        outcomes = tuple(replace(o, next=head) if o.key == end.outcome else o for o in now[end.source].outcomes)
        now[end.source] = replace(now[end.source], outcomes=outcomes)
        waiting.remove(head)
        links.append(found)
    return links
