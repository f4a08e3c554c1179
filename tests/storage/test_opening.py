"""A workspace opens, or says why not; a file that cannot be opened stays as it was."""

from __future__ import annotations

import os
import shutil
import sqlite3
import struct
import tempfile
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import inspect

from app.kernel.errors import (
    InvalidInput,
    WorkspaceBusy,
    WorkspaceCorrupt,
    WorkspaceError,
    WorkspaceNewer,
    WorkspaceReadOnly,
    WorkspaceUnreachable,
)
from app.storage import sqlite
from app.storage.location import read_location
from app.storage.opening import open_engine
from app.storage.stamp import read_format
from app.storage.tables import FORMAT, metadata
from tests.support.databases import NOW


def open_and_close(place: str) -> None:
    open_engine(read_location(place), NOW).dispose()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "nto.switchback"
    open_and_close(str(path))
    return path


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "BUSY_SECONDS", 0.2)


def test_a_new_workspace_has_every_table_and_its_format(place: str) -> None:
    engine = open_engine(read_location(place), NOW)
    with engine.connect() as connection:
        assert read_format(connection) == FORMAT
        assert set(inspect(connection).get_table_names()) == set(metadata.tables)
    engine.dispose()


def test_opening_again_finds_the_same_workspace(place: str) -> None:
    ids = []
    for _ in range(2):
        engine = open_engine(read_location(place), NOW)
        with engine.connect() as connection:
            ids.append(connection.exec_driver_sql("SELECT value FROM meta WHERE key = 'id'").scalar())
        engine.dispose()
    assert ids[0] == ids[1]


def test_a_commit_is_on_the_disk_and_foreign_keys_count(file: Path) -> None:
    engine = open_engine(read_location(str(file)), NOW)
    with engine.connect() as connection:
        read = {p: connection.exec_driver_sql(f"PRAGMA {p}").scalar() for p in ("synchronous", "journal_mode")}
        assert read == {"synchronous": 2, "journal_mode": "wal"}
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
    engine.dispose()


def test_an_empty_file_becomes_a_workspace(tmp_path: Path) -> None:
    path = tmp_path / "empty.switchback"
    path.touch()
    open_and_close(str(path))
    open_and_close(str(path))
    assert path.stat().st_size > 0


def test_nothing_is_left_beside_a_closed_workspace(file: Path) -> None:
    assert [each.name for each in file.parent.iterdir()] == [file.name]


def spoil_text(path: Path) -> None:
    path.write_text("Dear diary, " * 100)


def spoil_short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:40])


def spoil_truncated(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-5000])


