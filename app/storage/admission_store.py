"""The workspace inside the event writer's transaction: what admission asks, and writing what it decided."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection

from app.data_extensions.data_extension import DataExtension, Value
from app.data_extensions.fold import fold
from app.engine.admit import History
from app.engine.facts import Fired, First
from app.engine.running import Listening, RunningVersion
from app.journey.journey import Status
from app.journey.step import Write
from app.kernel.errors import NotFound
from app.services.admission import Pair
from app.services.listening import build_listening, run
from app.services.refused_call import refused_call
from app.services.settings import read_time_zone, settings_of
from app.storage.contacts import read_statuses
from app.storage.epochs import read_running
from app.storage.event_rows import LinkedWrite, RowTables
from app.storage.history_rows import write_history
from app.storage.idempotency import claim, release
from app.storage.occupancies import read_histories
from app.storage.refused_calls import add_refused
from app.storage.repositories.data_extensions import SqlDataExtensions
from app.storage.repositories.events import SqlEvents
from app.storage.repositories.facts import SqlFacts
from app.storage.repositories.journeys import SqlJourneys
from app.storage.wakes import wake


class ListeningCache:
    """What admission is compiled from, kept as long as the epoch `running` stands. Used by one thread."""

    def __init__(self) -> None:
        self._epoch = -1
        self._listening: Mapping[str, Listening] = {}
        self._tables: RowTables | None = None

    def read(self, connection: Connection) -> tuple[Mapping[str, Listening], RowTables]:
        """By folded event definition key, and the tables of data extensions, as of the connection's transaction."""
        epoch = read_running(connection)
        if epoch != self._epoch or self._tables is None:
            schemas, facts = SqlDataExtensions(connection).all(), SqlFacts(connection)
            self._listening = build_listening(
                SqlJourneys(connection).listening(),
                SqlEvents(connection).all(),
                schemas,
                read_time_zone(facts),
                settings_of(facts),
                SqlJourneys(connection).inside(),
            )
            self._tables = RowTables(connection, schemas)
            self._epoch = epoch
        return self._listening, self._tables


class SqlAdmissionStore:
    """One transaction. Reads come before the first write of a batch."""

    def __init__(self, connection: Connection, cache: ListeningCache) -> None:
        self._connection = connection
        self._listening, self._tables = cache.read(connection)

    def listening(self, event_definition_key: str) -> Listening | None:
        """Who listens to a key; keys differing in case are one key. None: no such event definition."""
        return self._listening.get(fold(event_definition_key))

    def draft(self, version_id: str) -> RunningVersion | None:
        """A draft version, compiled with events and schemas as they are now. None: it is gone, or no draft."""
        connection, facts = self._connection, SqlFacts(self._connection)
        try:
            version = SqlJourneys(connection).by_id(version_id)
            entry = version.journey.entry
            event = SqlEvents(connection).get(entry.event_definition_id or "" if entry else "")
        except NotFound:
            return None
        if version.status is not Status.DRAFT:
            return None
        schemas = {each.id: each for each in SqlDataExtensions(connection).all()}
        return run(version, event, schemas, read_time_zone(facts), settings_of(facts))

    def event_keys(self) -> Collection[str]:
        """The keys of all event definitions."""
        return [each.event.key for each in self._listening.values()]

    def contact_statuses(self, contact_keys: Collection[str]) -> Mapping[str, str]:
        """The status of those contacts that are known."""
        return read_statuses(self._connection, contact_keys)

    def histories(self, pairs: Sequence[Pair]) -> Mapping[Pair, History]:
        """What journeys remember of contacts."""
        return read_histories(self._connection, pairs)

    def claim(self, wanted: Mapping[str, str], now: datetime) -> Mapping[str, First]:
        """Take idempotency keys; those that were taken before, with their first event."""
        return claim(self._connection, wanted, now)

    def release(self, keys: Collection[str]) -> None:
        """Give idempotency keys back that this transaction took."""
        release(self._connection, keys)

    def stored_keys(self, data_extension: DataExtension, rows: Sequence[Mapping[str, Value]]) -> Sequence[bool]:
        """For each of these rows, whether a stored row has its primary key."""
        return self._tables.stored_keys(self._connection, data_extension, rows)

    def linked_rows(
        self, data_extension: DataExtension, contact_keys: Collection[str]
    ) -> Mapping[str, Mapping[str, Value]]:
        """The contacts' newest rows in a linked data extension."""
        return self._tables.linked(self._connection, data_extension, contact_keys)

    def write(self, batch: Sequence[Fired]) -> None:
        """Write what the batch's facts say."""
        accepted = [fired for fired in batch if fired.error is None and fired.first is None]
        rows = self._tables.write_events(self._connection, [fired for fired in accepted if fired.keeps_row])
        wake(self._connection, accepted)
        write_history(self._connection, accepted, rows)
        add_refused(self._connection, [refused_call(fired) for fired in batch if fired.error is not None])
        writes = [
            LinkedWrite(fired.event.contact_key, effect, fired.event.instance_id, fired.event.test)
            for fired in accepted
            for decided in fired.decisions
            if decided.stretch is not None
            for _, effect in decided.stretch.effects
            if isinstance(effect, Write)
        ]
        self._tables.write_linked(self._connection, writes)
