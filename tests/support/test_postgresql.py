"""The tests' own PostgreSQL server."""

from __future__ import annotations

import psycopg
import pytest

pytestmark = pytest.mark.postgresql


def test_gives_an_empty_database(postgresql_url: str) -> None:
    with psycopg.connect(postgresql_url.replace("+psycopg", "")) as connection:
        (tables,) = connection.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone() or (1,)
        (encoding,) = connection.execute("SHOW server_encoding").fetchone() or ("",)
    assert (tables, encoding) == (0, "UTF8")
