"""The whole window in the pretended languages: nothing is left in English, nothing is cut off, on small screens too."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SMALLEST = (1280, 720)
"""A 4K screen at 300 percent, in pixels of the window's own."""


@pytest.mark.timeout(300)
@pytest.mark.parametrize(("language", "scale"), [("pseudo", 3), ("pseudo-rtl", 2)])
def test_every_text_is_translated_and_can_be_read_whole(language: str, scale: int, tmp_path: Path) -> None:
    screen = tmp_path / "screen.json"
    width, height = (side * scale for side in SMALLEST)
    one = {"name": "one", "x": 0, "y": 0, "width": width, "height": height, "logicalDpi": 96, "dpr": 1}
    screen.write_text(json.dumps({"screens": [one]}))
    home = {
        name: str(tmp_path / name) for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME")
    }
    environment = {
        **os.environ,
        **home,
        "QT_QPA_PLATFORM": f"offscreen:configfile={screen}",
        "QT_SCALE_FACTOR": str(scale),
    }
    done = subprocess.run(
        [sys.executable, "-m", "tests.ui.tour_check", language, str(tmp_path)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert not done.stdout, done.stdout
