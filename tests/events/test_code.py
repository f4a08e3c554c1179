"""Code to copy: it is really run, and what arrives is what was meant."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

import app.events.code as code_package
from app.events.code import SNIPPETS

NASTY: dict[str, Any] = {
    "Cart total": 59.9,
    "It's": 'O\'Brien said "hi" \\ $HOME `date` $(id) %PATH% ^&|<>! {0} ${x}',
    "Blåbær 🫐": "Åse\nline two\ttab '@ ''",
    "Loyal": True,
    "None": None,
    "Nested": {"a": [1, "b'\""]},
}
CONTACT = "NTO-1001 'x' \"y\" $z `w` é"
SECRET = "s3cr'et\"$HOME`id`%PATH%"


class _Recorder(BaseHTTPRequestHandler):
    """A token for the right pair, then a record of what was fired with it."""

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])).decode())
        if self.path == "/v2/token":
            assert body == {"grant_type": "client_credentials", "client_id": "cid", "client_secret": SECRET}
            self._answer(200, {"access_token": "tok.en-1", "token_type": "Bearer", "expires_in": 1079})
        else:
            assert self.path == "/interaction/v1/events"
            assert self.headers["Authorization"] == "Bearer tok.en-1"
            self.server.fired.append(body)  # type: ignore[attr-defined]
            self._answer(201, {"eventInstanceId": "guid-1"})

    def _answer(self, status: int, body: dict[str, Any]) -> None:
        content = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Switchback-Decision", "admitted")
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Nothing is printed."""


@pytest.fixture
def server() -> Iterator[ThreadingHTTPServer]:
    with ThreadingHTTPServer(("127.0.0.1", 0), _Recorder) as running:
        running.fired = []  # type: ignore[attr-defined]
        thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield running
        running.shutdown()
        thread.join()


def render(key: str, base_url: str) -> str:
    return SNIPPETS[key].render(base_url, "cid", SECRET, "AbandonedCart-1", CONTACT, NASTY)


def run(command: list[str], server: ThreadingHTTPServer) -> str:
    done = subprocess.run(command, capture_output=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr.decode()
    assert server.fired == [  # type: ignore[attr-defined]
        {"ContactKey": CONTACT, "EventDefinitionKey": "AbandonedCart-1", "Data": NASTY}
    ]
    return done.stdout.decode()


def address(server: ThreadingHTTPServer) -> str:
    return f"http://127.0.0.1:{server.server_port}/"


def needs(program: str) -> str:
    found = shutil.which(program)
    if found is None:
        pytest.skip(f"{program} is not installed")
    return found


def test_the_tuple_and_the_folder_agree() -> None:
    files = {path.stem for path in Path(code_package.__file__).parent.glob("*.py")} - {"__init__", "snippet"}
    assert {type(snippet).__module__.rsplit(".", 1)[1] for snippet in SNIPPETS} == files


@pytest.mark.parametrize("shell", ["sh", "bash", "zsh", "dash"])
def test_posix_curl_runs(shell: str, server: ThreadingHTTPServer) -> None:
    needs("curl")
    out = run([needs(shell), "-c", render("curl_posix", address(server))], server)
    assert '"eventInstanceId"' in out
    assert "Switchback-Decision: admitted" in out


def test_python_runs(server: ThreadingHTTPServer) -> None:
    assert run([sys.executable, "-c", render("python", address(server))], server).startswith("201 admitted")


def test_javascript_runs(server: ThreadingHTTPServer) -> None:
    assert run([needs("node"), "-e", render("javascript", address(server))], server).startswith("201 admitted")


def test_powershell_runs(server: ThreadingHTTPServer) -> None:
    run([needs("pwsh"), "-NoProfile", "-Command", render("curl_powershell", address(server))], server)


def test_powershell_says_everything_in_ascii_here_strings() -> None:
    text = render("curl_powershell", "http://127.0.0.1:1")
    assert text.isascii()
    bodies = [each.split("\n'@\n")[0] for each in text.split("@'\n")[1:]]
    assert json.loads(bodies[0])["client_secret"] == SECRET
    assert json.loads(bodies[1])["Data"] == NASTY
    # Only the line that ends a here-string may begin with its mark.
    assert all(not line.startswith("'@") for body in bodies for line in body.splitlines())


def test_cmd_quotes_nothing_but_structure() -> None:
    text = render("curl_cmd", "http://127.0.0.1:1")
    assert text.isascii()
    bodies = [_argument(each) for each in text.split("--data-raw ")[1:]]
    assert json.loads(bodies[0])["client_secret"] == SECRET
    assert json.loads(bodies[1]) == {"ContactKey": CONTACT, "EventDefinitionKey": "AbandonedCart-1", "Data": NASTY}
    assert not set("%^&|<>!'`$()=;") & set("".join(bodies))


def _argument(text: str) -> str:
    """The first argument as a Windows program reads it: a quote after a backslash is a quote, one alone ends it."""
    assert text[0] == '"'
    found, at = "", 1
    while text[at] != '"':
        if text[at] == "\\" and text[at + 1] == '"':
            at += 1
        found += text[at]
        at += 1
    return found
