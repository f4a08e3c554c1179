"""Paste tiles at a connector or an open end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from app.journey.edits.edit import Changes, Edit, Json, Patch, place_from_document, place_to_document, require
from app.journey.edits.move import open_end
from app.journey.fragment import Fragment, fragment_from_document, fragment_to_document, renewed
from app.journey.graph import reachable
from app.journey.journey import Journey, Place
from app.kernel.errors import Conflict


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
        return self.name or f"Paste {tiles[0].name if len(tiles) == 1 else f'{len(tiles)} tiles'}"

    def patch(self, journey: Journey) -> Patch:
        """The new tiles and the one before them."""
        changes = Changes(journey)
        following = changes.follower(self.place)
        fragment = renewed(self.fragment, journey)
        inside = {activity.key: activity for activity in fragment.activities}
        for activity in fragment.activities:
            changes.put(activity)
        place: Place | None = self.place
        used: set[str] = set()
        for head in fragment.heads:
            if place is None:
                raise Conflict("These tiles have no open end between them: paste them one by one.")
            changes.connect(place, head)
            used |= reachable(inside, [head])
            place = open_end({key: changes[key] for key in used}, fragment.heads[0], used)
        if following is not None:
            if place is None:
                raise Conflict("These tiles have no open end: paste them at an open end.")
            changes.connect(place, following)
        return changes.patch(self.label)

    def values(self) -> Json:
        """Tiles and place."""
        return {
            "fragment": fragment_to_document(self.fragment),
            "place": place_to_document(self.place),
            "label": self.name,
        }

    @classmethod
    def from_values(cls, values: Mapping[str, Any]) -> Paste:
        """The edit with those values."""
        return cls(
            fragment_from_document(require(values, "fragment")),
            place_from_document(require(values, "place")),
            require(values, "label"),
        )
