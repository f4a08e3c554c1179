"""Callers that are too fast get the original's 429."""

from __future__ import annotations

import threading

import httpx
import pytest

from app.api.rate import REMEMBERED, RateLimit
from app.api.server import ServeOptions, Serving
from app.services.workspace import Workspace


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
