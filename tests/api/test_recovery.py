"""The environment in the way: a clear 503, and recovery without help."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.bootstrap import open_workspace
from app.kernel.clock import FixedClock
from app.services.workspace import Workspace
from tests.api.conftest import Api
from tests.support.workspace import EVENT_KEY, abandoned_cart

URL = "/interaction/v1/events"


@pytest.fixture(autouse=True)
def cart(ws: Workspace) -> None:
    abandoned_cart(ws)


def body(contact: str) -> dict[str, Any]:
    data = {"Contact key": contact, "Email": "kari@example.com", "Cart total": 60, "Country": "NO"}
    return {"ContactKey": contact, "EventDefinitionKey": EVENT_KEY, "Data": data}


@pytest.fixture
def ws(place: str, clock: FixedClock, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspace]:
    """A workspace that waits a moment for another program's lock, not five seconds."""
    monkeypatch.setattr("app.storage.sqlite.BUSY_SECONDS", 0.2)
    opened = open_workspace(place, clock=clock)
    yield opened
    opened.close()


def test_a_database_that_another_program_locked(api: Api, place: str) -> None:
    other = sqlite3.connect(place, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    answer = api.http.post(URL, json=body("NTO-1"))
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "5"
    assert answer.json()["errorcode"] == 50300
    assert Path(place).name not in answer.text
    other.execute("ROLLBACK")
    other.close()
    assert api.http.post(URL, json=body("NTO-1")).status_code == 201


def test_a_full_disk(api: Api, ws: Workspace) -> None:
    writer = ws.submit.__self__  # type: ignore[attr-defined]  # as above
    connection = writer._connected().connection.driver_connection
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count={pages}")
    writer._connected().rollback()
    answers = [api.http.post(URL, json=body(f"NTO-{number}") | {}) for number in range(60)]
    full = [answer for answer in answers if answer.status_code == 503]
    assert full
    assert full[0].headers["Retry-After"] == "5"
    # The writer let go of that connection; a new one has room again.
    assert api.http.post(URL, json=body("NTO-again")).status_code == 201


@pytest.mark.parametrize("fault", ["before_commit", "after_commit"])
def test_a_fault_around_the_commit_fails_its_callers_and_nobody_else(
    api: Api, ws: Workspace, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    writer = ws.submit.__self__  # type: ignore[attr-defined]  # as above

    def break_once(name: str) -> None:
        if name == fault:
            monkeypatch.setattr(writer, "_at_point", lambda _name: None)
            raise RuntimeError("broken on purpose")

    monkeypatch.setattr(writer, "_at_point", break_once)
    answer = api.http.post(URL, json=body("NTO-1"))
    assert answer.status_code == 500
    assert "broken" not in answer.text
    assert api.http.post(URL, json=body("NTO-2")).status_code == 201
