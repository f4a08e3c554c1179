"""Change an activity's name, settings, paths, or whether it is disabled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from app.journey.activities.decision_split import REMAINDER
from app.journey.document import outcome_from_document, outcome_to_document
from app.journey.edits.edit import Changes, Edit, Json, Patch, require
from app.journey.graph import reachable
from app.journey.journey import Journey, Outcome
from app.kernel.errors import Conflict
from app.kernel.said import said
from app.kernel.storable import storable


@dataclass(frozen=True)
class SetActivity(Edit):
    """Sets what is not None. Connections are kept by the outcomes' keys: `next` of the given outcomes is not read.

    Where a path goes that led somewhere, what only it led to goes too (`dropped_by` says what that is).
    """

    kind: ClassVar[str] = "set_activity"
    key: str
    name: str | None = None
    settings: Mapping[str, Any] | None = None
    outcomes: tuple[Outcome, ...] | None = None
    disabled: bool | None = None
    description: str | None = None
    title: str = ""
    """The label, where the usual one says too little."""

    @property
    def label(self) -> str:
        """`Rename to ...`, `Disable ...` or `Change ...`."""
        if self.title:
            return self.title
        if self.settings is None and self.outcomes is None:
            if self.disabled is not None:
                name = self.name or self.key
                return said("Disable {name}", name=name) if self.disabled else said("Enable {name}", name=name)
            if self.name is not None:
                return said("Rename to {name}", name=self.name)
        return said("Change {name}", name=self.name or self.key)

    def patch(self, journey: Journey) -> Patch:
        """The activity, and what can no longer be reached."""
        changes = Changes(journey)
        activity = changes[self.key]
        values: dict[str, Any] = {
            name: value
            for name in ("name", "settings", "disabled", "description")
            if (value := getattr(self, name)) is not None
        }
        if self.outcomes is not None:
            if any(outcome.key == REMAINDER for outcome in self.outcomes[:-1]):
                raise Conflict(said("The remainder stays last: it takes whom no other path took."), where=self.key)
            following = {outcome.key: outcome.next for outcome in activity.outcomes}
            values["outcomes"] = tuple(replace(each, next=following.get(each.key)) for each in self.outcomes)
        changes.put(replace(activity, **storable(values)))
        changes.drop(dropped_by(journey, self.key, self.outcomes))
        return changes.patch(self.label)

    def values(self) -> Json:
        """Only what is set."""
        document: Json = {"key": self.key}
        for name in ("name", "disabled", "description"):
            if getattr(self, name) is not None:
                document[name] = getattr(self, name)
        if self.settings is not None:
            document["settings"] = dict(self.settings)
        if self.outcomes is not None:
            document["outcomes"] = [outcome_to_document(outcome) for outcome in self.outcomes]
        if self.title:
            document["label"] = str(self.title)
        return document

    @classmethod
    def from_values(cls, values: Mapping[str, Any]) -> SetActivity:
        """The edit with those values."""
        outcomes = values.get("outcomes")
        return cls(
            require(values, "key"),
            values.get("name"),
            values.get("settings"),
            None if outcomes is None else tuple(outcome_from_document(each) for each in outcomes),
            values.get("disabled"),
            values.get("description"),
            values.get("label", ""),
        )


def dropped_by(journey: Journey, key: str, outcomes: tuple[Outcome, ...] | None) -> set[str]:
    """The activities that go when that activity gets those outcomes: what only its lost paths led to."""
    activity = journey.activities.get(key)
    if outcomes is None or activity is None:
        return set()
    kept = {outcome.key for outcome in outcomes}
    if all(outcome.key in kept or outcome.next is None for outcome in activity.outcomes):
        return set()
    left = tuple(outcome for outcome in activity.outcomes if outcome.key in kept)
    activities = {**journey.activities, key: replace(activity, outcomes=left)}
    before = reachable(journey.activities, [journey.first])
    return before - reachable(activities, [journey.first])
