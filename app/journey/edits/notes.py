"""Notes on the canvas."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from app.journey.document import note_from_document, note_to_document
from app.journey.edits.edit import Changes, Edit, Json, Patch, require
from app.journey.journey import Journey, Note
from app.kernel.errors import Conflict
from app.kernel.said import said


@dataclass(frozen=True)
class AddNote(Edit):
    """Puts a note on the canvas, at a tile or free."""

    kind: ClassVar[str] = "add_note"
    note: Note

    @property
    def label(self) -> str:
        """Always the same."""
        return said("Add note")

    def patch(self, journey: Journey) -> Patch:
        """The notes."""
        if any(note.id == self.note.id for note in journey.notes):
            raise Conflict(said("That note is on the canvas already."))
        changes = Changes(journey)
        _check_anchor(changes, self.note.anchor)
        changes.set("notes", (*journey.notes, self.note))
        return changes.patch(self.label)

    def values(self) -> Json:
        """The note."""
        return {"note": note_to_document(self.note)}

    @classmethod
    def from_values(cls, values: Mapping[str, Any]) -> AddNote:
        """The edit with those values."""
        return cls(note_from_document(require(values, "note")))


@dataclass(frozen=True)
class SetNote(Edit):
    """Changes a note's text and the tile at which it stands (None: free)."""

    kind: ClassVar[str] = "set_note"
    id: str
    text: str
    anchor: str | None = None

    @property
    def label(self) -> str:
        """Always the same."""
        return said("Change note")

    def patch(self, journey: Journey) -> Patch:
        """The notes."""
        changes = Changes(journey)
        _check_anchor(changes, self.anchor)
        place = _place(journey, self.id)
        notes = list(journey.notes)
        notes[place] = replace(notes[place], text=self.text, anchor=self.anchor)
        changes.set("notes", tuple(notes))
        return changes.patch(self.label)

    def values(self) -> Json:
        """Its values."""
        return {"id": self.id, "text": self.text, "anchor": self.anchor}

    @classmethod
    def from_values(cls, values: Mapping[str, Any]) -> SetNote:
        """The edit with those values."""
        return cls(require(values, "id"), require(values, "text"), require(values, "anchor"))


@dataclass(frozen=True)
class RemoveNote(Edit):
    """Takes a note away."""

    kind: ClassVar[str] = "remove_note"
    id: str

    @property
    def label(self) -> str:
        """Always the same."""
        return said("Remove note")

    def patch(self, journey: Journey) -> Patch:
        """The notes."""
        changes = Changes(journey)
        place = _place(journey, self.id)
        changes.set("notes", (*journey.notes[:place], *journey.notes[place + 1 :]))
        return changes.patch(self.label)

    def values(self) -> Json:
        """Its id."""
        return {"id": self.id}

    @classmethod
    def from_values(cls, values: Mapping[str, Any]) -> RemoveNote:
        """The edit with those values."""
        return cls(require(values, "id"))


def _place(journey: Journey, note_id: str) -> int:
    for place, note in enumerate(journey.notes):
        if note.id == note_id:
            return place
    raise Conflict(said("That note is no longer on the canvas."))


def _check_anchor(changes: Changes, anchor: str | None) -> None:
    """A note stands at a tile that exists: the lookup raises Conflict."""
    if anchor is not None:
        changes[anchor]
