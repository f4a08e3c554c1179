"""Units of work, and hearing of other processes' writes."""

from __future__ import annotations

import os
import sqlite3
import stat
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Connection, insert
from sqlalchemy.exc import ProgrammingError

from app.kernel.bus import Bus
from app.kernel.errors import Conflict, WorkspaceBusy, WorkspaceFull
from app.kernel.ids import new_guid
from app.services.news import ContactsMoved, EventsArrived, WorkspaceChanged
from app.storage import sqlite
from app.storage.epochs import read_epochs, read_running, wake_others
from app.storage.location import read_location
from app.storage.notices import Notices
from app.storage.tables import FORMAT, event_instance
from app.storage.workspace import StoredWorkspace
from tests.support.databases import NOW


@pytest.fixture
def stored(place: str) -> Iterator[StoredWorkspace]:
    made = StoredWorkspace(read_location(place), Bus(), NOW)
    yield made
    made.close()


class Ear:
    """Hears all news of a bus."""

    def __init__(self, bus: Bus) -> None:
        self.heard: list[object] = []
        for kind in (WorkspaceChanged, EventsArrived, ContactsMoved):
            bus.subscribe(kind, self.heard.append)

    def waits_for(self, news: object) -> bool:
        return until(lambda: news in self.heard)


def until(true: Callable[[], bool], seconds: float = 30.0) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.02)
    return False


def test_what_was_not_committed_is_not_there(stored: StoredWorkspace) -> None:
    with stored.unit_of_work() as work:
        work.facts.set("a", "1")
        work.commit()
    with stored.unit_of_work() as work:
        work.facts.set("a", "2")
    with pytest.raises(ProgrammingError, match="parameters hidden"), stored.unit_of_work() as work:
        work.facts.set("a", object())  # type: ignore[arg-type]  # no database takes it
    with stored.unit_of_work(writes=False) as work:
        assert work.facts.get("a") == "1"
        assert work.facts.get("b") is None


def test_a_reader_sees_one_moment_and_holds_up_nobody(stored: StoredWorkspace) -> None:
    with stored.unit_of_work(writes=False) as reader:
        assert reader.facts.get("a") is None
        with stored.unit_of_work() as writer:
            writer.facts.set("a", "1")
            writer.commit()
        assert reader.facts.get("a") is None
    with stored.unit_of_work(writes=False) as reader:
        assert reader.facts.get("a") == "1"


