"""What an activity is told about a contact, and what it answers. Pure values: nothing here reads a clock."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from app.events.event_definition import EventDefinition
from app.filters.catalog import Catalog
from app.filters.tree import Group
from app.journey.calls import CallPolicy, CallRequest

LEAVE = "leave"
"""The outcome of a contact that leaves the journey at a tile: no tile has a way out of that key."""

MET = "met"
"""The outcome of a tile whose criteria a contact met while it stood elsewhere: it goes on from where it stands."""


def _never(activity_key: str, metric: str) -> bool:  # noqa: ARG001 - nothing was sent, so nobody did anything with it
    return False


@dataclass(slots=True)  # made for every event: freezing would cost three times as much
class Situation:
    """A contact that stands before an activity.

    `record` maps field ids to values: event data as it was at entry, and current contact data. `matches` asks a
    filter about that record (the engine hands in the compiled one). `chance` is a number in [0, 1). `engaged` says
    whether it is recorded that the contact has done "open", "click" or "bounce" with the message of an activity, by
    its key. `test`: a test brought the contact, or nothing is written at all. `met`: the contact met this tile's
    criteria before, in this stay. `calls` is what REST activities may do, in tests only with `test_calls`, in a dry
    run (`dry`) never; `answers` are what they answered this stay: by tile, names to texts. `stay` is the stay's id.
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
    engaged: Callable[[str, str], bool] = _never
    test: bool = False
    met: bool = False
    dry: bool = False
    calls: CallPolicy = CallPolicy.RECORD
    test_calls: bool = False
    answers: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    journey_id: str = ""
    stay: str = ""


@dataclass(slots=True)  # made for every event: freezing would cost three times as much
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


@dataclass(frozen=True, slots=True)
class Met:
    """The contact met a journey's criteria at the tile: `what` is GOAL or EXIT."""

    what: str


GOAL = "goal"
EXIT = "exit"


@dataclass(frozen=True, slots=True)
class Call:
    """A call of a REST service that goes to the Sent list; `made`: it is really to be made, after the commit."""

    request: CallRequest
    made: bool


Effect = Message | Write | Met | Call


@dataclass(slots=True)  # made for every event: freezing would cost three times as much
class Step:
    """The answer: the outcome to leave by, when (None: at once), what to do on the way, and a line for people."""

    outcome: str
    wait_until: datetime | None = None
    effects: tuple[Effect, ...] = field(default_factory=tuple)
    note: str = ""
