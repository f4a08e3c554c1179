"""`switchback picture`: each form, without a screen."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import EXAMPLES, Call

CART = EXAMPLES / "abandoned-cart.journey"
ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(("name", "start"), [("a.png", b"\x89PNG"), ("a.SVG", b"<?xml"), ("a.pdf", b"%PDF")])
def test_a_picture_without_a_screen(tmp_path: Path, name: str, start: bytes) -> None:
    # A process of its own: Qt chooses its platform once, and there must be none here to choose.
    hidden = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    environment = {key: value for key, value in os.environ.items() if key not in hidden}
    target = tmp_path / name
    command = [sys.executable, "-m", "app", "picture", str(CART), "-o", str(target)]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, cwd=ROOT, check=False, timeout=100)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    assert done.stdout == f"Drew Abandoned cart to {target}.\n"
    assert target.read_bytes().startswith(start)
    assert target.stat().st_size > 2000
    assert os.listdir(tmp_path) == [name]


def test_what_cannot_be_drawn(call: Call, tmp_path: Path) -> None:
    assert ".png, .svg or .pdf" in call("picture", CART, "-o", tmp_path / "a.gif").err
    assert "There is no folder" in call("picture", CART, "-o", tmp_path / "no" / "a.png").err
    assert "There is no tile Nobody" in call("picture", CART, "-o", tmp_path / "a.png", "--only", "Nobody").err
    assert "25 to 400" in call("picture", CART, "-o", tmp_path / "a.png", "--scale", "4000").err
    cut = tmp_path / "cut.journey"
    cut.write_bytes(CART.read_bytes()[:500])
    answer = call("picture", cut, "-o", tmp_path / "a.png")
    assert answer.status == 2
    assert "ends too early" in answer.err
    assert not (tmp_path / "a.png").exists()
