"""Which calls open the window."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.cli.window import WindowRequest, window_request


@pytest.mark.parametrize(
    ("words", "request_"),
    [
        ([], WindowRequest()),
        (["cart.journey"], WindowRequest(files=("cart.journey",))),
        (["a.journey", "B.JOURNEY"], WindowRequest(files=("a.journey", "B.JOURNEY"))),
        (["--workspace", "nto.switchback"], WindowRequest("nto.switchback")),
        (["--workspace=x", "a.journey"], WindowRequest("x", ("a.journey",))),
        (["serve"], None),
        (["check", "a.journey"], None),
        (["--help"], None),
        (["--workspace"], None),
        (["--nonsense.journey"], None),
        (["nonsense"], None),
    ],
)
def test_which_calls_open_the_window(words: list[str], request_: WindowRequest | None) -> None:
    assert window_request(words) == request_


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere there is always a screen")
def test_without_a_screen_the_window_says_so_in_one_line() -> None:
    hidden = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    environment = {key: value for key, value in os.environ.items() if key not in hidden}
    command = [sys.executable, "-m", "app"]
    root = Path(__file__).parents[2]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, cwd=root, check=False, timeout=60)
    assert done.returncode == 2
    assert done.stderr.startswith("switchback: There is no screen here.")
    assert done.stderr.count("\n") == 1
