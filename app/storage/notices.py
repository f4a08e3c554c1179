"""Learns what other processes wrote, and tells this one's bus.

On PostgreSQL they say so (LISTEN/NOTIFY); on SQLite one number of the file (`PRAGMA data_version`) tells whether it
changed, asked a few times a second. What changed is then read from the epochs and the newest ids, in statements that
end at once: no transaction stays open between two looks.
"""

from __future__ import annotations

import logging
import threading
from typing import Any, Protocol

from sqlalchemy import Engine, func, select

from app.kernel.bus import Bus
from app.kernel.errors import WorkspaceError
from app.services.news import ContactsMoved, EventsArrived, WorkspaceChanged
from app.storage.epochs import NOT_NEWS, read_epochs
from app.storage.postgresql import CHANNEL
from app.storage.tables import event_instance, refused_call

_log = logging.getLogger(__name__)

LOOK_SECONDS = 0.2
"""Between two looks at SQLite's file: a look costs some 20 microseconds."""
LISTEN_SECONDS = 0.5
"""PostgreSQL's word wakes the listener at once; this is how soon it notices that it shall stop."""
RETRY_SECONDS = 2.0
"""After the database was in the way."""


class Notices:
    """A thread that watches one workspace. What this process itself changed is not said again: the writers say it.

    Of arrived events it may be said again, when a look falls between a commit and the writer's word: such news only
    has lists read once more.
    """

    def __init__(self, engine: Engine, bus: Bus) -> None:
        self._engine = engine
        self._bus = bus
        self._stop = threading.Event()
        self._known: dict[str, int] = {}
        self._newest = ""
        self._lock = threading.Lock()
        self._unsubscribe = bus.subscribe(EventsArrived, self._own_events)
        self._thread = threading.Thread(target=self._run, name="notices", daemon=True)

    def start(self) -> None:
        """Begin to watch; what is there now is no news."""
        self._look(publish=False)
        self._thread.start()

    def stop(self) -> None:
        """End the thread and let go of its connection."""
        self._stop.set()
        self._unsubscribe()
        if self._thread.is_alive():
            self._thread.join()

    def own_writes(self, numbers: dict[str, int]) -> None:
        """This process is about to commit these numbers of the epochs, and will say so itself. Called before the
        commit: a look may see them the moment it is done."""
        with self._lock:
            self._known |= {what: max(number, self._known.get(what, 0)) for what, number in numbers.items()}

    def not_written(self, numbers: dict[str, int]) -> None:
        """The commit failed, or nobody knows whether it did: these numbers are news when they are seen."""
        with self._lock:
            self._known |= {what: min(number - 1, self._known.get(what, 0)) for what, number in numbers.items()}

    def _own_events(self, news: EventsArrived) -> None:
        with self._lock:
            self._newest = max(self._newest, news.newest_id)

    def _run(self) -> None:
        wait = _by_word if self._engine.dialect.name == "postgresql" else _by_file
        while not self._stop.is_set():
            try:
                wait(self._engine, self._stop, self._look)
            except WorkspaceError as error:
                _log.info("notices of other processes rest: %s", error.message)
                self._stop.wait(RETRY_SECONDS)
            except Exception:  # noqa: BLE001 - whatever it was, the window must go on hearing of others
                _log.exception("notices of other processes failed")
                self._stop.wait(RETRY_SECONDS)

    def _look(self, publish: bool = True) -> None:
        with self._engine.connect() as connection:
            numbers = dict(read_epochs(connection))
            newest = max(connection.execute(_NEWEST).one()[i] or "" for i in range(2))
        with self._lock:
            changed = [what for what, number in numbers.items() if number > self._known.get(what, 0)]
            arrived = newest > self._newest
            # What was read may be older by now than what this process wrote meanwhile.
            self._known |= {what: max(number, self._known.get(what, 0)) for what, number in numbers.items()}
            self._newest = max(newest, self._newest)
        if not publish:
            return
        for what in changed:
            if what not in NOT_NEWS:
                self._bus.publish(WorkspaceChanged(what))
        if arrived:
            self._bus.publish(EventsArrived(newest))
        if arrived or "contacts" in changed:
            self._bus.publish(ContactsMoved())


_NEWEST = select(
    select(func.max(event_instance.c.id)).scalar_subquery(), select(func.max(refused_call.c.id)).scalar_subquery()
)


class _Look(Protocol):
    def __call__(self) -> None: ...


def _by_file(engine: Engine, stop: threading.Event, look: _Look) -> None:
    """Look whenever SQLite's file was changed by another connection, until stopped."""
    raw = engine.raw_connection()
    try:
        driver: Any = raw.driver_connection
        seen = None
        while not stop.wait(LOOK_SECONDS):
            # Each question is its own transaction, over when its one row was fetched.
            version = driver.execute("PRAGMA data_version").fetchone()[0]
            if version != seen:
                seen = version
                look()
    finally:
        raw.close()


def _by_word(engine: Engine, stop: threading.Event, look: _Look) -> None:
    """Look whenever another process of the database says that it wrote, until stopped."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql(f"LISTEN {CHANNEL}")
        look()  # what was said while nobody listened
        driver: Any = connection.connection.driver_connection
        while not stop.is_set():
            if _heard(driver, stop):
                look()
        # The connection goes back to the pool, where it must not collect words for nobody.
        connection.exec_driver_sql(f"UNLISTEN {CHANNEL}")


def _heard(driver: Any, stop: threading.Event) -> bool:
    import psycopg

    try:
        for _ in driver.notifies(timeout=LISTEN_SECONDS, stop_after=1):
            return not stop.is_set()
    except psycopg.Error as error:
        raise WorkspaceError(f"the server ended the connection ({type(error).__name__})") from error
    return False
