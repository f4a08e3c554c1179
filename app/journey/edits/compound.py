"""Several edits as one: one line in the history, undone together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from app.journey.edits.edit import Edit, Json, Patch, require
from app.journey.journey import Activity, Journey


@dataclass(frozen=True)
class Compound(Edit):
    """Applies `edits` in their order. If one is not legal, none happens."""

    kind: ClassVar[str] = "compound"
    edits: tuple[Edit, ...]
    name: str

    @property
    def label(self) -> str:
        """The name given."""
        return self.name

    def patch(self, journey: Journey) -> Patch:
        """The sum of all."""
        now = journey
        activities: dict[str, Activity | None] = {}
        members: dict[str, Any] = {}
        for edit in self.edits:
            patch = edit.patch(now)
            now, _ = patch.apply(now)
            activities.update(patch.activities)
            members.update(patch.members)
        return Patch(self.name, activities, members)

    def values(self) -> Json:
        """Its edits."""
        return {"label": str(self.name), "edits": [edit.to_document() for edit in self.edits]}

    @classmethod
    def from_values(cls, values: Mapping[str, Any]) -> Compound:
        """The compound with those values."""
        from app.journey.edits import edit_from_document  # the list of all edits, this one included

        return cls(tuple(edit_from_document(each) for each in require(values, "edits")), require(values, "label"))
