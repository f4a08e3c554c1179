"""Open a workspace, make a new one, or say why not. A file that cannot be opened is left as it was."""

from __future__ import annotations

import os
import secrets
import struct
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect

from app.kernel.errors import WorkspaceNewer
from app.kernel.said import said
from app.storage import sqlite
from app.storage.backup import copy_file
from app.storage.engine import make_engine
from app.storage.errors import corrupt, read_only, translate, unreachable
from app.storage.files import make_private, sync
from app.storage.location import FILE_NAME, Location
from app.storage.stamp import found_workspace, local_time_zone, read_format, write_stamp
from app.storage.tables import FORMAT

DEFAULT_NAME = "My workspace"
"""The name of the default workspace; others begin with the name of their file or database."""

_MAGIC = b"SQLite format 3\x00"


def open_engine(location: Location, now: datetime) -> Engine:
    """An engine on the workspace at `location`, made when there is none and upgraded when it is older.

    Before an upgrade a file is copied to one beside it. Raises a WorkspaceError that says what to do.
    """
    if location.path is None:
        return _open_server(location, now)
    try:
        _open_to_write(location, location.path)
        if not location.path.exists() or location.path.stat().st_size == 0:
            _make_file(location, location.path, now)
        _look_at_header(location, location.path)
    except OSError as error:
        raise translate(error, location) or error from error
    return _open_file(location, location.path)


def _open_to_write(location: Location, path: Path) -> None:
    if not path.parent.is_dir():
        raise unreachable(location, said("there is no folder {parent}", parent=path.parent))
    if path.exists() and not path.is_file():
        raise corrupt(location, said("is not a file"))
    # SQLite keeps two files beside it, so the folder counts as much as the file.
    if not _writable(path.parent) or (path.exists() and not _writable(path)):
        raise read_only(location)


def _writable(path: Path) -> bool:
    return os.access(path, os.W_OK, effective_ids=os.access in os.supports_effective_ids)


def _look_at_header(location: Location, path: Path) -> None:
    """Judge by the file's first bytes alone (https://www.sqlite.org/fileformat2.html, 1.3): SQLite would already
    change a file, by rolling back or checkpointing, while it finds out that the file is none of ours."""
    with path.open("rb") as file:
        header = file.read(100)
    if len(header) < 100 or not header.startswith(_MAGIC):
        raise corrupt(location, said("is not a Switchback workspace"))
    page_size, pages, version, application = (
        struct.unpack_from(">H", header, 16)[0],
        *(struct.unpack_from(">I", header, at)[0] for at in (28, 60, 68)),
    )
    if application != sqlite.APPLICATION_ID:
        raise corrupt(location, said("is a database of another program"))
    if version > FORMAT:
        raise _newer(location, version)
    log = path.with_name(path.name + "-wal")
    # With a log beside it the file may rightly be shorter than its header says.
    complete = pages * (65536 if page_size == 1 else page_size)
    if path.stat().st_size < complete and not (log.exists() and log.stat().st_size):
        raise corrupt(location, said("is damaged: its end is missing"))


def _open_file(location: Location, path: Path) -> Engine:
    engine = make_engine(location)
    try:
        with engine.connect().execution_options(writes=True) as connection, connection.begin():
            have = _format(location, connection)
        if have < FORMAT:
            copy_file(engine, path.with_name(f"{path.name}.format-{have}.backup"))
            _upgrade(location, engine)
            with engine.connect() as connection:
                sqlite.stamp(connection, FORMAT)
    except BaseException:
        engine.dispose()
        raise
    return engine


def _make_file(location: Location, path: Path, now: datetime) -> None:
    """Make the file under another name and give it its own in one step: a crash leaves all of it or nothing."""
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(4)}.new")
    engine = make_engine(Location(shown=location.shown, path=fresh))
    try:
        make_private(fresh)
        with engine.connect().execution_options(writes=True) as connection, connection.begin():
            _found(connection, DEFAULT_NAME if path.name == FILE_NAME else path.stem, now)
        with engine.connect() as connection:
            sqlite.stamp(connection, FORMAT)
        engine.dispose()
        sync(fresh)
        if path.exists():  # empty: there is nothing to lose
            fresh.replace(path)
        else:
            _give_name(fresh, path)
        sync(path.parent)
    finally:
        engine.dispose()
        for left in (fresh, *(fresh.with_name(fresh.name + end) for end in ("-wal", "-shm"))):
            left.unlink(missing_ok=True)


def _give_name(fresh: Path, path: Path) -> None:
    """Unlike a rename, a link never replaces what another process made meanwhile: that one is then opened."""
    try:
        os.link(fresh, path)
    except FileExistsError:
        return
    except OSError:  # a file system without links
        fresh.rename(path)


def _open_server(location: Location, now: datetime) -> Engine:
    engine = make_engine(location)
    try:
        with engine.connect().execution_options(writes=True) as connection, connection.begin():
            have = read_format(connection)
            if have is None:
                if inspect(connection).get_table_names():
                    raise corrupt(location, said("holds tables of another program"))
                _found(connection, engine.url.database or "Switchback", now)
                have = FORMAT
            if have > FORMAT:
                raise _newer(location, have)
        if have < FORMAT:
            _upgrade(location, engine)
    except BaseException:
        engine.dispose()
        raise
    return engine


def _found(connection: Connection, name: str, now: datetime) -> None:
    from app.storage.migrations import upgrade  # here: Alembic is dear, and most openings need none of it

    upgrade(connection, 0)
    found_workspace(connection, name, local_time_zone(), now)


def _upgrade(location: Location, engine: Engine) -> None:
    from app.storage.migrations import upgrade

    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        have = _format(location, connection)  # again, under the lock: another process may have been quicker
        if have < FORMAT:
            upgrade(connection, have)
            write_stamp(connection)


def _format(location: Location, connection: Connection) -> int:
    have = read_format(connection)
    if have is None:
        raise corrupt(location, said("has lost the table that describes it"))
    if have > FORMAT:
        raise _newer(location, have)
    return have


def _newer(location: Location, have: int) -> WorkspaceNewer:
    return WorkspaceNewer(
        said(
            "The workspace {shown} was made by a newer Switchback (format {have}; this program knows {format}).",
            shown=location.shown,
            have=have,
            format=FORMAT,
        ),
        where=location.shown,
        hint=said("Install the newest Switchback to open it. The workspace was left as it is."),
    )
