"""What use cases give back to the window, the command line and the API: plain values, ready to show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from app.data_extensions.data_extension import DataExtension
from app.engine.contract import FireError as FireError
from app.engine.decision import JourneyDecision as JourneyDecision
from app.engine.decision import PathStep as PathStep
from app.engine.decision import TraceStep as TraceStep
from app.events.event_definition import EventDefinition
from app.journey.calls import CallResult
from app.journey.journey import Journey, Status
from app.kernel.errors import Problem


@dataclass(frozen=True, slots=True)
class ClientPair:
    """A pair that may ask the API for tokens, without its secret. `is_default`: this computer keeps its secret, and can
    show it again. `rotated_at` and `revoked_at` are None until that happens."""

    client_id: str
    name: str
    created_at: datetime
    rotated_at: datetime | None
    revoked_at: datetime | None
    is_default: bool


@dataclass(frozen=True, slots=True)
class WorkspaceInfo:
    """The workspace that is open. `location` is a path or a URL without its password; `backend` "SQLite" or
    "PostgreSQL"; `time_zone` an IANA name."""

    name: str
    location: str
    backend: str
    time_zone: str
    read_only: bool = False


@dataclass(frozen=True, slots=True)
class JourneyCard:
    """A journey in the list: its newest version, how many contacts are inside (all versions), its last event."""

    id: str
    key: str
    name: str
    status: Status
    version: int
    inside: int
    modified_at: datetime
    last_event_at: datetime | None = None
    versions: tuple[tuple[int, Status], ...] = ()


@dataclass(frozen=True, slots=True)
class OpenJourney:
    """One version of a journey, to look at or (a draft) to edit. `history` is the undo history as JSON values,
    `pause` the choices of a pause, while it is paused."""

    journey: Journey
    version_id: str
    number: int
    status: Status
    saved_at: datetime
    versions: tuple[tuple[int, Status], ...] = ()
    history: Mapping[str, Any] = field(default_factory=dict)
    pause: Mapping[str, Any] = field(default_factory=dict)

    @property
    def read_only(self) -> bool:
        """Whether the version is frozen: everything but a draft."""
        return self.status is not Status.DRAFT


@dataclass(frozen=True, slots=True)
class EventCard:
    """An event of the Entry Sources page."""

    definition: EventDefinition
    data_extension: DataExtension | None
    journeys: tuple[str, ...] = ()
    running: int = 0
    created_at: datetime | None = None
    modified_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class DataExtensionCard:
    """A data extension in the list, with what uses it."""

    data_extension: DataExtension
    rows: int
    events: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RowPage:
    """A page of rows: values in the order of the data extension's fields."""

    rows: tuple[tuple[object, ...], ...]
    total: int
    offset: int


@dataclass(frozen=True, slots=True)
class FilterCount:
    """How many rows pass. `left` gives, by path of a condition, how many pass it and all before it."""

    passed: int
    total: int
    left: Mapping[tuple[int, ...], int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FireResult:
    """The answer to one event. Refused by the contract: `error` is set and nothing was written.

    `outcome` is `admitted`, `refused`, `none` (nobody listens) or `error`.
    """

    instance_id: str
    contact_key: str
    event_definition_key: str
    outcome: str
    decisions: tuple[JourneyDecision, ...] = ()
    warnings: tuple[Problem, ...] = ()
    error: FireError | None = None
    row: Mapping[str, Any] | None = None
    dry_run: bool = False
    received_at: datetime | None = None
    took_ms: float = 0.0


@dataclass(frozen=True, slots=True)
class EventLine:
    """A line of the event log: an accepted event or a refused call (`status` 4xx)."""

    id: str
    at: datetime
    contact_key: str
    event_definition_key: str
    event_name: str
    origin: str
    outcome: str
    why: str
    status: int
    took_ms: float
    journeys: tuple[str, ...] = ()
    test: bool = False
    error: FireError | None = None
    """Of a refused call."""
    reason: str = ""
    """The code of the decision that refused; the sentence is in `why`."""


@dataclass(frozen=True, slots=True)
class Stay:
    """A contact's stay in a journey. `state` is "waiting", "ended", "removed" or "stopped"."""

    journey_id: str
    journey_name: str
    version: int
    state: str
    activity_key: str
    activity_name: str
    entered_at: datetime
    until: datetime | None = None
    ended_at: datetime | None = None
    path: tuple[PathStep, ...] = ()
    test: bool = False


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """All that is known of a contact. `status` is Active, Unsubscribed, Deleted or Restricted; "" if unknown."""

    contact_key: str
    status: str
    stays: tuple[Stay, ...] = ()


@dataclass(frozen=True, slots=True)
class SentMessage:
    """A message as its receiver would see it. `marks` is what is recorded that the contact did with it: words of
    `app.journey.engagement.METRICS`. Of the channel `rest` it is a call: `to` its URL, `subject` its verb, `call` what
    came of it, None where it was only recorded or is still under way."""

    id: str
    at: datetime
    channel: str
    contact_key: str
    to: str
    subject: str
    body: str
    journey_id: str
    journey_name: str
    activity_name: str
    test: bool = False
    marks: frozenset[str] = frozenset()
    call: CallResult | None = None


@dataclass(frozen=True, slots=True)
class ImportPreview:
    """What a file would bring, before anything is written. `lines` say it in words; `content` is handed back to
    the import unchanged."""

    name: str
    journey: Journey
    event: EventDefinition | None
    data_extensions: tuple[DataExtension, ...]
    lines: tuple[str, ...]
    warnings: tuple[Problem, ...]
    content: bytes