def spoil_other_program(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE recipes (name)")


def spoil_newer(path: Path) -> None:
    content = bytearray(path.read_bytes())
    struct.pack_into(">I", content, 60, FORMAT + 1)
    path.write_bytes(content)


def spoil_without_meta(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DROP TABLE meta")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").close()


@pytest.mark.parametrize(
    ("spoil", "error", "words"),
    [
        (spoil_text, WorkspaceCorrupt, "not a Switchback workspace"),
        (spoil_short, WorkspaceCorrupt, "not a Switchback workspace"),
        (spoil_truncated, WorkspaceCorrupt, "its end is missing"),
        (spoil_other_program, WorkspaceCorrupt, "another program"),
        (spoil_newer, WorkspaceNewer, f"format {FORMAT + 1}"),
        (spoil_without_meta, WorkspaceCorrupt, "lost the table"),
    ],
)
def test_a_file_that_cannot_be_opened_is_left_as_it_was(
    file: Path, spoil: object, error: type[WorkspaceError], words: str
) -> None:
    assert callable(spoil)
    spoil(file)
    before = file.read_bytes()
    with pytest.raises(error, match=words) as caught:
        open_and_close(str(file))
    assert file.read_bytes() == before
    assert str(file) in caught.value.message
    assert caught.value.hint


def test_a_damaged_page_is_said_to_be_damage(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[4096:8192] = b"\xff" * 4096
    content[100:400] = b"\xff" * 300
    file.write_bytes(content)
    with pytest.raises(WorkspaceCorrupt):
        open_and_close(str(file))
    assert file.read_bytes() == bytes(content)


def test_a_folder_is_no_workspace(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceCorrupt, match="not a file"):
        open_and_close(str(tmp_path))


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceUnreachable, match="nowhere"):
        open_and_close(str(tmp_path / "nowhere" / "nto.switchback"))
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize("lock", ["BEGIN IMMEDIATE", "BEGIN EXCLUSIVE"])
def test_a_locked_workspace_says_so(file: Path, impatient: None, lock: str) -> None:
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute(lock)
        with pytest.raises(WorkspaceBusy, match="locked") as caught:
            open_and_close(str(file))
        other.execute("ROLLBACK")
    assert "close the other program" in caught.value.hint
    open_and_close(str(file))


def test_a_workspace_held_for_one_program_alone_says_so(file: Path, impatient: None) -> None:
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode=EXCLUSIVE").close()
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(WorkspaceBusy, match="locked"):
            open_and_close(str(file))


@pytest.fixture
def shared_file() -> Iterator[Path]:
    """A workspace in a folder that other users reach: the folders above `tmp_path` may be root's alone."""
    if os.name == "nt":
        pytest.skip("permissions of this kind are not known here")
    folder = Path(tempfile.mkdtemp(prefix="sb-shared-", dir="/tmp"))
    try:
        folder.chmod(0o755)
        path = folder / "nto.switchback"
        open_and_close(str(path))
        yield path
    finally:
        folder.chmod(0o755)
        shutil.rmtree(folder)


@pytest.fixture
def ordinary_user(shared_file: Path) -> Iterator[None]:
    """Be an ordinary user: root passes every permission."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.mark.parametrize(("folder_mode", "file_mode"), [(0o555, 0o666), (0o777, 0o444)])
def test_without_leave_to_write_nothing_is_touched(
    shared_file: Path, ordinary_user: None, folder_mode: int, file_mode: int
) -> None:
    file = shared_file
    euid = os.geteuid()
    os.seteuid(os.getuid())
    before = file.read_bytes()
    file.chmod(file_mode)
    file.parent.chmod(folder_mode)
    os.seteuid(euid)
    with pytest.raises(WorkspaceReadOnly, match="may only be read") as caught:
        open_and_close(str(file))
    assert "copy the workspace" in caught.value.hint
    assert file.read_bytes() == before
    assert [each.name for each in file.parent.iterdir()] == [file.name]


def test_two_who_make_the_same_workspace_share_one(place: str) -> None:
    errors: list[BaseException] = []

    def make() -> None:
        try:
            open_and_close(place)
        except BaseException as error:  # noqa: BLE001 - whatever it is, the test shows it
            errors.append(error)

    threads = [threading.Thread(target=make) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    engine = open_engine(read_location(place), NOW)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM meta WHERE key = 'id'").scalar() == 1
    engine.dispose()


def test_the_default_workspace_is_in_the_platforms_data_folder() -> None:
    location = read_location(None)
    assert location.path is not None
    assert location.path.is_relative_to(os.environ["XDG_DATA_HOME"])
    open_and_close(str(location.path))


def test_without_the_driver_it_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.storage.postgresql.find_spec", lambda _name: None)
    with pytest.raises(WorkspaceUnreachable, match="driver") as caught:
        open_and_close("postgresql://ana:pa55@db/journeys")
    assert "pip install" in caught.value.hint
    assert "pa55" not in caught.value.message


@pytest.mark.parametrize("url", ["postgresql://", "postgresql://host:notaport/x", "postgres://:::/"])
def test_a_url_that_is_none(url: str) -> None:
    with pytest.raises((InvalidInput, WorkspaceUnreachable)) as caught:
        open_and_close(url)
    assert caught.value.hint


def test_a_server_that_is_not_there() -> None:
    with pytest.raises(WorkspaceUnreachable) as caught:
        open_and_close("postgresql://someone:secret@127.0.0.1:1/switchback")
    assert "secret" not in str(caught.value) + caught.value.hint
    assert "PostgreSQL server runs" in caught.value.hint


@pytest.mark.postgresql
def test_a_database_that_is_not_there(postgresql_server: str) -> None:
    with pytest.raises(WorkspaceUnreachable, match="does not exist"):
        open_and_close(postgresql_server.replace("@/postgres?", "@/nowhere?"))


@pytest.mark.postgresql
def test_a_database_of_another_program_is_left_alone(postgresql_url: str) -> None:
    import psycopg

    with psycopg.connect(postgresql_url.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute("CREATE TABLE recipes (name text)")
        with pytest.raises(WorkspaceCorrupt, match="another program"):
            open_and_close(postgresql_url)
        names = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
    assert names == [("recipes",)]


@pytest.mark.postgresql
def test_a_newer_database_is_left_alone(postgresql_url: str) -> None:
    import psycopg

    open_and_close(postgresql_url)
    with psycopg.connect(postgresql_url.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute("UPDATE meta SET value = '99' WHERE key = 'format'")
    with pytest.raises(WorkspaceNewer, match="format 99"):
        open_and_close(postgresql_url)


@pytest.mark.postgresql
def test_a_user_who_may_not_make_tables(postgresql_url: str) -> None:
    import psycopg

    with psycopg.connect(postgresql_url.replace("+psycopg", ""), autocommit=True) as connection:
        name = connection.info.dbname.replace("t_", "u_")
        connection.execute(f"CREATE ROLE {name} LOGIN".encode())
        try:
            with pytest.raises(WorkspaceReadOnly):
                open_and_close(postgresql_url.replace("switchback@", f"{name}@"))
        finally:
            connection.execute(f"DROP ROLE {name}".encode())


def test_another_kind_of_url_is_refused() -> None:
    with pytest.raises(InvalidInput, match="mysql"):
        read_location("mysql://localhost/x")


def test_a_password_is_never_shown() -> None:
    location = read_location("postgresql://ana:pa55@db.nto.example:5433/journeys?sslmode=require")
    assert location.shown == "postgresql://ana@db.nto.example:5433/journeys?sslmode=require"
    location = read_location("postgresql:///journeys?host=/run/pg&password=pa55&sslpassword=pa55")
    assert location.shown == "postgresql:///journeys?host=/run/pg"
    assert location.url.endswith("password=pa55")
