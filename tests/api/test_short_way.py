"""Events whose head is known go a shorter way; a client can see no difference, and every guard holds there too."""

from __future__ import annotations

import json
import socket
import sqlite3
import time
from collections.abc import Iterator
from datetime import timedelta

import pytest

from app.api import connection
from app.api.known_heads import LONGEST
from app.api.rate import RateLimit
from app.kernel.clock import FixedClock
from app.services.recent_events import recent_events
from app.services.workspace import Workspace
from tests.api.conftest import Api, running
from tests.support.workspace import EVENT_KEY, abandoned_cart

HEAD = "POST /interaction/v1/events HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"


@pytest.fixture(autouse=True)
def _cart(ws: Workspace) -> None:
    abandoned_cart(ws)


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """The bodies that went the short way."""
    bodies: list[bytes] = []
    plain = connection.Connection._take

    def take(self: connection.Connection, head: object, body: bytes) -> None:
        bodies.append(body)
        plain(self, head, body)  # type: ignore[arg-type]

    monkeypatch.setattr(connection.Connection, "_take", take)
    return bodies


class Line:
    """One connection, by hand."""

    def __init__(self, api: Api) -> None:
        host, port = api.url.removeprefix("http://").split(":")
        self.socket = socket.create_connection((host, int(port)), timeout=30)
        self.token = str(api.http.headers["Authorization"])
        self._read = b""

    def request(self, contact: str, *, more: str = "", body: str | None = None) -> bytes:
        data = {"Contact key": contact, "Email": "kari@example.com", "Cart total": 60, "Country": "NO"}
        text = body or json.dumps({"ContactKey": contact, "EventDefinitionKey": EVENT_KEY, "Data": data})
        head = f"{HEAD}Authorization: {self.token}\r\n{more}Content-Length: {len(text.encode())}\r\n\r\n"
        return (head + text).encode()

    def send(self, *requests: bytes) -> None:
        self.socket.sendall(b"".join(requests))

    def answer(self) -> tuple[bytes, dict[str, object]]:
        """The next answer: its head, and its body."""
        while b"\r\n\r\n" not in self._read:
            self._more()
        head, _, self._read = self._read.partition(b"\r\n\r\n")
        at = head.lower().index(b"content-length:") + 15
        length = int(head[at:].split(b"\r\n")[0])
        while len(self._read) < length:
            self._more()
        body, self._read = self._read[:length], self._read[length:]
        return head, json.loads(body)

    def ended(self) -> bool:
        """Whether the server hangs up, and said no more."""
        return self._read == b"" and self.socket.recv(1000) == b""

    def _more(self) -> None:
        some = self.socket.recv(65536)
        assert some, "the server hung up"
        self._read += some


@pytest.fixture
def line(api: Api) -> Iterator[Line]:
    """A connection on which one event was answered: its head is known now."""
    made = Line(api)
    with made.socket:
        made.send(made.request("NTO-0000"))
        assert made.answer()[0].startswith(b"HTTP/1.1 201 Created\r\n")
        yield made


def test_both_ways_answer_in_the_same_bytes(api: Api, short: list[bytes]) -> None:
    line = Line(api)
    with line.socket:
        heads = []
        for number in range(3):
            line.send(line.request(f"NTO-{number}"))
            head, body = line.answer()
            heads.append(head)
            assert len(str(body["eventInstanceId"])) == 36
        assert len(short) == 2
        assert heads[0] == heads[1] == heads[2]
        assert b"switchback-decision: admitted" in heads[0]


def test_refusals_are_the_same_as_well(api: Api, short: list[bytes], line: Line) -> None:
    good = line.request("NTO-0001")
    length = len(good.partition(b"\r\n\r\n")[2])
    unknown_key = json.dumps({"ContactKey": "NTO-1", "EventDefinitionKey": "nobody"})
    for body in ("{" + " " * (length - 1), "[" * length, unknown_key.ljust(length), "7".ljust(length)):
        stranger = Line(api)
        with stranger.socket:
            stranger.send(stranger.request("", body=body, more="TE: trailers\r\n"))
            line.send(line.request("", body=body))
            found, expected = line.answer(), stranger.answer()
        assert found == expected
        assert found[0].startswith(b"HTTP/1.1 400 ")
    assert len(short) == 4


