"""What the use cases need to read back what happened: events, decisions, stays and messages, as they were stored."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from app.engine.decision import PathStep
from app.kernel.errors import Problem
from app.services.admission import Pair
from app.services.refused_call import RefusedCall
from app.services.views import SentMessage


@dataclass(frozen=True, slots=True)
class StoredDecision:
    """One journey's decision, with the facts that its trace is derived from."""

    journey_id: str
    version_id: str
    event_instance_id: str
    at: datetime
    admitted: bool
    reason: str
    membership_id: str | None
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class StoredEvent:
    """An accepted event. `data` are its values in stored form, by field id."""

    id: str
    received_at: datetime
    contact_key: str
    event_definition_id: str
    event_definition_key: str
    origin: str
    outcome: str
    test: bool
    took_ms: float
    data: Mapping[str, int | str]
    warnings: tuple[Problem, ...] = ()
    decisions: tuple[StoredDecision, ...] = ()


@dataclass(frozen=True, slots=True)
class DecidedSearch:
    """Which decisions are looked for: of these journeys (by id; with versions only those), between two moments, with
    one of these reasons ("" for admitted; None: whatever it was), of the contact with this key or with a key that
    begins so. `newest_first` is their order."""

    journeys: Mapping[str, Collection[str]] = field(default_factory=dict)
    since: datetime | None = None
    until: datetime | None = None
    reasons: frozenset[str] | None = None
    contact_key: str = ""
    contact_prefix: str = ""
    newest_first: bool = True


@dataclass(frozen=True, slots=True)
class DecidedRow:
    """A decision with what it was about."""

    event_instance_id: str
    event_definition_key: str
    contact_key: str
    journey_id: str
    version_id: str
    at: datetime
    reason: str
    membership_id: str


@dataclass(frozen=True, slots=True)
class DecidedPage:
    """Some of the decisions that fit, and how many fit in all."""

    rows: tuple[DecidedRow, ...]
    total: int


@dataclass(frozen=True, slots=True)
class StoredStay:
    """A contact's stay in a version: where it stands, and the way that it came."""

    id: str
    journey_id: str
    version_id: str
    contact_key: str
    event_instance_id: str
    entered_at: datetime
    state: str
    activity_key: str
    outcome: str
    due_at: datetime | None
    ended_at: datetime | None
    test: bool
    segments: int
    data: Mapping[str, int | str]
    path: tuple[PathStep, ...] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True)
class Contact:
    """A known contact. `status` is Active, Unsubscribed, Deleted or Restricted."""

    key: str
    status: str
    created_at: datetime
    test: bool


class EventLog(Protocol):
    """Reading what happened."""

    def newest(self, limit: int, search: str, journey_id: str | None) -> tuple[StoredEvent, ...]:
        """The newest events with their decisions, newest first: those that journey decided about, if one is named,
        and with `search` in the contact key or the event definition key."""
        ...

    def event(self, instance_id: str) -> StoredEvent | None:
        """That event with its decisions."""
        ...

    def refused(self, limit: int) -> tuple[RefusedCall, ...]:
        """The newest refused calls, newest first."""
        ...

    def stays_of(self, contact_key: str) -> tuple[StoredStay, ...]:
        """All stays of a contact, newest first, each with its path."""
        ...

    def stays(self, ids: Collection[str]) -> Mapping[str, StoredStay]:
        """Those stays, each with its path, by id."""
        ...

    def last_entries(self, pairs: Sequence[Pair], before: datetime) -> Mapping[Pair, tuple[datetime, int]]:
        """When a contact last entered a journey before that moment, and the number of the version."""
        ...

    def population(self, journey_id: str) -> tuple[int, int]:
        """How many contacts are inside a journey, and how many stays there were, over all its versions."""
        ...

    def populations(self, journey_ids: Collection[str]) -> Mapping[str, tuple[int, int]]:
        """The same for those of many journeys that had a contact."""
        ...

    def met_counts(self, journey_id: str) -> Mapping[str, int]:
        """How many stays of a journey met its goal ("goal") and its exit criteria ("exit"), over all its versions."""
        ...

    def met_at(self, journey_id: str) -> Mapping[str, int]:
        """How many stays of a journey met the criteria of each tile, by the tile's key."""
        ...

    def counts(self, journey_id: str, since: datetime) -> Mapping[str, int]:
        """How many decisions a journey made since then, by reason; "" are the admitted."""
        ...

    def decided(self, wanted: DecidedSearch, offset: int, limit: int, most: int) -> DecidedPage:
        """The decisions that fit, `offset` to `offset + limit` of them; of more than `most` it counts `most`."""
        ...

    def sent(self, limit: int, search: str) -> tuple[SentMessage, ...]:
        """The newest messages, newest first, with `search` in the contact key, the address or the subject."""
        ...

    def contacts(self, search: str, limit: int) -> tuple[Contact, ...]:
        """Contacts whose key begins with `search`, by key."""
        ...

    def contact(self, contact_key: str) -> Contact | None:
        """That contact, if it is known."""
        ...
