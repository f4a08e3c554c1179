"""PostgreSQL goes away in the middle and comes back: a clear 503, then recovery without help, and nothing lost."""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Callable
from contextlib import closing

import httpx
import psycopg
import pytest

from app.bootstrap import open_workspace
from app.kernel.clock import FixedClock
from app.services.page_rows import page_rows
from tests.api.test_process import body, check, client, serving
from tests.support.databases import NOW
from tests.support.postgresql import own_server
from tests.support.workspace import abandoned_cart

URL = "/interaction/v1/events"


@pytest.mark.postgresql
@pytest.mark.slow
def test_the_database_goes_away_and_comes_back(postgresql_url: str, postgresql_server: str) -> None:
    ws = open_workspace(postgresql_url, clock=FixedClock(NOW))
    cart = abandoned_cart(ws)
    name = postgresql_url.partition("@/")[2].partition("?")[0]
    server = psycopg.connect(postgresql_server.replace("+psycopg", ""), autocommit=True)
    accepted: list[str] = []
    with serving(postgresql_url) as (_, url), closing(client(url)) as http, closing(server):

        def fire(contact: str) -> httpx.Response:
            answer = http.post(URL, json=body(contact))
            if answer.status_code == 201:
                accepted.append(contact)
            return answer

        def away(connections: bool) -> None:
            if connections:
                server.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false'.encode())
            server.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])

        assert fire("NTO-before").status_code == 201
        away(connections=True)
        for path in (URL, "/interaction/v1/eventDefinitions"):
            answer = fire("NTO-away") if path == URL else http.get(path)
            assert answer.status_code == 503, f"{path}: {answer.text}"
            assert answer.headers["Retry-After"] == "5"
            assert answer.json()["errorcode"] == 50300
            assert name not in answer.text
        server.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true'.encode())
        _until_accepted(fire, "NTO-back")
        assert http.get("/interaction/v1/eventDefinitions").status_code == 200
        # A restart between two calls: every connection is cut, new ones are possible at once.
        away(connections=False)
        assert fire("NTO-cut").status_code in (201, 503)
        _until_accepted(fire, "NTO-after")
    ws.close()
    ws = open_workspace(postgresql_url, clock=FixedClock(NOW))
    found = page_rows(ws, cart.data_extension.id, 0, 100)
    assert found.total == len(set(accepted))
    ws.close()


def _until_accepted(fire: Callable[[str], httpx.Response], contact: str) -> None:
    end = time.monotonic() + 60
    while fire(contact).status_code != 201:
        assert time.monotonic() < end, "the server did not recover"
        time.sleep(0.1)


@pytest.mark.postgresql
@pytest.mark.slow
def test_a_server_that_restarts_under_load_loses_nothing() -> None:
    """Once as an administrator restarts it, once as it crashes."""
    with own_server() as database:
        ws = open_workspace(database.url, clock=FixedClock(NOW))
        cart = abandoned_cart(ws)
        ws.close()
        with serving(database.url) as (_, url):
            load = Steady(url)
            for mode in ("fast", "immediate"):
                load.goes_on()
                database.stop(mode)
                database.start()
                load.goes_on()
            load.stop()
        assert load.without_advice == []
        check(database.url, cart, load.accepted)


class Steady:
    """Clients that fire on, whatever comes."""

    def __init__(self, url: str) -> None:
        self.accepted: dict[str, str] = {}
        self.without_advice: list[str] = []
        """Answers that neither accept nor say when to come back."""
        self._stop = threading.Event()
        self._threads = [threading.Thread(target=self._fire, args=(url, f"C{number}")) for number in range(4)]
        for thread in self._threads:
            thread.start()

    def _fire(self, url: str, name: str) -> None:
        with closing(client(url)) as http:
            for number in itertools.count():
                if self._stop.is_set():
                    return
                contact = f"{name}-{number}"
                answer = http.post(URL, json=body(contact))
                if answer.status_code == 201:
                    self.accepted[contact] = answer.json()["eventInstanceId"]
                elif (answer.status_code, answer.headers.get("Retry-After")) != (503, "5"):
                    self.without_advice.append(answer.text)
                else:
                    time.sleep(0.05)

    def goes_on(self) -> None:
        """Wait until events are accepted (again)."""
        wanted, end = len(self.accepted) + 30, time.monotonic() + 60
        while len(self.accepted) < wanted:
            assert time.monotonic() < end, "no event is accepted"
            time.sleep(0.02)

    def stop(self) -> None:
        """End the clients."""
        self._stop.set()
        for thread in self._threads:
            thread.join(60)
