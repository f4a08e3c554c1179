"""The server as a process: it says when it is ready, ends well when asked, and loses nothing when it is killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import select

from app.bootstrap import open_workspace
from app.kernel.clock import FixedClock
from app.services.page_rows import page_rows
from app.storage.location import read_location
from app.storage.opening import open_engine
from app.storage.tables import contact, decision, event_instance, membership, occupancy, segment, sent
from tests.support.databases import NOW
from tests.support.workspace import EVENT_KEY, Cart, abandoned_cart

ROOT = Path(__file__).parents[2]
ROUNDS = int(os.environ.get("SWITCHBACK_KILLS", "5"))
"""How often the server is killed: 5 in the suite, 100 by hand."""


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Both databases: their ways to come back after a crash differ."""
    if request.param == "sqlite":
        return str(tmp_path / "nto.switchback")
    return str(request.getfixturevalue("postgresql_url"))


@pytest.fixture
def cart(place: str) -> Cart:
    """The story's journey, made and left alone."""
    ws = open_workspace(place, clock=FixedClock(NOW))
    made = abandoned_cart(ws)
    ws.close()
    return made


@contextmanager
def serving(place: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The process and its address."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.support.serving", place],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdin is not None
    try:
        line = process.stdout.readline()
        assert line.startswith("Listening on http://127.0.0.1:"), line
        yield process, line.removeprefix("Listening on ").strip()
    finally:
        process.kill()
        process.wait()
        process.stdout.close()
        process.stdin.close()


def client(url: str) -> httpx.Client:
    http = httpx.Client(base_url=url, timeout=30)
    pair = {"grant_type": "client_credentials", "client_id": "cid", "client_secret": "sec"}
    http.headers["Authorization"] = f"Bearer {http.post('/v2/token', json=pair).json()['access_token']}"
    return http


def body(contact: str) -> dict[str, Any]:
    data = {"Contact key": contact, "Email": "kari@example.com", "Cart total": 60, "Country": "NO"}
    return {"ContactKey": contact, "EventDefinitionKey": EVENT_KEY, "Data": data}


class Load:
    """Clients that fire without a break until the server is gone."""

    def __init__(self, url: str, name: str, clients: int = 4) -> None:
        self.acknowledged: dict[str, str] = {}
        self._clients = [client(url) for _ in range(clients)]
        self._threads = [
            threading.Thread(target=self._fire, args=(http, f"{name}-{number}"))
            for number, http in enumerate(self._clients)
        ]
        for thread in self._threads:
            thread.start()

    def _fire(self, http: httpx.Client, name: str) -> None:
        number = 0
        with closing(http):
            while True:
                number += 1
                contact = f"{name}-{number}"
                try:
                    answer = http.post("/interaction/v1/events", json=body(contact))
                except httpx.HTTPError:
                    return
                if answer.status_code == 201:
                    self.acknowledged[contact] = answer.json()["eventInstanceId"]

    def begins(self) -> None:
        """Wait for the first acknowledgements."""
        end = time.monotonic() + 30
        while len(self.acknowledged) < 20 and time.monotonic() < end:
            time.sleep(0.01)

    def join(self) -> None:
        for thread in self._threads:
            thread.join(60)


def test_it_ends_well_on_sigterm_and_when_its_input_ends(place: str, cart: Cart) -> None:
    with serving(place) as (process, url):
        with closing(client(url)) as http:
            assert http.post("/interaction/v1/events", json=body("NTO-1")).status_code == 201
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) == 0
    with serving(place) as (process, url):
        assert process.stdin is not None
        process.stdin.close()
        assert process.wait(60) == 0


def test_what_was_accepted_is_finished_at_the_end(place: str, cart: Cart) -> None:
    with serving(place) as (process, url):
        load = Load(url, "end")
        time.sleep(0.5)
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) == 0
        load.join()
    check(place, cart, load.acknowledged)


@pytest.mark.slow
@pytest.mark.timeout(120 + 30 * ROUNDS)
def test_kill_minus_nine_under_load_loses_nothing(place: str, cart: Cart) -> None:
    acknowledged: dict[str, str] = {}
    for round_number in range(ROUNDS):
        with serving(place) as (process, url):
            load = Load(url, f"kill{round_number}")
            load.begins()
            time.sleep(0.03 + 0.07 * (round_number % 7))
            process.kill()
            load.join()
        acknowledged |= load.acknowledged
        check(place, cart, acknowledged)
    assert len(acknowledged) > 20


def check(place: str, cart: Cart, acknowledged: dict[str, str]) -> None:
    """Every acknowledged event has all that belongs to it, and nothing is there without the rest."""
    engine = open_engine(read_location(place), NOW)
    with engine.connect() as connection:
        events = {row.id: row.contact_key for row in connection.execute(select(event_instance))}
        decided = {row.event_instance_id: row.membership_id for row in connection.execute(select(decision))}
        stays = {row.id: row.event_instance_id for row in connection.execute(select(membership))}
        walked = {row.membership_id for row in connection.execute(select(segment))}
        inside = {row.contact_key: (row.entered, row.inside) for row in connection.execute(select(occupancy))}
        mailed = Counter(connection.execute(select(sent.c.membership_id)).scalars())
        known = set(connection.execute(select(contact.c.key)).scalars())
    engine.dispose()
    ws = open_workspace(place, clock=FixedClock(NOW))
    rows = {row[0] for row in page_rows(ws, cart.data_extension.id, 0, len(events) + 1).rows}
    ws.close()
    for who, instance in acknowledged.items():
        assert events.get(instance) == who
    assert set(decided) == set(events)
    assert set(stays.values()) == set(events)
    assert set(decided.values()) == set(stays) == walked
    assert rows == set(events.values()) == set(inside) == known
    assert mailed == dict.fromkeys(stays, 1)  # one message for each stay
    assert set(inside.values()) <= {(1, 1)}
