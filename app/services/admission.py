"""What deciding a batch of events needs from the storage room: one transaction of the writer."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from app.data_extensions.data_extension import DataExtension, Value
from app.engine.admit import History
from app.engine.facts import Fired, First
from app.engine.running import Listening, RunningVersion

Pair = tuple[str, str]
"""A journey's id and a contact's key."""


class AdmissionStore(Protocol):
    """The workspace inside the writer's transaction. Everything that it answers is as of this transaction."""

    def listening(self, event_definition_key: str) -> Listening | None:
        """Who listens to a key; keys differing in case are one key. None: no such event definition."""
        ...

    def draft(self, version_id: str) -> RunningVersion | None:
        """A draft version, compiled with events and schemas as they are now. None: it is gone, or no draft."""
        ...

    def event_keys(self) -> Collection[str]:
        """The keys of all event definitions."""
        ...

    def contact_statuses(self, contact_keys: Collection[str]) -> Mapping[str, str]:
        """The status of those contacts that are known."""
        ...

    def histories(self, pairs: Sequence[Pair]) -> Mapping[Pair, History]:
        """What journeys remember of contacts, for the pairs that they remember at all. The pairs come sorted; on a
        database with several writers they are locked in that order until the transaction ends."""
        ...

    def claim(self, wanted: Mapping[str, str], now: datetime) -> Mapping[str, First]:
        """Take idempotency keys (key to event instance id); those that were taken before, with their first event."""
        ...

    def release(self, keys: Collection[str]) -> None:
        """Give idempotency keys back that this transaction took: their events were refused."""
        ...

    def stored_keys(self, data_extension: DataExtension, rows: Sequence[Mapping[str, Value]]) -> Sequence[bool]:
        """For each of these rows (values by field id), whether a stored row has its primary key."""
        ...

    def linked_rows(
        self, data_extension: DataExtension, contact_keys: Collection[str]
    ) -> Mapping[str, Mapping[str, Value]]:
        """The contacts' newest rows in a linked data extension: by contact key, values by field id."""
        ...

    def write(self, batch: Sequence[Fired]) -> None:
        """Write what the batch's facts say: rows, contacts, events, decisions, stays, messages, refused calls."""
        ...
