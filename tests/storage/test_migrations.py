"""The steps from format to format lead to the tables that the program knows; an upgrade keeps a copy of the file."""

from __future__ import annotations

import sqlite3
import warnings
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import Column, Connection, Engine, inspect, select

from app.kernel.errors import WorkspaceNewer
from app.storage import migrations, opening, sqlite, stamp
from app.storage.engine import make_engine
from app.storage.location import read_location
from app.storage.migrations import STEPS
from app.storage.opening import open_engine
from app.storage.stamp import read_format
from app.storage.tables import FORMAT, TEXT, contact, criteria_met, engagement, event_extra, metadata
from tests.support.databases import NOW


def test_there_is_a_step_for_every_format() -> None:
    assert len(STEPS) == FORMAT


def test_the_steps_make_exactly_the_tables(engine: Engine) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        with warnings.catch_warnings():
            # SQLite cannot say what a partial index is over; that it is there is compared below.
            warnings.simplefilter("ignore")
            assert compare_metadata(context, metadata) == []
        looking = inspect(connection)
        for name, table in metadata.tables.items():
            assert {index["name"] for index in looking.get_indexes(name)} >= {index.name for index in table.indexes}


def test_the_steps_make_the_same_sql_as_the_tables(tmp_path: Path) -> None:
    """What `compare_metadata` does not see: WITHOUT ROWID, conditions of partial indexes, order of columns."""
    made = open_engine(read_location(str(tmp_path / "stepped")), NOW)
    fresh = make_engine(read_location(str(tmp_path / "fresh")))
    with fresh.connect() as connection:
        metadata.create_all(connection)
        connection.commit()

    def sql(connection: Connection) -> dict[str, str]:
        rows = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")
        return {name: " ".join(text.split()) for name, text in rows}

    with made.connect() as one, fresh.connect() as other:
        assert sql(one) == sql(other)
    made.dispose()
    fresh.dispose()


@pytest.fixture
def next_format(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if this program were one format further."""

    def add_colour(operations: Operations) -> None:
        operations.add_column("journey", Column("colour", TEXT))

    monkeypatch.setattr(migrations, "STEPS", (*STEPS, add_colour))
    for module in (opening, stamp):
        monkeypatch.setattr(module, "FORMAT", FORMAT + 1)


def columns(engine: Engine) -> set[str]:
    with engine.connect() as connection:
        return {column["name"] for column in inspect(connection).get_columns("journey")}


def test_an_older_workspace_is_upgraded(place: str, request: pytest.FixtureRequest) -> None:
    open_engine(read_location(place), NOW).dispose()
    request.getfixturevalue("next_format")
    for _ in range(2):
        engine = open_engine(read_location(place), NOW)
        assert "colour" in columns(engine)
        with engine.connect() as connection:
            assert read_format(connection) == FORMAT + 1
        engine.dispose()


def test_an_upgrade_keeps_the_old_file_beside_it(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    path = tmp_path / "nto.switchback"
    open_engine(read_location(str(path)), NOW).dispose()
    request.getfixturevalue("next_format")
    open_engine(read_location(str(path)), NOW).dispose()
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (FORMAT + 1,)
    request.getfixturevalue("monkeypatch").undo()
    with pytest.raises(WorkspaceNewer):
        open_engine(read_location(str(path)), NOW)
    old = open_engine(read_location(str(path.with_name(f"nto.switchback.format-{FORMAT}.backup"))), NOW)
    assert "colour" not in columns(old)
    old.dispose()


def test_an_upgrade_that_fails_leaves_the_old_format(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    open_engine(read_location(place), NOW).dispose()

    def half(operations: Operations) -> None:
        operations.add_column("journey", Column("colour", TEXT))
        raise ZeroDivisionError

    with monkeypatch.context() as patch:
        patch.setattr(migrations, "STEPS", (*STEPS, half))
        for module in (opening, stamp):
            patch.setattr(module, "FORMAT", FORMAT + 1)
        with pytest.raises(ZeroDivisionError):
            open_engine(read_location(place), NOW)
    engine = open_engine(read_location(place), NOW)
    assert "colour" not in columns(engine)
    engine.dispose()


def test_the_file_says_whose_it_is(tmp_path: Path) -> None:
    path = tmp_path / "nto.switchback"
    open_engine(read_location(str(path)), NOW).dispose()
    header = path.read_bytes()[:100]
    assert int.from_bytes(header[68:72], "big") == sqlite.APPLICATION_ID
    assert int.from_bytes(header[60:64], "big") == FORMAT


def test_a_workspace_of_the_first_format_keeps_what_is_in_it(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(migrations, "STEPS", STEPS[:1])
        for module in (opening, stamp):
            patch.setattr(module, "FORMAT", 1)
        engine = open_engine(read_location(place), NOW)
        with engine.connect() as connection:
            assert not inspect(connection).has_table("engagement")
            connection.execute(contact.insert().values(key="NTO-1001", status="Active", created_at=1, test=False))
            connection.commit()
        engine.dispose()
    engine = open_engine(read_location(place), NOW)
    with engine.connect() as connection:
        assert read_format(connection) == FORMAT
        assert connection.execute(select(contact.c.key)).all() == [("NTO-1001",)]
        for table in (engagement, criteria_met, event_extra):
            assert connection.execute(select(table)).all() == []
    engine.dispose()
