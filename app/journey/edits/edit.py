"""What an edit is: data that makes a new journey and knows how to take itself back."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from app.journey import document as documents
from app.journey.journey import ENTRY, Activity, EntryMode, Journey, Note, Outcome, Place, TileGroup
from app.kernel.errors import Conflict, InvalidInput
from app.kernel.said import said
from app.kernel.storable import storable

Json = dict[str, Any]


class Edit(ABC):
    """One change of a journey. `kind` names the class in the kept undo history.

    A leaf says `patch`, from which `apply` and the way back follow, and its own `values` in JSON.
    """

    kind: ClassVar[str]

    @property
    @abstractmethod
    def label(self) -> str:
        """What the undo history shows: `Add Wait`."""

    @abstractmethod
    def patch(self, journey: Journey) -> Patch:
        """What changes in that journey. Raises Conflict or InvalidInput where the edit is not legal in it."""

    def apply(self, journey: Journey) -> tuple[Journey, Edit]:
        """The journey after the edit and the edit that takes it back exactly. Raises Conflict or InvalidInput."""
        return self.patch(journey).apply(journey)

    @abstractmethod
    def values(self) -> Json:
        """The edit's own values as JSON."""

    def to_document(self) -> Json:
        """The edit as JSON values; `edit_from_document` reads them."""
        return {"edit": self.kind} | self.values()

    @classmethod
    @abstractmethod
    def from_values(cls, values: Mapping[str, Any]) -> Edit:
        """The edit with those values."""


@dataclass(frozen=True)
class Patch(Edit):
    """Sets whole activities (None: takes them out) and whole members of the journey: the exact way back of any edit."""

    kind: ClassVar[str] = "patch"
    name: str
    activities: Mapping[str, Activity | None]
    members: Mapping[str, Any]

    @property
    def label(self) -> str:
        """The label of the edit that this one takes back."""
        return self.name

    def patch(self, journey: Journey) -> Patch:  # noqa: ARG002 - it fits the state that it was made for
        """Itself."""
        return self

    def apply(self, journey: Journey) -> tuple[Journey, Edit]:
        """The journey with those values, and the patch that puts back what was there."""
        members = dict(self.members)
        if self.activities:
            merged = dict(journey.activities)
            for key, activity in self.activities.items():
                if activity is None:
                    merged.pop(key, None)
                else:
                    merged[key] = activity
            members["activities"] = merged
        before = {key: journey.activities.get(key) for key in self.activities}
        back = Patch(self.name, before, {name: getattr(journey, name) for name in self.members})
        return replace(journey, **members), back

    def values(self) -> Json:
        """Activities and members as JSON values."""
        return {
            "label": str(self.name),
            "activities": {
                key: activity and documents.activity_to_document(activity) for key, activity in self.activities.items()
            },
            "members": {name: MEMBERS[name][0](value) for name, value in self.members.items()},
        }

    @classmethod
    def from_values(cls, values: Mapping[str, Any]) -> Patch:
        """The patch with those values."""
        return cls(
            values["label"],
            {key: each and documents.activity_from_document(each) for key, each in values["activities"].items()},
            {name: MEMBERS[name][1](value) for name, value in values["members"].items()},
        )


