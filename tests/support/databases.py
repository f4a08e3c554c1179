"""A place for a workspace on each database: the same tests run over both."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine

from app.storage.location import read_location
from app.storage.opening import open_engine

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a new workspace can be made: a path, or the URL of an empty database."""
    if request.param == "sqlite":
        return str(tmp_path / "nto.switchback")
    return str(request.getfixturevalue("postgresql_url"))


@pytest.fixture
def engine(place: str) -> Iterator[Engine]:
    """The engine of a new workspace at `place`."""
    made = open_engine(read_location(place), NOW)
    yield made
    made.dispose()
