"""Add an activity at a connector or an open end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from app.journey.activities import activity_type
from app.journey.document import activity_from_document, activity_to_document
from app.journey.edits.edit import Changes, Edit, Json, Patch, place_from_document, place_to_document, require
from app.journey.journey import Activity, Journey, Place
from app.kernel.errors import Conflict
from app.kernel.said import Said, said


@dataclass(frozen=True)
class AddActivity(Edit):
    """Splices the activity in; what followed at the place follows its first way out."""

    kind: ClassVar[str] = "add_activity"
    activity: Activity
    place: Place

    @property
    def label(self) -> str:
        """`Add Wait`."""
        return said("Add {tile}", tile=Said(activity_type(self.activity.type).label))

    def patch(self, journey: Journey) -> Patch:
        """The new activity and the one before it."""
        if self.activity.key in journey.activities:
            raise Conflict(
                said("The journey has an activity {key} already.", key=self.activity.key), where=self.activity.key
            )
        changes = Changes(journey)
        following = changes.follower(self.place)
        outcomes = tuple(replace(outcome, next=None) for outcome in self.activity.outcomes)
        if following is not None:
            if not outcomes:
                raise Conflict(said("Nothing can follow {name}: add it at an open end.", name=self.activity.name))
            outcomes = (replace(outcomes[0], next=following), *outcomes[1:])
        changes.put(replace(self.activity, outcomes=outcomes))
        changes.connect(self.place, self.activity.key)
        return changes.patch(self.label)

    def values(self) -> Json:
        """Activity and place."""
        return {"activity": activity_to_document(self.activity), "place": place_to_document(self.place)}

    @classmethod
    def from_values(cls, values: Mapping[str, Any]) -> AddActivity:
        """The edit with those values."""
        return cls(activity_from_document(require(values, "activity")), place_from_document(require(values, "place")))
