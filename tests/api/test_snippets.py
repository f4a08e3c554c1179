"""The ready-made code runs as it is copied, against a real server."""

from __future__ import annotations

import shutil
import subprocess
import sys

import pytest

from app.events.code import SNIPPETS
from app.services.where_is import where_is
from app.services.workspace import Workspace
from tests.api.conftest import CLIENT_ID, CLIENT_SECRET, Api
from tests.support.workspace import EVENT_KEY, abandoned_cart

RUNNERS = {
    "curl_posix": ("curl", ["sh", "-c"]),
    "python": (sys.executable, [sys.executable, "-c"]),
    "javascript": ("node", ["node", "--input-type=module", "-e"]),
}


@pytest.mark.parametrize("form", RUNNERS)
def test_it_fires_the_event(api: Api, ws: Workspace, form: str) -> None:
    program, command = RUNNERS[form]
    if shutil.which(program) is None:
        pytest.skip(f"{program} is not installed")
    abandoned_cart(ws)
    data = {
        "Contact key": "NTO-1",
        "First name": "Kåri's",
        "Email": "kari@example.com",
        "Cart total": 60,
        "Country": "NO",
    }
    code = SNIPPETS[form].render(api.url, CLIENT_ID, CLIENT_SECRET, EVENT_KEY, "NTO-1", data)
    done = subprocess.run([*command, code], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    assert "eventInstanceId" in done.stdout
    assert where_is(ws, "NTO-1").stays[0].state == "waiting"
