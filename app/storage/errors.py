"""What a database or the operating system complains of, as errors that a person can act on."""

from __future__ import annotations

import errno
import sqlite3
from typing import Any

from app.kernel.errors import (
    Cancelled,
    InvalidInput,
    SwitchbackError,
    WorkspaceBusy,
    WorkspaceCorrupt,
    WorkspaceFull,
    WorkspaceReadOnly,
    WorkspaceUnreachable,
)
from app.kernel.said import said
from app.storage.location import Location


def busy(location: Location) -> WorkspaceBusy:
    """Another program holds the lock."""
    return WorkspaceBusy(
        said("The workspace {shown} is locked by another program.", shown=location.shown),
        where=location.shown,
        hint=said("Try again in a moment. If it stays locked, close the other program that has the file open."),
    )


def restarting(location: Location) -> WorkspaceBusy:
    """The server is on its way down or up, or gave up this transaction for another's sake."""
    return WorkspaceBusy(
        said("The database of the workspace {shown} is busy or restarting.", shown=location.shown),
        where=location.shown,
        hint=said("Nothing was written. Try again in a few seconds."),
    )


def read_only(location: Location) -> WorkspaceReadOnly:
    """The file, its folder or the database may not be written."""
    return WorkspaceReadOnly(
        said("The workspace {shown} may only be read.", shown=location.shown),
        where=location.shown,
        hint=said(
            "Switchback writes to the file and beside it: allow yourself to write to the file and "
            "its folder, or copy the workspace to a folder of your own."
        )
        if location.path
        else said("Ask the database's owner to allow this user to create tables and to write."),
    )


def full(location: Location) -> WorkspaceFull:
    """No room is left."""
    return WorkspaceFull(
        said(
            "The disk that holds the workspace {shown} is full; nothing of this change was written.",
            shown=location.shown,
        ),
        where=location.shown,
        hint=said("Make room on that disk and try again. What was saved before is safe."),
    )


def corrupt(location: Location, what: str = said("is damaged")) -> WorkspaceCorrupt:
    """The file is no workspace, or is damaged; `what` completes the sentence "The file PATH ..."."""
    return WorkspaceCorrupt(
        said("The workspace {shown} {what}.", shown=location.shown, what=what),
        where=location.shown,
        hint=said("It was left as it is. Open a backup of it, or choose another file for a new workspace."),
    )


def unreachable(location: Location, why: str = "") -> WorkspaceUnreachable:
    """The server does not answer, or does not let us in; `why` is its own word."""
    return WorkspaceUnreachable(
        said("The workspace {shown} cannot be reached: {why}.", shown=location.shown, why=why)
        if why
        else said("The workspace {shown} cannot be reached.", shown=location.shown),
        where=location.shown,
        hint=said("Check that the path is right and its folder exists.")
        if location.path
        else said("Check the address, the user and the password, and that the PostgreSQL server runs."),
    )


_SQLITE = {
    sqlite3.SQLITE_BUSY: busy,
    sqlite3.SQLITE_LOCKED: busy,
    sqlite3.SQLITE_PROTOCOL: busy,
    sqlite3.SQLITE_READONLY: read_only,
    sqlite3.SQLITE_PERM: read_only,
    sqlite3.SQLITE_AUTH: read_only,
    sqlite3.SQLITE_FULL: full,
    sqlite3.SQLITE_CORRUPT: corrupt,
    sqlite3.SQLITE_NOTADB: corrupt,
    sqlite3.SQLITE_CANTOPEN: unreachable,
}

_POSTGRESQL = {
    "53100": full,
    "53200": restarting,
    "53300": restarting,
    "55P03": restarting,
    "23505": restarting,  # another process brought the same key since we looked: what is tried again sees it
    "40001": restarting,
    "40P01": restarting,
    "57P01": restarting,
    "57P02": restarting,
    "57P03": restarting,
    "25006": read_only,
    "42501": read_only,
    "XX001": corrupt,
    "XX002": corrupt,
}
"""By SQLSTATE, https://www.postgresql.org/docs/current/errcodes-appendix.html."""

_OS = {
    errno.ENOSPC: full,
    errno.EDQUOT: full,
    errno.EACCES: read_only,
    errno.EPERM: read_only,
    errno.EROFS: read_only,
    errno.EBUSY: busy,
    errno.EIO: corrupt,
}


def translate(error: BaseException | None, location: Location) -> SwitchbackError | None:
    """The error for a person, or None where `error` is none of the environment's (a programmer's error).

    `error` is what sqlite3, psycopg or the operating system raised, not SQLAlchemy's wrapping of it.
    """
    if isinstance(error, sqlite3.Error):
        return _sqlite(error, location)
    if isinstance(error, OSError):
        make = _OS.get(error.errno or 0, unreachable)
        return make(location)
    if type(error).__module__.partition(".")[0] == "psycopg":
        return _postgresql(error, location)
    return None


def _sqlite(error: sqlite3.Error, location: Location) -> SwitchbackError | None:
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:
        return None
    primary = code & 0xFF
    if primary == sqlite3.SQLITE_INTERRUPT:
        return Cancelled(said("The question was taken back."))
    if primary == sqlite3.SQLITE_IOERR:
        # A disk that is full shows as an I/O error while the shared memory file grows.
        return (
            full(location)
            if code == sqlite3.SQLITE_IOERR_SHMSIZE
            else corrupt(location, said("cannot be read or written"))
        )
    make = _SQLITE.get(primary)
    return make(location) if make else None


def _postgresql(error: Any, location: Location) -> SwitchbackError | None:
    state = getattr(error, "sqlstate", None)
    if state == "57014":
        return Cancelled(said("The question was taken back."))
    if state in _POSTGRESQL:
        return _POSTGRESQL[state](location)
    if state is not None and not state.startswith(("08", "28", "3D")):
        return None
    if state is None and type(error).__name__ == "DataError" and "NUL" in str(error):
        return InvalidInput(said("A text has a null character."), hint=said("Take it out: PostgreSQL keeps none."))
    if type(error).__name__ in ("OperationalError", "ConnectionTimeout", "AdminShutdown") or state is not None:
        return unreachable(location, _first_line(str(error)))
    return None


def _first_line(text: str) -> str:
    return text.strip().partition("\n")[0].rstrip(".")
