"""A PostgreSQL server of the tests' own: started once a session as an ordinary user, on a socket of its own."""

from __future__ import annotations

import glob
import os
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

USER = "switchback"
_PLACES = ("/usr/lib/postgresql/*/bin", "/usr/local/pgsql/bin", "/opt/homebrew/opt/postgresql*/bin")


class Server:
    """A PostgreSQL server in a folder of its own, reached by a socket there."""

    def __init__(self, programs: Path, folder: Path, user: str | None) -> None:
        """Make its files; it does not run yet."""
        self._programs, self._folder, self._user = programs, folder, user
        self._data = folder / "data"
        self.url = f"postgresql+psycopg://{USER}@/postgres?host={folder}"
        made = ("-D", self._data, "-U", USER, "-A", "trust", "-E", "UTF8", "--no-locale", "-N")
        _run(user, programs / "initdb", *made)

    def start(self) -> None:
        """Run, and wait until it answers."""
        options = f"-c listen_addresses='' -c unix_socket_directories={self._folder} -c fsync=off -c max_connections=50"
        self._pg_ctl("-o", options, "-l", self._folder / "log", "-t", "60", "start")

    def stop(self, mode: str = "immediate") -> None:
        """End: `fast` as an administrator does it, `immediate` as a crash."""
        self._pg_ctl("-m", mode, "stop")

    def _pg_ctl(self, *words: object) -> None:
        _run(self._user, self._programs / "pg_ctl", "-D", self._data, "-w", *words)


@contextmanager
def own_server() -> Iterator[Server]:
    """A fresh server that runs; stopped at the end, and its folder taken away.

    Skips where PostgreSQL's programs are missing; under CI (the variable `CI` is set) that is a failure.
    """
    programs = _programs()
    if programs is None:
        message = "PostgreSQL's programs (initdb, pg_ctl) are not on this machine: apt-get install postgresql"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    folder = Path(tempfile.mkdtemp(prefix="sb-pg-", dir="/tmp"))  # short: a socket's path has at most 107 bytes
    user = _ordinary_user()
    if user:
        shutil.chown(folder, user)
    try:
        server = Server(programs, folder, user)
        server.start()
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """The URL `postgresql+psycopg://USER@/postgres?host=FOLDER` of a fresh server; stopped when the session ends."""
    with own_server() as server:
        yield server.url


@pytest.fixture
def postgresql_url(postgresql_server: str) -> Iterator[str]:
    """The URL of an empty database, dropped after the test."""
    import psycopg

    name = f"t_{uuid.uuid4().hex}"
    plain = postgresql_server.replace("+psycopg", "")
    with psycopg.connect(plain, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"'.encode())
    try:
        yield postgresql_server.replace("@/postgres?", f"@/{name}?")
    finally:
        with psycopg.connect(plain, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())


def _programs() -> Path | None:
    """The folder of initdb and pg_ctl, the newest version first, or None."""
    found = [Path(each) for place in _PLACES for each in sorted(glob.glob(place), reverse=True)]
    on_path = shutil.which("initdb")
    if on_path:
        found.append(Path(on_path).resolve().parent)
    return next((each for each in found if (each / "initdb").exists() and (each / "pg_ctl").exists()), None)


def _ordinary_user() -> str | None:
    """Whom to run the server as: initdb refuses root. None: as ourselves."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return None
    import pwd

    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name).pw_name
        except KeyError:
            continue
    pytest.skip("running as root, and there is no user postgres or nobody to start PostgreSQL as")
    return None


def _run(user: str | None, *command: object) -> None:
    """Run a program to its end; fail the test with what it said."""
    words = [str(each) for each in command]
    with tempfile.TemporaryFile() as said:
        # Output goes to a file, not a pipe: the server that pg_ctl leaves behind would hold a pipe open for ever.
        done = subprocess.run(words, stdout=said, stderr=said, user=user, cwd="/tmp", check=False)
        said.seek(0)
        if done.returncode:
            pytest.fail(f"{words[0]} failed: {said.read().decode(errors='replace')[-2000:]}")
