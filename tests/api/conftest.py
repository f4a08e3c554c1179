"""A real server on a real socket over a workspace."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from app.api.server import ServeOptions, Serving
from app.services.workspace import Workspace

CLIENT_ID, CLIENT_SECRET = "cid", "sec"


@dataclass
class Api:
    """A client with a token, and the address."""

    url: str
    http: httpx.Client

    def token(self) -> str:
        answer = self.http.post(
            "/v2/token",
            json={"grant_type": "client_credentials", "client_id": CLIENT_ID, "client_secret": CLIENT_SECRET},
        )
        assert answer.status_code == 200, answer.text
        return str(answer.json()["access_token"])


@pytest.fixture
def place(tmp_path: Path) -> str:
    """The API is the same over every database: a file will do."""
    return str(tmp_path / "nto.switchback")


@contextmanager
def running(ws: Workspace, calls_per_second: float | None = None) -> Iterator[tuple[Api, Serving]]:
    """The server, running in a thread, and a client that has a token."""
    serving = Serving(ws, ServeOptions(credentials=(CLIENT_ID, CLIENT_SECRET), calls_per_second=calls_per_second))
    thread = threading.Thread(target=serving.run, name="server")
    thread.start()
    url = serving.wait_until_ready(timeout=30)
    with httpx.Client(base_url=url, timeout=30) as http:
        api = Api(url, http)
        http.headers["Authorization"] = f"Bearer {api.token()}"
        yield api, serving
    serving.stop()
    thread.join(timeout=30)
    assert not thread.is_alive()


@pytest.fixture
def api(ws: Workspace) -> Iterator[Api]:
    """A running server's client."""
    with running(ws) as (api, _):
        yield api
