"""The journey as an immutable value: what a marketer draws, without positions (they are computed)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple

from app.filters.tree import EMPTY, Group

ENTRY = "TRIGGER"
"""The key of the entry source, used wherever a connector's start is named (the original's trigger key)."""


class EntryMode(StrEnum):
    """Who may enter again; the values are the original's (reference, 4.3)."""

    NOT_SET = "NotSet"
    NO_REENTRY = "OnceAndDone"
    ANY_TIME = "MultipleEntries"
    AFTER_EXIT = "SingleEntryAcrossAllVersions"

    @property
    def label(self) -> str:
        """The words of the original's settings."""
        return _LABELS[self]


_LABELS = {
    EntryMode.NOT_SET: "Not set",
    EntryMode.NO_REENTRY: "No re-entry",
    EntryMode.ANY_TIME: "Re-entry at any time",
    EntryMode.AFTER_EXIT: "Re-entry only after exiting",
}


class Status(StrEnum):
    """The status of a version; the values are the original's JSON words (reference, 4.2)."""

    DRAFT = "Draft"
    RUNNING = "Published"
    FINISHING = "Unpublished"
    PAUSED = "Paused"
    STOPPED = "Stopped"


@dataclass(frozen=True, slots=True)
class Outcome:
    """A way out of an activity. `next` is the key of the next activity, None where the journey ends.

    `filter` belongs to a path of a Decision Split (None: the remainder, or another kind of activity).
    """

    key: str
    label: str = ""
    next: str | None = None
    filter: Group | None = None
    settings: Mapping[str, Any] = field(default_factory=dict)
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Activity:
    """A tile. `key` is unique in the journey (`WAIT-1`), `type` the key of an activity type, `settings` plain JSON
    values as the type's schema says, `outcomes` in the order that the marketer set. `extra` keeps unknown members."""

    key: str
    type: str
    name: str
    settings: Mapping[str, Any] = field(default_factory=dict)
    outcomes: tuple[Outcome, ...] = ()
    description: str = ""
    disabled: bool = False
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Entry:
    """The entry source: the API Event tile. `event_definition_id` is None until an event was chosen."""

    name: str = "API Event"
    type: str = "APIEvent"
    event_definition_id: str | None = None
    filter: Group = EMPTY
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Note:
    """A note on the canvas, anchored to a tile (None: to the canvas)."""

    id: str
    text: str
    anchor: str | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TileGroup:
    """A named group of tiles; folded, it shows as one tile. `members` are keys of activities, in reading order."""

    id: str
    name: str
    members: tuple[str, ...] = ()
    folded: bool = False
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Journey:
    """A journey. `entry` is None until an API Event was dropped; `first` is the activity after the entry source.

    `activities` is read as immutable: an edit makes a new mapping and never changes one in place.
    """

    id: str
    key: str
    name: str
    description: str = ""
    entry: Entry | None = None
    entry_mode: EntryMode = EntryMode.NOT_SET
    first: str | None = None
    activities: Mapping[str, Activity] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()
    default_email: str | None = None
    """Name of the event's field that messages go to, when an email activity does not say another."""
    groups: tuple[TileGroup, ...] = ()
    extra: Mapping[str, Any] = field(default_factory=dict)


class Place(NamedTuple):
    """A connector or open end: after outcome `outcome` of activity `source`; (ENTRY, "") is after the entry."""

    source: str
    outcome: str = ""
