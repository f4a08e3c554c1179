"""What the use cases need to lead contacts on, take them out, and clear what tests left."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from app.data_extensions.data_extension import DataExtension, Value
from app.engine.admit import History
from app.engine.facts import Fired
from app.engine.running import RunningVersion
from app.engine.walk import Stretch
from app.services.admission import Pair
from app.services.event_log import StoredEvent, StoredStay
from app.services.refused_call import RefusedCall


@dataclass(frozen=True, slots=True)
class Advanced:
    """A stay that was led on from its wait."""

    stay: StoredStay
    version: RunningVersion
    stretch: Stretch
    at: datetime


class Stays(Protocol):
    """Writing stays and contacts, inside a unit of work that writes."""

    def due(self, now: datetime, limit: int) -> tuple[StoredStay, ...]:
        """Stays whose wait is over, the longest due first, without their paths; not those of paused versions."""
        ...

    def next_due(self) -> datetime | None:
        """When the next wait is over, in versions that are not paused; None: nobody waits."""
        ...

    def waiting(
        self, journey_id: str, version_id: str, after: tuple[datetime, str], limit: int
    ) -> tuple[StoredStay, ...]:
        """Stays in that version whose wait is over after that moment (and, at that moment, with a greater id), in that
        order, without their paths."""
        ...

    def held(self, ids: Sequence[str]) -> tuple[StoredStay, ...]:
        """Those of these stays that still wait, without their paths; nobody else changes them before the end of this
        unit of work. Ones that somebody else is about to change are left out."""
        ...

    def statuses(self, contact_keys: Collection[str]) -> Mapping[str, str]:
        """The status of those contacts that are known."""
        ...

    def linked_rows(
        self, data_extension: DataExtension, contact_keys: Collection[str]
    ) -> Mapping[str, Mapping[str, Value]]:
        """The contacts' newest rows in a linked data extension: by contact key, values by field id."""
        ...

    def engaged(self, ids: Sequence[str]) -> Mapping[str, frozenset[tuple[str, str]]]:
        """What is recorded of the messages of those stays, by the stay's id: pairs of the message's tile and what the
        contact did. Stays without any are left out."""
        ...

    def met(self, ids: Sequence[str]) -> Mapping[str, frozenset[str]]:
        """The tiles whose criteria those stays met, by the stay's id. Stays without any are left out."""
        ...

    def mark_message(self, sent_id: str, metric: str, now: datetime, *, on: bool) -> frozenset[str] | None:
        """Record that the contact did something with a message (see `app.journey.engagement`), or take it back; what is
        recorded of it then. None: there is no such message."""
        ...

    def advance(self, moved: Sequence[Advanced]) -> None:
        """Write the stretches: paths, messages, what Update Contact set, and where the stays stand now."""
        ...

    def extend(self, version_id: str, activity_keys: Sequence[str], by: timedelta) -> int:
        """Let the waits on those tiles of a version last longer; how many there were."""
        ...

    def queued(self, limit: int) -> tuple[StoredEvent, ...]:
        """Arrivals that a paused journey kept and that can be decided now, because it is not paused any more; in
        their order. Their decisions are those that were put off."""
        ...

    def histories(self, pairs: Sequence[Pair]) -> Mapping[Pair, History]:
        """What journeys remember of contacts, for those of the sorted pairs that they remember at all."""
        ...

    def decide_again(self, released: Sequence[Fired]) -> None:
        """Write the decisions on kept arrivals, and who entered."""
        ...

    def end(
        self,
        state: str,
        now: datetime,
        *,
        journey_id: str,
        contact_key: str | None = None,
        version_id: str | None = None,
    ) -> int:
        """End the stays that have not ended, of that contact or that version if one is named; how many there were.
        `state` is `removed` or `stopped`."""
        ...

    def add_refused(self, calls: Sequence[RefusedCall]) -> None:
        """Keep refused calls, and only the newest of all."""
        ...

    def set_contact_status(self, contact_key: str, status: str, now: datetime) -> None:
        """Set a contact's status; one that nobody knew is made."""
        ...

    def clear_tests(self, journey_id: str | None) -> int:
        """Undo what tests left: their rows, stays, messages, decisions, events and the contacts that they made; all,
        or those of tests that this journey decided about. How many events there were."""
        ...
