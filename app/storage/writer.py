"""The group-commit writer: events that arrive together share one commit, and are answered after it.

One thread owns one connection. It drains its queue, decides and writes each event, commits once, then lets the waiting
callers go. Nothing is answered before the commit; a batch that fails leaves nothing behind.

Where its time goes (SQLite, 32 callers, one journey that sends a message and waits; measured with `bench.py api` and a
sampling profiler): two fifths are SQLite's own, nearly half of that the commit; a fifth is the contact's way through
the journey; the rest is checking, deciding, and putting rows together. The server's loop needs a quarter of what the
writer needs for an event, and both want the same interpreter: what is saved here is won twice.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from queue import Empty, SimpleQueue

from sqlalchemy import Connection, Engine

from app.engine.facts import Fired
from app.events.fire_event import FireEvent
from app.kernel.bus import Bus
from app.kernel.clock import Clock
from app.kernel.errors import WorkspaceBusy, WorkspaceError
from app.kernel.said import said
from app.services.decide_batch import decide_batch
from app.services.news import ContactsMoved, EventsArrived
from app.storage.admission_store import ListeningCache, SqlAdmissionStore
from app.storage.epochs import wake_others

_log = logging.getLogger(__name__)

LARGEST_BATCH = 512
"""More events than this wait for the next commit, so that the first of them is not kept waiting by the last."""

PAUSE_SECONDS = 0.001
"""Between batches under load. Without it another process waited 1.9 s (p95) for SQLite's lock, with it 4 ms."""

GATHER_SECONDS = 0.0015
"""How long the first event after a batch of several waits for company. Those who were just answered come again, not
all at the same moment: without this every other batch was of one event, and cost a commit like one of thirty."""

RETRIES = 3
"""How often a batch is tried again when PostgreSQL gave it up for another transaction's sake."""


Answered = Callable[[Fired | Exception], None]


class Waiting:
    """One event in the queue, with whom to call when it is settled."""

    __slots__ = ("answered", "event", "since")

    def __init__(self, event: FireEvent, answered: Answered) -> None:
        self.event = event
        self.answered = answered
        self.since = time.perf_counter()


