"""What is not needed for the first paint is not imported before it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

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