def test_writers_take_turns(stored: StoredWorkspace) -> None:
    with stored.unit_of_work() as work:
        work.facts.set("count", "0")
        work.commit()

    def add() -> None:
        for _ in range(10):
            with stored.unit_of_work() as work:
                work.facts.set("count", str(int(work.facts.get("count") or 0) + 1))
                work.commit()

    threads = [threading.Thread(target=add) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with stored.unit_of_work(writes=False) as work:
        assert work.facts.get("count") == "40"


def test_a_commit_bumps_the_epochs_and_tells_the_bus(stored: StoredWorkspace) -> None:
    ear = Ear(stored._bus)
    with stored.unit_of_work(writes=False) as work:
        before = read_epochs(work.connection)
    with stored.unit_of_work() as work:
        work.changed("journeys", "running")
        work.changed("journeys", "contacts")
        assert ear.heard == []
        work.commit()
    with stored.unit_of_work(writes=False) as work:
        after = read_epochs(work.connection)
        assert read_running(work.connection) == after["running"]
    changed = {what for what in after if after[what] != before[what]}
    assert changed == {"journeys", "running", "contacts"}
    assert ear.heard == [WorkspaceChanged("journeys"), ContactsMoved()]


def test_a_rollback_tells_nobody(stored: StoredWorkspace) -> None:
    ear = Ear(stored._bus)
    with stored.unit_of_work() as work:
        work.changed("journeys")
    assert ear.heard == []


def test_another_process_is_heard_and_oneself_only_once(place: str, stored: StoredWorkspace) -> None:
    other = StoredWorkspace(read_location(place), Bus(), NOW)
    ear = Ear(stored._bus)
    stored.watch()
    try:
        with other.unit_of_work() as work:
            work.changed("events")
            work.commit()
        assert ear.waits_for(WorkspaceChanged("events"))
        with stored.unit_of_work() as work:
            work.changed("settings")
            work.commit()
        fire(other, "c-1")
        assert until(lambda: any(isinstance(news, EventsArrived) for news in ear.heard))
        assert ear.waits_for(ContactsMoved())
        assert ear.heard.count(WorkspaceChanged("settings")) == 1
        assert ear.heard.count(WorkspaceChanged("events")) == 1
    finally:
        other.close()


def test_a_look_in_the_middle_of_a_commit_says_nothing_twice(
    place: str, stored: StoredWorkspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    ear = Ear(stored._bus)
    notices = Notices(stored.engine, stored._bus)
    monkeypatch.setattr(stored, "_notices", notices)
    notices._look(publish=False)
    with stored.unit_of_work() as work:
        work.changed("settings")
        connection, commit = work.connection, work.connection.commit

        def commit_and_be_seen() -> None:
            commit()
            notices._look()
            notices._look()

        monkeypatch.setattr(connection, "commit", commit_and_be_seen)
        work.commit()
    assert ear.heard == [WorkspaceChanged("settings")]


def test_a_look_that_began_before_a_commit_forgets_nothing(
    stored: StoredWorkspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    ear = Ear(stored._bus)
    notices = Notices(stored.engine, stored._bus)
    monkeypatch.setattr(stored, "_notices", notices)
    notices._look(publish=False)

    def slow_read(connection: Connection) -> Mapping[str, int]:
        numbers = read_epochs(connection)
        if not ear.heard:
            with stored.unit_of_work() as work:
                work.changed("settings")
                work.commit()
        return numbers

    monkeypatch.setattr("app.storage.notices.read_epochs", slow_read)
    notices._look()
    notices._look()
    assert ear.heard == [WorkspaceChanged("settings")]


def test_what_could_not_be_committed_is_news_when_another_writes_it(
    place: str, stored: StoredWorkspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    ear = Ear(stored._bus)
    notices = Notices(stored.engine, stored._bus)
    monkeypatch.setattr(stored, "_notices", notices)
    notices._look(publish=False)

    def fail() -> None:
        raise WorkspaceBusy("the workspace is locked by another program")

    with stored.unit_of_work() as work:
        work.changed("settings")
        monkeypatch.setattr(work.connection, "commit", fail)
        with pytest.raises(WorkspaceBusy):
            work.commit()
    other = StoredWorkspace(read_location(place), Bus(), NOW)
    with other.unit_of_work() as work:
        work.changed("settings")
        work.commit()
    other.close()
    assert ear.heard == []
    notices._look()
    assert ear.heard == [WorkspaceChanged("settings")]


def fire(stored: StoredWorkspace, contact: str) -> str:
    row = {
        "id": new_guid(),
        "received_at": 0,
        "contact_key": contact,
        "event_definition_id": "e",
        "event_definition_key": "k",
        "origin": "api",
        "outcome": "none",
        "test": False,
        "took_us": 1,
        "data": "{}",
    }
    with stored.engine.connect().execution_options(writes="events") as connection, connection.begin():
        connection.execute(insert(event_instance).values(row))
        wake_others(connection)
    return str(row["id"])


def test_watching_holds_up_no_checkpoint(tmp_path: Path) -> None:
    path = tmp_path / "nto.switchback"
    stored = StoredWorkspace(read_location(str(path)), Bus(), NOW)
    stored.watch()
    try:
        with stored.unit_of_work() as work:
            work.facts.set("a", "1")
            work.commit()
        time.sleep(0.5)
        with closing(sqlite3.connect(path, timeout=20.0)) as other:
            busy, _, _ = other.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        assert busy == 0
    finally:
        stored.close()


def test_a_locked_workspace_is_busy_and_then_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "BUSY_SECONDS", 0.1)
    path = tmp_path / "nto.switchback"
    stored = StoredWorkspace(read_location(str(path)), Bus(), NOW)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(WorkspaceBusy, match="locked by another program"), stored.unit_of_work():
            pass
        with stored.unit_of_work(writes=False) as work:
            assert work.facts.get("format") == str(FORMAT)
    with stored.unit_of_work() as work:
        work.facts.set("a", "1")
        work.commit()
    stored.close()


@pytest.mark.postgresql
def test_the_server_ends_all_connections_and_work_goes_on(postgresql_url: str) -> None:
    import psycopg

    stored = StoredWorkspace(read_location(postgresql_url), Bus(), NOW)
    ear = Ear(stored._bus)
    stored.watch()
    other = StoredWorkspace(read_location(postgresql_url), Bus(), NOW)
    try:
        with psycopg.connect(postgresql_url.replace("+psycopg", ""), autocommit=True) as admin:
            admin.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        with stored.unit_of_work() as work:
            work.facts.set("a", "1")
            work.commit()
        with other.unit_of_work() as work:
            work.changed("events")
            work.commit()
        assert ear.waits_for(WorkspaceChanged("events"))
    finally:
        other.close()
        stored.close()


def test_a_backup_is_a_workspace_of_that_moment(tmp_path: Path) -> None:
    stored = StoredWorkspace(read_location(str(tmp_path / "nto.switchback")), Bus(), NOW)
    with stored.unit_of_work() as work:
        work.facts.set("a", "1")
        work.commit()
    with stored.unit_of_work() as work:
        work.facts.set("a", "2")
        stored.backup(tmp_path / "copy.switchback")
    stored.close()
    copy = StoredWorkspace(read_location(str(tmp_path / "copy.switchback")), Bus(), NOW)
    with copy.unit_of_work(writes=False) as work:
        assert work.facts.get("a") == "1"
    copy.close()
    assert sorted(each.name for each in tmp_path.iterdir()) == ["copy.switchback", "nto.switchback"]


@pytest.mark.skipif(os.name == "nt", reason="there are no permissions of this kind")
def test_nobody_else_reads_a_workspace_its_log_or_its_backup(tmp_path: Path) -> None:
    stored = StoredWorkspace(read_location(str(tmp_path / "nto.switchback")), Bus(), NOW)
    with stored.unit_of_work() as work:
        work.facts.set("a", "1")
        work.commit()
    stored.backup(tmp_path / "copy.switchback")
    modes = {each.name: stat.S_IMODE(each.stat().st_mode) for each in tmp_path.iterdir()}
    assert set(modes) == {"nto.switchback", "nto.switchback-wal", "nto.switchback-shm", "copy.switchback"}
    assert set(modes.values()) == {0o600}
    stored.close()


def test_a_backup_never_takes_the_workspaces_own_place(tmp_path: Path) -> None:
    path = tmp_path / "nto.switchback"
    stored = StoredWorkspace(read_location(str(path)), Bus(), NOW)
    (tmp_path / "link").symlink_to(path)
    for target in (path, tmp_path / "link"):
        with pytest.raises(Conflict, match="take the place"):
            stored.backup(target)
    stored.close()


def test_a_backup_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    from app.kernel.errors import WorkspaceError

    stored = StoredWorkspace(read_location(str(tmp_path / "nto.switchback")), Bus(), NOW)
    with pytest.raises(WorkspaceError, match="nowhere"):
        stored.backup(tmp_path / "nowhere" / "copy.switchback")
    stored.close()


@pytest.mark.postgresql
def test_postgresql_is_backed_up_by_its_own_tools(postgresql_url: str, tmp_path: Path) -> None:
    stored = StoredWorkspace(read_location(postgresql_url), Bus(), NOW)
    with pytest.raises(Conflict) as caught:
        stored.backup(tmp_path / "copy.switchback")
    assert "pg_dump" in caught.value.hint
    stored.close()


def test_a_full_disk_says_so_and_what_was_there_stays(tmp_path: Path) -> None:
    stored = StoredWorkspace(read_location(str(tmp_path / "nto.switchback")), Bus(), NOW)
    with stored.unit_of_work() as work:
        work.facts.set("a", "1")
        work.commit()
    with stored.unit_of_work() as work:
        pages = work.connection.exec_driver_sql("PRAGMA page_count").scalar()
        work.connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")
        with pytest.raises(WorkspaceFull, match="disk") as caught:
            work.facts.set("a", "x" * 1_000_000)
    assert "Make room" in caught.value.hint
    stored.engine.dispose()
    with stored.unit_of_work() as work:
        assert work.facts.get("a") == "1"
        work.facts.set("a", "2")
        work.commit()
    stored.close()


def test_a_connection_that_is_given_back_after_the_end_does_not_stay_open(stored: StoredWorkspace) -> None:
    late = stored.engine.connect()
    entry = late.connection._connection_record  # type: ignore[attr-defined]
    assert entry.dbapi_connection is not None
    stored.close()
    late.close()
    assert entry.dbapi_connection is None
