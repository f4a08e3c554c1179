"""The server as a process: one line when ready, a clean end."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import KEY, Call


@contextmanager
def serving(workspace: Path, *words: str, **environment: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    command = [sys.executable, "-m", "app", "serve", "--port", "0", "--workspace", str(workspace), *words]
    with subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, **environment},
        cwd=Path(__file__).parents[2],
    ) as process:
        try:
            assert process.stdout is not None
            line = process.stdout.readline().strip()
            assert line.startswith("Listening on http://127.0.0.1:"), line + process.stderr.read()  # type: ignore[union-attr]
            yield process, line.removeprefix("Listening on ")
        finally:
            process.kill()


def post(url: str, body: dict[str, Any], token: str = "") -> tuple[int, Any]:
    headers = {"Content-Type": "application/json", **({"Authorization": f"Bearer {token}"} if token else {})}
    with urllib.request.urlopen(urllib.request.Request(url, json.dumps(body).encode(), headers), timeout=20) as answer:
        return answer.status, {**json.load(answer), "decision": answer.headers.get("Switchback-Decision")}


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_serves_and_ends_with_a_signal(running: Path, number: int) -> None:
    with serving(running, SWITCHBACK_CLIENT_ID="cid", SWITCHBACK_CLIENT_SECRET="sec") as (process, base):
        pair = {"grant_type": "client_credentials", "client_id": "cid", "client_secret": "sec"}
        _, token = post(f"{base}/v2/token", pair)
        event = {"ContactKey": "K", "EventDefinitionKey": KEY, "Data": {"Cart total": 60, "Country": "SE"}}
        status, answer = post(f"{base}/interaction/v1/events", event, token["access_token"])
        assert (status, answer["decision"]) == (201, "admitted")
        process.send_signal(number)
        assert process.wait(60) == 0
        assert process.stderr is not None
        assert "Traceback" not in process.stderr.read()


def test_as_a_child_it_ends_with_its_standard_input(running: Path) -> None:
    with serving(running, "--until-stdin-ends") as (process, _):
        assert process.stdin is not None
        process.stdin.close()
        assert process.wait(60) == 0


def test_a_pair_is_whole_or_not_given(call: Call, running: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SWITCHBACK_CLIENT_ID", raising=False)
    monkeypatch.delenv("SWITCHBACK_CLIENT_SECRET", raising=False)
    answer = call("serve", "--client-id", "cid", "--workspace", running)
    assert answer.status == 2
    assert "--client-secret is missing" in answer.err


def test_other_computers_need_a_word(call: Call, running: Path) -> None:
    answer = call("serve", "--host", "0.0.0.0", "--workspace", running)
    assert answer.status == 2
    assert "--expose" in answer.err
    with serving(running, "--expose", "--until-stdin-ends") as (process, _):
        assert process.stdin is not None
        process.stdin.close()
        assert process.stderr is not None
        assert "whoever reaches this address and has a client pair can send events" in process.stderr.read()


def test_a_full_disk_and_a_reader_that_has_had_enough_are_no_faults(running: Path) -> None:
    command = [sys.executable, "-m", "app", "export", "Abandoned cart", "--workspace", str(running)]
    root = Path(__file__).parents[2]
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, cwd=root, check=False, timeout=60)
    assert done.returncode == 2
    assert b"The answer cannot be written: No space left on device." in done.stderr
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=root) as process:
        assert process.stdout is not None
        process.stdout.close()
        assert process.stderr is not None
        assert process.stderr.read() == b""
        assert process.wait(60) == 2