class Changes:
    """The changes of one edit while it is worked out: reads see what was changed already."""

    def __init__(self, journey: Journey) -> None:
        self._journey = journey
        self._activities: dict[str, Activity | None] = {}
        self._members: dict[str, Any] = {}

    def __getitem__(self, key: str) -> Activity:
        """The activity as it is now. Raises Conflict where there is none."""
        activity = self._activities[key] if key in self._activities else self._journey.activities.get(key)
        if activity is None:
            raise Conflict(said("There is no activity {key} in this journey.", key=key), where=key)
        return activity

    def member(self, name: str) -> Any:
        """A member of the journey as it is now."""
        return self._members[name] if name in self._members else getattr(self._journey, name)

    def put(self, activity: Activity) -> None:
        """Add or replace an activity."""
        self._activities[activity.key] = activity

    def drop(self, keys: set[str]) -> None:
        """Take activities out. Notes on them stay without an anchor; groups forget them."""
        for key in keys:
            self._activities[key] = None
        notes: tuple[Note, ...] = self.member("notes")
        if any(note.anchor in keys for note in notes):
            self.set("notes", tuple(replace(n, anchor=None) if n.anchor in keys else n for n in notes))
        groups: tuple[TileGroup, ...] = self.member("groups")
        if any(keys.intersection(group.members) for group in groups):
            left = (replace(g, members=tuple(m for m in g.members if m not in keys)) for g in groups)
            self.set("groups", tuple(group for group in left if group.members))

    def set(self, name: str, value: Any) -> None:
        """Set a member of the journey."""
        self._members[name] = storable(value)

    def follower(self, place: Place) -> str | None:
        """What follows at a place now. Raises Conflict where there is no such place."""
        if place.source == ENTRY and place.outcome == "":
            first: str | None = self.member("first")
            return first
        return self._outcome(place).next

    def connect(self, place: Place, target: str | None) -> None:
        """Let `target` follow at a place. Raises Conflict where there is no such place."""
        if place.source == ENTRY and place.outcome == "":
            self.set("first", target)
            return
        self._outcome(place)
        activity = self[place.source]
        outcomes = tuple(replace(o, next=target) if o.key == place.outcome else o for o in activity.outcomes)
        self.put(replace(activity, outcomes=outcomes))

    def _outcome(self, place: Place) -> Outcome:
        for outcome in self[place.source].outcomes:
            if outcome.key == place.outcome:
                return outcome
        raise Conflict(
            said("{name} has no way out {outcome!r}.", name=self[place.source].name, outcome=place.outcome),
            where=place.source,
        )

    def result(self) -> Journey:
        """The journey as it is now."""
        return self.patch("").apply(self._journey)[0]

    def patch(self, label: str) -> Patch:
        """All changes as one patch; what is as it was before is left out."""
        activities = {
            key: activity
            for key, activity in self._activities.items()
            if activity is not self._journey.activities.get(key)
        }
        members = {name: value for name, value in self._members.items() if value != getattr(self._journey, name)}
        return Patch(label, activities, members)


def require(values: Mapping[str, Any], name: str) -> Any:
    """A value of a kept edit. Raises InvalidInput where it is missing."""
    try:
        return values[name]
    except KeyError:
        raise InvalidInput(said("The kept edit has no {name}.", name=name), where=name) from None


def place_to_document(place: Place) -> list[str]:
    """A place as JSON values."""
    return [place.source, place.outcome]


def place_from_document(value: Any) -> Place:
    """The place of a document. Raises InvalidInput."""
    if not (isinstance(value, (list, tuple)) and len(value) == 2 and all(isinstance(each, str) for each in value)):
        raise InvalidInput(said("A place is a list of an activity's key and an outcome's key."), where="place")
    return Place(*value)


def _same(value: Any) -> Any:
    return value


def _tuple_of(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda values: tuple(read(value) for value in values)


def _list_of(write: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda values: [write(value) for value in values]


MEMBERS: dict[str, tuple[Callable[[Any], Any], Callable[[Any], Any]]] = {
    "name": (_same, _same),
    "description": (_same, _same),
    "entry_mode": (lambda mode: mode.value, EntryMode),
    "default_email": (_same, _same),
    "first": (_same, _same),
    "entry": (
        lambda entry: entry and documents.entry_to_document(entry),
        lambda value: value and documents.entry_from_document(value),
    ),
    "notes": (_list_of(documents.note_to_document), _tuple_of(documents.note_from_document)),
    "groups": (_list_of(documents.group_to_document), _tuple_of(documents.group_from_document)),
}
"""How each member of a journey that edits may set goes to JSON and back."""
