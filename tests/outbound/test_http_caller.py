"""Calls of REST services over real sockets: what came of each, and what is refused."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from traceback import walk_tb

import pytest

from app.journey.calls import MOST_ANSWER, CallPolicy, CallRequest, CallResult
from app.kernel.errors import Cancelled
from app.outbound.http_caller import HttpCaller
from tests.support.rest_service import hang_up, rest_service, trickle


@pytest.fixture
def caller() -> Iterator[HttpCaller]:
    """Closed at the end."""
    made = HttpCaller()
    yield made
    made.close()


def call(caller: HttpCaller, url: str, policy: CallPolicy = CallPolicy.LOCAL, **more: object) -> CallResult:
    """One call with a body."""
    return caller(CallRequest(url, "POST", '{"a": "å"}', **more), policy)  # type: ignore[arg-type]


def test_the_service_gets_what_was_said(caller: HttpCaller) -> None:
    with rest_service((201, '{"points": 12}')) as service:
        headers = (("Authorization", "Bearer x"), ("content-length", "1"), ("Content-Type", "text/plain"))
        result = call(caller, service.url("/a/b?c=d%20e"), headers=headers)
        got = service.asked[0]
    assert (result.ok, result.status, result.values, result.error) == (True, 201, {"points": "12"}, "")
    assert (got.verb, got.path, got.body) == ("POST", "/a/b?c=d%20e", '{"a": "å"}')
    assert (got.headers["Authorization"], got.headers["Content-Type"]) == ("Bearer x", "text/plain")
    assert got.headers["Host"] == f"127.0.0.1:{service.port}"
    assert (got.headers["Content-Length"], got.headers["User-Agent"]) == ("11", "Switchback")


def test_errors_are_answers_too(caller: HttpCaller) -> None:
    with rest_service((404, "gone"), (500, "oh"), (429, ""), (302, "")) as service:
        results = [call(caller, service.url()) for _ in range(4)]
        asked = len(service.asked)
    assert [(each.ok, each.status, each.retry) for each in results] == [
        (False, 404, False), (False, 500, True), (False, 429, True), (False, 302, False),
    ]  # fmt: skip
    assert results[0].answer == "gone"
    assert results[3].error == "redirects are not followed."
    assert asked == 4


def test_a_long_answer_is_cut(caller: HttpCaller) -> None:
    with rest_service((200, "x" * (5 * MOST_ANSWER))) as service:
        assert call(caller, service.url()).answer == "x" * MOST_ANSWER


def test_nobody_answers(caller: HttpCaller) -> None:
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        refused = call(caller, f"http://127.0.0.1:{free.getsockname()[1]}/")
    assert (refused.ok, refused.status, refused.error, refused.retry) == (False, None, "nothing listens there.", True)
    with rest_service(hang_up) as service:
        assert call(caller, service.url()).error == "it hung up without an answer."
    with rest_service(lambda handler: handler.wfile.write(b"what?\r\n\r\n")) as service:  # type: ignore[arg-type,return-value]
        assert not call(caller, service.url()).ok


def test_a_service_that_never_ends_is_left_in_time(caller: HttpCaller) -> None:
    with rest_service(trickle(20)) as service:
        begun = time.monotonic()
        result = call(caller, service.url(), timeout=300)
        assert time.monotonic() - begun < 15
    assert (result.error, result.retry) == ("no answer within 300 ms.", True)


def test_a_silent_service_is_left_in_time(caller: HttpCaller) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as silent:
        result = call(caller, f"http://127.0.0.1:{silent.getsockname()[1]}/", timeout=200)
    assert result.error == "no answer within 200 ms."


def test_other_computers_are_refused_unless_the_workspace_lets(caller: HttpCaller) -> None:
    for policy in (CallPolicy.LOCAL, CallPolicy.RECORD):
        result = call(caller, "http://192.0.2.1/", policy)
        assert "not on this computer" in result.error
        assert not result.retry
    with rest_service() as service:
        assert call(caller, f"http://localhost:{service.port}/").ok
        assert call(caller, service.url(), CallPolicy.ANY).ok


def test_what_cannot_be_sent_is_said(caller: HttpCaller) -> None:
    with rest_service() as service:
        for more in ({"headers": (("X", "a\r\nY: b"),)}, {"headers": (("X", "☃"),)}):
            result = call(caller, service.url(), **more)
            assert (result.ok, result.retry) == (False, False)
            assert result.error
        assert not call(caller, service.url("/a b")).ok


def closed_amid(caller: HttpCaller, answer: bytes) -> list[Cancelled]:
    """Close the caller while it waits for the rest of an answer; how its call ended."""
    ends: list[Cancelled] = []

    def ask() -> None:
        try:
            call(caller, f"http://127.0.0.1:{port}/", timeout=60_000)
        except Cancelled as error:
            ends.append(error)

    with closing(socket.create_server(("127.0.0.1", 0))) as slow:
        port = slow.getsockname()[1]
        asking = threading.Thread(target=ask)
        asking.start()
        accepted, _ = slow.accept()
        accepted.recv(1000)
        if answer:
            accepted.sendall(answer)
            time.sleep(0.1)
        caller.close()
        asking.join(30)
        accepted.close()
    assert not asking.is_alive()
    return ends


def test_closing_breaks_a_call_off() -> None:
    caller = HttpCaller()
    ends = closed_amid(caller, b"")
    assert len(ends) == 1
    with pytest.raises(Cancelled):
        call(caller, "http://127.0.0.1:1/")


def test_a_call_that_ends_amid_its_answer_lets_go_of_the_connection_at_once() -> None:
    ends = closed_amid(HttpCaller(), b"HTTP/1.0 200 OK\r\n\r\nthe first part")
    error = ends[0].__cause__
    frames = [frame for frame, _line in walk_tb(error.__traceback__) if "answer" in frame.f_locals]
    assert [frame.f_locals["answer"].isclosed() for frame in frames] == [True]
