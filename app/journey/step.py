"""What an activity is told about a contact, and what it answers. Pure values: nothing here reads a clock."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from app.events.event_definition import EventDefinition
from app.filters.catalog import Catalog
from app.filters.tree import Group


@dataclass(frozen=True, slots=True)
class Situation:
    """A contact that stands before an activity.

    `record` maps field ids to values: event data as it was at entry, and current contact data. `matches` asks a
    filter about that record (the engine hands in the compiled one). `chance` is a number in [0, 1).
    """

    contact_key: str
    record: Mapping[str, object]
    catalog: Catalog
    event: EventDefinition
    matches: Callable[[Group], bool]
    now: datetime
    time_zone: ZoneInfo
    chance: float = 0.0
    default_email: str | None = None


@dataclass(frozen=True, slots=True)
class Message:
    """A message that goes to the local Sent list, personalised already."""

    channel: str
    to: str
    subject: str
    body: str


@dataclass(frozen=True, slots=True)
class Write:
    """A value to set in the contact's row of a linked data extension."""

    data_extension_id: str
    field_id: str
    value: object


Effect = Message | Write


@dataclass(frozen=True, slots=True)
class Step:
    """The answer: the outcome to leave by, when (None: at once), what to do on the way, and a line for people."""

    outcome: str
    wait_until: datetime | None = None
    effects: tuple[Effect, ...] = field(default_factory=tuple)
    note: str = ""