def test_answers_come_in_the_order_of_the_requests(short: list[bytes], line: Line, ws: Workspace) -> None:
    requests = [line.request(f"NTO-{number:04}") for number in range(1, 9)]
    line.send(requests[0])
    while not short:
        time.sleep(0.001)
    # Likely before the first one's commit.
    line.send(requests[1])
    line.send(*requests[2:5], requests[5][:40])
    line.send(requests[5][40:], *requests[6:])
    ids = [line.answer()[1]["eventInstanceId"] for _ in requests]
    told = {each.id: each.contact_key for each in recent_events(ws)}
    assert [told[str(each)] for each in ids] == [f"NTO-{number:04}" for number in range(1, 9)]


def test_a_token_that_grew_old_counts_no_more(line: Line, clock: FixedClock, short: list[bytes]) -> None:
    clock.advance(timedelta(seconds=1080))
    line.send(line.request("NTO-0001"))
    head, body = line.answer()
    assert head.startswith(b"HTTP/1.1 401 ")
    assert body["message"] == "Not Authorized"
    assert len(short) == 1


@pytest.mark.parametrize(
    "more",
    [
        "Expect: 100-continue\r\n",
        "Connection: close\r\n",
        "Idempotency-Key: order-7\r\n",
        "Origin: http://127.0.0.1\r\n",
        "Upgrade: websocket\r\n",
        "Content-Type: text/plain\r\n",
        f"X-Long: {'x' * LONGEST}\r\n",
    ],
)
def test_what_is_unusual_goes_the_long_way(api: Api, short: list[bytes], more: str) -> None:
    for _ in range(2):
        line = Line(api)
        with line.socket:
            line.send(line.request("NTO-0001", more=more))
            if more.startswith("Expect"):
                assert line.socket.recv(25) == b"HTTP/1.1 100 Continue\r\n\r\n"
            assert line.answer()[0].startswith(b"HTTP/1.1 201 ")
            if more == "Connection: close\r\n":
                assert line.ended()
    assert short == []


def test_strangers_are_not_remembered(api: Api, short: list[bytes]) -> None:
    line = Line(api)
    line.token = "Bearer nobody"
    with line.socket:
        for _ in range(3):
            line.send(line.request("NTO-0001"))
            assert line.answer()[0].startswith(b"HTTP/1.1 401 ")
    assert short == []


def test_a_client_that_is_too_fast(ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    # Time stands still: on a busy machine a second may pass between two calls.
    monkeypatch.setattr("app.api.server.RateLimit", lambda per_second: RateLimit(per_second, lambda: 0.0))
    with running(ws, calls_per_second=3.0) as (api, _):
        line = Line(api)
        with line.socket:
            statuses = []
            for number in range(5):
                line.send(line.request(f"NTO-{number}"))
                statuses.append(line.answer()[0][9:12])
    assert statuses == [b"201", b"201", b"201", b"429", b"429"]


def test_a_server_that_ends_finishes_what_it_took(ws: Workspace, place: str, short: list[bytes]) -> None:
    with running(ws) as (api, serving):
        line = Line(api)
        line.send(line.request("NTO-0000"))
        line.answer()
        other = sqlite3.connect(place, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        line.send(line.request("NTO-0001"))
        while not short:
            time.sleep(0.01)
        serving.stop()
        time.sleep(0.3)
        other.execute("ROLLBACK")
        other.close()
        head, _ = line.answer()
        assert head.startswith(b"HTTP/1.1 201 ")
        assert b"connection: close" in head
        assert line.ended()
        line.socket.close()


def test_a_quiet_connection_is_closed(ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.api.server.KEEP_ALIVE_SECONDS", 1)
    with running(ws) as (api, _):
        line = Line(api)
        with line.socket:
            for number in range(3):
                line.send(line.request(f"NTO-{number}"))
                line.answer()
            assert line.ended()
