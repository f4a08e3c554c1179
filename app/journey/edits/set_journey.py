"""Change the journey's own settings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from app.journey.document import entry_mode
from app.journey.edits.edit import Changes, Edit, Json, Patch
from app.journey.journey import EntryMode, Journey
from app.kernel.said import said


@dataclass(frozen=True)
class SetJourney(Edit):
    """Sets what is not None; `default_email` "" means none."""

    kind: ClassVar[str] = "set_journey"
    name: str | None = None
    description: str | None = None
    entry_mode: EntryMode | None = None
    default_email: str | None = None

    @property
    def label(self) -> str:
        """What it sets, if it is one thing."""
        names = {
            "name": said("Rename journey"),
            "description": said("Change description"),
            "entry_mode": said("Set entry mode"),
            "default_email": said("Set default email address"),
        }
        given = [words for name, words in names.items() if getattr(self, name) is not None]
        return given[0] if len(given) == 1 else said("Change journey settings")

    def patch(self, journey: Journey) -> Patch:
        """Those members."""
        changes = Changes(journey)
        for name in ("name", "description", "entry_mode"):
            if getattr(self, name) is not None:
                changes.set(name, getattr(self, name))
        if self.default_email is not None:
            changes.set("default_email", self.default_email or None)
        return changes.patch(self.label)

    def values(self) -> Json:
        """Only what is set."""
        names = ("name", "description", "entry_mode", "default_email")
        return {name: str(getattr(self, name)) for name in names if getattr(self, name) is not None}

    @classmethod
    def from_values(cls, values: Mapping[str, Any]) -> SetJourney:
        """The edit with those values."""
        mode = values.get("entry_mode")
        return cls(
            values.get("name"),
            values.get("description"),
            None if mode is None else entry_mode(mode),
            values.get("default_email"),
        )