class Writer:
    """Admits events for one process. `submit` from any thread; `close` finishes what was accepted."""

    def __init__(
        self, engine: Engine, clock: Clock, bus: Bus, *, at_point: Callable[[str], None] = lambda _name: None
    ) -> None:
        """`at_point` is called with the names of the points where a crash must not matter: `before_commit` and
        `after_commit`; tests end the process there."""
        self._engine = engine
        self._clock = clock
        self._bus = bus
        self._at_point = at_point
        self._cache = ListeningCache()
        self._queue: SimpleQueue[Waiting | None] = SimpleQueue()
        self._connection: Connection | None = None
        self._closing = threading.Lock()
        self._closed = False
        self._thread: threading.Thread | None = None

    def submit(self, event: FireEvent) -> Future[Fired]:
        """Queue an event; the future is done after the commit. Raises WorkspaceBusy when the writer is closed."""
        future: Future[Fired] = Future()
        # What is queued is done: a caller may stop waiting, but cannot take the event back.
        future.set_running_or_notify_cancel()

        def answered(result: Fired | Exception) -> None:
            if isinstance(result, Exception):
                future.set_exception(result)
            else:
                future.set_result(result)

        self.hand_over(event, answered)
        return future

    def hand_over(self, event: FireEvent, answered: Answered) -> None:
        """Queue an event; `answered` is called in the writer's thread, after the commit, and must neither raise nor
        wait. Raises WorkspaceBusy when the writer is closed."""
        waiting = Waiting(event, answered)
        with self._closing:
            if self._closed:
                raise WorkspaceBusy(
                    said("The workspace is being closed."), hint=said("Send the event again in a moment.")
                )
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="event-writer", daemon=True)
                self._thread.start()
            self._queue.put(waiting)

    def close(self) -> None:
        """Finish what was accepted, then let go of the connection."""
        with self._closing:
            if self._closed:
                return
            self._closed = True
            self._queue.put(None)
        if self._thread is not None:
            self._thread.join()

    def _run(self) -> None:
        going, last = True, 1
        while going:
            first = self._queue.get()
            if first is None:
                break
            if last > 1:
                self._gather(last)
            batch, going = self._drain(first)
            last = len(batch)
            self._settle(batch)
            if not self._queue.empty():
                time.sleep(PAUSE_SECONDS)
        self._let_go()

    def _gather(self, last: int) -> None:
        """Wait until as many are here as were in the last batch, but not for long: a lone caller comes alone, and is
        kept waiting once at most."""
        end = time.perf_counter() + GATHER_SECONDS
        while self._queue.qsize() + 1 < last and time.perf_counter() < end:
            time.sleep(GATHER_SECONDS / 10)

    def _drain(self, first: Waiting) -> tuple[list[Waiting], bool]:
        """What has arrived, up to the largest batch, and whether more may come."""
        batch = [first]
        while len(batch) < LARGEST_BATCH:
            try:
                waiting = self._queue.get_nowait()
            except Empty:
                break
            if waiting is None:
                return batch, False
            batch.append(waiting)
        return batch, True

    def _settle(self, batch: Sequence[Waiting]) -> None:
        """Write a batch and let its callers go: with the facts, or with what was in the way."""
        try:
            decided = self._write(batch)
        except WorkspaceError as error:
            self._let_go()
            for waiting in batch:
                waiting.answered(error)
        except Exception as error:  # noqa: BLE001 - whatever it is, its callers must hear of it
            self._let_go()
            if len(batch) == 1:
                _log.exception("an event could not be decided")
                batch[0].answered(error)
                return
            # One event that cannot be decided must not take the others with it.
            for waiting in batch:
                self._settle([waiting])
        else:
            for waiting, fired in zip(batch, decided, strict=True):
                waiting.answered(fired)
            self._tell(decided)

    def _write(self, batch: Sequence[Waiting]) -> list[Fired]:
        for attempt in range(RETRIES):
            try:
                return self._write_once(batch)
            except WorkspaceBusy:
                self._let_go()
                if self._engine.dialect.name == "sqlite" or attempt == RETRIES - 1:
                    raise
                time.sleep(0.02 * (attempt + 1))
        raise AssertionError("the last attempt returns or raises")

    def _write_once(self, batch: Sequence[Waiting]) -> list[Fired]:
        with self._connected().begin() as transaction:
            store = SqlAdmissionStore(self._connected(), self._cache)
            decided = decide_batch(store, [waiting.event for waiting in batch], self._clock.now())
            done = time.perf_counter()
            for waiting, fired in zip(batch, decided, strict=True):
                fired.took_ms = (done - waiting.since) * 1000
            written = [fired for fired in decided if not fired.event.dry_run]
            store.write(written)
            if written:
                wake_others(self._connected())
            self._at_point("before_commit")
            transaction.commit()
        self._at_point("after_commit")
        return decided

    def _connected(self) -> Connection:
        if self._connection is None:
            connection = self._engine.connect()
            if self._engine.dialect.name == "sqlite":
                # Take the lock at once. On PostgreSQL rows are locked instead: many processes write events together.
                connection = connection.execution_options(writes=True)
            self._connection = connection
        return self._connection

    def _let_go(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    def _tell(self, decided: Sequence[Fired]) -> None:
        """Say what happened, after the answers went out."""
        written = [fired for fired in decided if not fired.event.dry_run and fired.first is None]
        if not written:
            return
        self._bus.publish(EventsArrived(max(fired.event.instance_id for fired in written)))
        moved = {each.version.journey.id for fired in written for each in fired.decisions if each.reason is None}
        if moved:
            self._bus.publish(ContactsMoved(tuple(sorted(moved))))
