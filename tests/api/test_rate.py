"""Callers that are too fast get the original's 429."""

from __future__ import annotations

import threading
import time

import httpx
import pytest

from app.api.rate import REMEMBERED, RateLimit
from app.api.server import ServeOptions, Serving
from app.services.recent_events import recent_events
from app.services.workspace import Workspace
from tests.api.conftest import running
from tests.api.test_short_way import Line
from tests.support.workspace import abandoned_cart


def test_a_bucket_empties_and_fills() -> None:
    now = [0.0]
    limit = RateLimit(2, lambda: now[0])
    assert [limit.take("a") for _ in range(3)] == [0, 0, 1]
    assert limit.take("b") == 0
    now[0] = 0.5
    assert [limit.take("a"), limit.take("a")] == [0, 1]
    now[0] = 60.0
    assert [limit.take("a") for _ in range(3)] == [0, 0, 1]
    slow = RateLimit(0.1, lambda: now[0])
    assert [slow.take("a"), slow.take("a")] == [0, 10]


def test_many_clients_do_not_fill_the_memory() -> None:
    limit = RateLimit(1, lambda: 0.0)
    for number in range(REMEMBERED * 3):
        limit.take(str(number))
    assert len(limit._buckets) <= REMEMBERED


def test_without_a_limit_nobody_waits() -> None:
    limit = RateLimit(None)
    assert all(limit.take("a") == 0 for _ in range(1000))


def test_the_answer(ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    # Time stands still: on a busy machine a second may pass between two calls.
    monkeypatch.setattr("app.api.server.RateLimit", lambda per_second: RateLimit(per_second, lambda: 0.0))
    serving = Serving(ws, ServeOptions(credentials=("cid", "sec"), calls_per_second=1))
    thread = threading.Thread(target=serving.run)
    thread.start()
    try:
        with httpx.Client(base_url=serving.wait_until_ready(30), timeout=30) as http:
            pair = {"grant_type": "client_credentials", "client_id": "cid", "client_secret": "sec"}
            token = http.post("/v2/token", json=pair).json()["access_token"]
            http.headers["Authorization"] = f"Bearer {token}"
            answers = [http.get("/interaction/v1/interactions") for _ in range(3)]
            assert answers[0].status_code == 200
            assert answers[-1].status_code == 429
            assert answers[-1].headers["Retry-After"] == "1"
            assert answers[-1].json()["errorcode"] == 50100
            assert answers[-1].json()["retryAfter"] == 1
    finally:
        serving.stop()
        thread.join(30)


BURST = 400
SLOW_WAY = "TE: trailers\r\n"
"""A header that keeps a request from the short way."""
PER_SECOND = 5


def test_a_flood_gets_the_originals_answer_on_both_ways_and_a_client_that_waits_is_taken_again(ws: Workspace) -> None:
    abandoned_cart(ws)
    with running(ws, PER_SECOND) as (api, _):
        answers: list[tuple[bytes, dict[str, object]]] = []
        began = time.monotonic()

        def flood(more: str) -> None:
            line = Line(api)
            with line.socket:
                for number in range(BURST // 4):
                    line.send(line.request(f"NTO-{number}", more=more))
                    answers.append(line.answer())

        threads = [threading.Thread(target=flood, args=(more,)) for more in ("", "", SLOW_WAY, SLOW_WAY)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        seconds = time.monotonic() - began
        taken = [head for head, _ in answers if head.startswith(b"HTTP/1.1 201 ")]
        turned = [(head, body) for head, body in answers if head.startswith(b"HTTP/1.1 429 ")]
        assert len(taken) + len(turned) == BURST
        assert 1 <= len(taken) <= PER_SECOND + PER_SECOND * seconds + 1
        for head, body in turned:
            assert b"retry-after: 1" in head.lower()
            assert (body["message"], body["errorcode"], body["retryAfter"]) == ("Rate limit exceeded", 50100, 1)
            assert set(body) == {"message", "errorcode", "retryAfter", "documentation"}
        assert len(recent_events(ws, limit=BURST)) == len(taken)
        patient = Line(api)
        with patient.socket:
            for _ in range(3):
                time.sleep(1)
                patient.send(patient.request("NTO-late"))
                assert patient.answer()[0].startswith(b"HTTP/1.1 201 ")
