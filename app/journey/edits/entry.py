"""Edits of the entry source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from app.journey.document import entry_from_document, entry_to_document
from app.journey.edits.edit import Changes, Edit, Json, Patch, require
from app.journey.journey import Entry, Journey
from app.kernel.errors import Conflict
from app.kernel.said import said


@dataclass(frozen=True)
class SetEntry(Edit):
    """Puts an entry source into the entry slot, or replaces the one that is there."""

    kind: ClassVar[str] = "set_entry"
    entry: Entry
    name: str = said("Set API Event")

    @property
    def label(self) -> str:
        """The name given."""
        return self.name

    def patch(self, journey: Journey) -> Patch:
        """The entry."""
        changes = Changes(journey)
        changes.set("entry", self.entry)
        return changes.patch(self.label)

    def values(self) -> Json:
        """The entry as JSON."""
        return {"entry": entry_to_document(self.entry), "label": str(self.name)}

    @classmethod
    def from_values(cls, values: Mapping[str, Any]) -> SetEntry:
        """The edit with those values."""
        return cls(entry_from_document(require(values, "entry")), require(values, "label"))


@dataclass(frozen=True)
class RemoveEntry(Edit):
    """Empties the entry slot; the activities stay."""

    kind: ClassVar[str] = "remove_entry"

    @property
    def label(self) -> str:
        """Always the same."""
        return said("Remove API Event")

    def patch(self, journey: Journey) -> Patch:
        """No entry."""
        if journey.entry is None:
            raise Conflict(said("The journey has no entry source to remove."))
        changes = Changes(journey)
        changes.set("entry", None)
        return changes.patch(self.label)

    def values(self) -> Json:
        """Nothing."""
        return {}

    @classmethod
    def from_values(cls, values: Mapping[str, Any]) -> RemoveEntry:  # noqa: ARG003 - it has none
        """The edit."""
        return cls()
