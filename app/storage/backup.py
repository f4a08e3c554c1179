"""Copy a workspace while it is in use."""

from __future__ import annotations

import secrets
import sqlite3
from pathlib import Path

from sqlalchemy import Engine

from app.kernel.errors import Conflict
from app.kernel.said import said
from app.storage.errors import translate
from app.storage.files import make_private, sync
from app.storage.location import Location


def copy_file(engine: Engine, target: Path) -> None:
    """Copy the SQLite workspace behind `engine` to `target`, as of one moment, without holding up its writers.

    The copy is made under another name, checked, and then takes its own: a copy that fails leaves `target` as it was.
    Raises a WorkspaceError where the target cannot be written.
    """
    there = Location(shown=str(target), path=target)
    fresh = target.with_name(f".{target.name}.{secrets.token_hex(4)}.new")
    try:
        make_private(fresh)
        with engine.connect() as connection:
            source = connection.connection.driver_connection
            assert isinstance(source, sqlite3.Connection)
            copy = sqlite3.connect(fresh, isolation_level=None)
            try:
                # All pages in one step: with steps, every write of another process would begin the copy anew.
                source.backup(copy)
                # One file that says all of itself, also where its folder may only be read.
                copy.execute("PRAGMA journal_mode=DELETE").close()
                answer = copy.execute("PRAGMA quick_check(1)").fetchone()
                if answer != ("ok",):
                    raise sqlite3.DatabaseError(str(answer))
            finally:
                copy.close()
        sync(fresh)
        fresh.replace(target)
        sync(target.parent)
    except (sqlite3.Error, OSError) as error:
        raise translate(error, there) or error from error
    finally:
        fresh.unlink(missing_ok=True)


def backup(engine: Engine, location: Location, target: Path) -> None:
    """Copy the workspace to the file `target`. Raises Conflict for a PostgreSQL workspace, which its own tools copy,
    and for a target that is the workspace itself."""
    if location.path is None:
        raise Conflict(
            said("A workspace on PostgreSQL is backed up with PostgreSQL's own tools."),
            where=location.shown,
            hint=said("Run: pg_dump --format=custom --file=switchback.dump {shown}", shown=location.shown),
        )
    if target.absolute() == location.path.absolute() or (target.exists() and target.samefile(location.path)):
        raise Conflict(
            said("The backup cannot take the place of the workspace itself."),
            where=str(target),
            hint=said("Choose another name, such as workspace-backup.switchback."),
        )
    copy_file(engine, target)
