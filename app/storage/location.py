"""Where a workspace is: a file on this machine, or a database on a PostgreSQL server."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from app.kernel.errors import InvalidInput
from app.kernel.said import said

FILE_NAME = "workspace.switchback"
"""The default workspace's file."""

_SCHEMES = ("postgresql", "postgres", "postgresql+psycopg")


@dataclass(frozen=True, slots=True)
class Location:
    """`path` is set for SQLite, `url` for PostgreSQL; `shown` is for people and logs and never holds a password."""

    shown: str
    path: Path | None = None
    url: str = ""

    @property
    def backend(self) -> str:
        """ "SQLite" or "PostgreSQL"."""
        return "SQLite" if self.path else "PostgreSQL"


def read_location(location: str | None) -> Location:
    """`location` is a path, a URL `postgresql://user:password@host:port/database`, or None for the default file in
    the platform's data folder (made when missing). Raises InvalidInput for another kind of URL."""
    if location is None:
        from platformdirs import user_data_path  # here, because most callers name their workspace

        path = user_data_path("Switchback", appauthor=False, ensure_exists=True) / FILE_NAME
        return Location(shown=str(path), path=path)
    scheme, mark, rest = location.partition("://")
    if not mark:
        path = Path(location).expanduser().absolute()
        return Location(shown=str(path), path=path)
    if scheme not in _SCHEMES:
        raise InvalidInput(
            said("A workspace cannot be opened from “{scheme}://…”.", scheme=scheme),
            where="workspace",
            hint=said("Give a path, such as ~/nto.switchback, or a URL, such as postgresql://user@host/switchback."),
        )
    return Location(shown=_without_password(f"postgresql://{rest}"), url=f"postgresql+psycopg://{rest}")


def _without_password(url: str) -> str:
    parts = urlsplit(url)
    name, at, host = parts.netloc.rpartition("@")
    query = "&".join(each for each in parts.query.split("&") if "password" not in each.partition("=")[0].lower())
    return f"{parts.scheme}://{name.partition(':')[0]}{at}{host}{parts.path}{'?' if query else ''}{query}"
