"""What is not needed for the first paint is not imported before it."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

import pytest

T = TypeVar("T")
ROOT = Path(__file__).resolve().parents[2]
DEAR = ("sqlalchemy", "alembic", "psycopg", "networkx", "starlette", "uvicorn", "uvloop", "openpyxl", "httptools")

SCRIPT = """
import json, sys, threading
from pathlib import Path
from PySide6.QtCore import QEvent, QObject, QTimer
import app.ui.app as start
from app.ui.window import MainWindow

release = threading.Event()
seen = {}

class Watch(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint and isinstance(watched, MainWindow) and "modules" not in seen:
            seen["modules"] = sorted({name.partition(".")[0] for name in sys.modules})
            QTimer.singleShot(0, watched.close)
        return False

app = start.make_application()
watch = Watch()
app.installEventFilter(watch)

def never(location):
    release.wait(20)
    raise RuntimeError("closed before it opened")

QTimer.singleShot(15000, app.quit)
app.aboutToQuit.connect(release.set)
original = MainWindow.closeEvent
def close(self, event):
    release.set()
    original(self, event)
MainWindow.closeEvent = close
start.run(never, sys.argv[1], [], [sys.executable, "-c", "pass"])
print(json.dumps(seen))
"""


def test_nothing_dear_is_imported_before_the_first_paint(tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(tmp_path / "a.switchback")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    modules = json.loads(run.stdout.splitlines()[-1])["modules"]
    assert "PySide6" in modules
    assert [name for name in DEAR if name in modules] == []


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="asks the system's process table, as Linux has it")
@pytest.mark.parametrize(("sent", "status"), [(signal.SIGTERM, 0), (signal.SIGKILL, -9)])
def test_the_program_ends_and_leaves_no_api_behind(tmp_path: Path, sent: signal.Signals, status: int) -> None:
    """The real program as a person starts it, ended from outside: politely, and not at all politely."""
    program = subprocess.Popen(
        [sys.executable, "-m", "app", "--workspace", str(tmp_path / "a.switchback")],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    try:
        served_by = wait_for(lambda: children(program.pid), 60)
        time.sleep(1)
        program.send_signal(sent)
        assert program.wait(60) == status
        wait_for(lambda: all(is_dead(pid) for pid in served_by), 20)
    finally:
        program.kill()
        program.communicate()


def children(pid: int) -> list[int]:
    """The processes that a process started."""
    found = []
    for task in Path(f"/proc/{pid}/task").iterdir():
        with suppress(FileNotFoundError, ProcessLookupError):  # a thread that just ended
            found += [int(word) for word in (task / "children").read_text().split()]
    return found


def is_dead(pid: int) -> bool:
    """Whether a process ended, noticed by its parent or not."""
    try:
        return "\nState:\tZ" in Path(f"/proc/{pid}/status").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return True


def wait_for(condition: Callable[[], T], seconds: float) -> T:
    """Ask again until the answer is true; what it was."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        answer = condition()
        if answer:
            return answer
        time.sleep(0.1)
    raise AssertionError("it did not come true in time")
