"""Client pairs over HTTP, on SQLite and on PostgreSQL: each opens the API until it is revoked, in every process."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from app.api import clients
from app.kernel.clock import FixedClock
from app.services import client_secrets
from app.services.create_credential import create_credential
from app.services.default_credentials import default_credentials
from app.services.revoke_credential import revoke_credential
from app.services.rotate_credential import rotate_credential
from app.services.workspace import Workspace
from tests.api.conftest import Api


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Both databases, other than in the rest of this room: what one process revokes another one reads from there."""
    if request.param == "sqlite":
        return str(tmp_path / "nto.switchback")
    return str(request.getfixturevalue("postgresql_url"))


@pytest.fixture
def clock() -> FixedClock:
    """Near the real time: a server of another process must not find the tokens of this one too old."""
    return FixedClock(datetime.now(UTC))


def ask(http: httpx.Client, client_id: str, secret: str) -> httpx.Response:
    pair = {"grant_type": "client_credentials", "client_id": client_id, "client_secret": secret}
    return http.post("/v2/token", json=pair)


def token(http: httpx.Client, client_id: str, secret: str) -> dict[str, str]:
    """The header with a token for that pair."""
    answer = ask(http, client_id, secret)
    assert answer.status_code == 200, answer.text
    return {"Authorization": f"Bearer {answer.json()['access_token']}"}


def status(http: httpx.Client, header: dict[str, str]) -> int:
    return http.get("/interaction/v1/interactions", headers=header).status_code


def test_all_live_pairs_get_tokens(api: Api, ws: Workspace) -> None:
    for pair in (create_credential(ws, "Web shop"), create_credential(ws, "Warehouse"), default_credentials(ws)):
        assert status(api.http, token(api.http, *pair)) == 200


def test_a_wrong_secret_and_an_unknown_client_get_the_recorded_refusal(api: Api, ws: Workspace) -> None:
    client_id, secret = create_credential(ws, "Web shop")
    other, _ = create_credential(ws, "Warehouse")
    assert ask(api.http, client_id, secret).status_code == 200  # and is remembered
    for pair in ((client_id, "x"), (client_id, ""), (client_id, secret + "x"), (other, secret), ("none", secret)):
        answer = ask(api.http, *pair)
        assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client"), pair


def test_a_rotated_secret_counts_at_once_and_tokens_go_on(api: Api, ws: Workspace) -> None:
    client_id, secret = create_credential(ws, "Web shop")
    header = token(api.http, client_id, secret)
    newer = rotate_credential(ws, client_id)
    assert ask(api.http, client_id, secret).status_code == 401
    assert status(api.http, token(api.http, client_id, newer)) == 200
    assert status(api.http, header) == 200


def test_a_revoked_pair_gets_no_token_and_its_tokens_end_within_two_seconds(api: Api, ws: Workspace) -> None:
    client_id, secret = create_credential(ws, "Web shop")
    kept = token(api.http, *create_credential(ws, "Warehouse"))
    header = token(api.http, client_id, secret)
    assert status(api.http, header) == 200
    revoke_credential(ws, client_id)
    assert ask(api.http, client_id, secret).status_code == 401
    time.sleep(clients.FRESH_SECONDS + 0.1)
    assert status(api.http, header) == 401
    assert status(api.http, kept) == 200


def test_a_good_comparison_is_slow_once(api: Api, ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    tries = []
    slow = client_secrets.same_secret
    monkeypatch.setattr(clients, "same_secret", lambda *given: tries.append(1) or slow(*given))
    client_id, secret = create_credential(ws, "Web shop")
    for _ in range(3):
        assert ask(api.http, client_id, secret).status_code == 200
    assert len(tries) == 1
    for _ in range(2):
        assert ask(api.http, client_id, "x").status_code == 401
    assert len(tries) == 3


@contextmanager
def another_process(place: str) -> Iterator[httpx.Client]:
    command = [sys.executable, "-m", "tests.support.serving", place]
    root = Path(__file__).parents[2]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=root) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        url = process.stdout.readline().strip().removeprefix("Listening on ")
        try:
            with httpx.Client(base_url=url, timeout=30) as http:
                yield http
        finally:
            process.stdin.close()
            assert process.wait(60) == 0


def test_every_process_takes_the_tokens_of_the_others_and_refuses_the_revoked(
    api: Api, ws: Workspace, place: str
) -> None:
    client_id, secret = create_credential(ws, "Web shop")
    with another_process(place) as other:
        header = token(api.http, client_id, secret)
        assert status(other, header) == 200
        assert status(api.http, token(other, client_id, secret)) == 200
        revoke_credential(ws, client_id)
        assert ask(other, client_id, secret).status_code == 401
        time.sleep(clients.FRESH_SECONDS + 0.1)
        assert status(other, header) == 401


def test_a_client_id_with_a_null_character_is_nobody(api: Api) -> None:
    body = {"grant_type": "client_credentials", "client_id": "a\0b", "client_secret": "c\0d"}
    answer = api.http.post("/v2/token", json=body)
    assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")
