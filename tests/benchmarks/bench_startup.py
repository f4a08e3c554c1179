"""First paint of the window against a bare PySide6 window, each in a fresh process, interleaved.

`python tests/benchmarks/bench_startup.py [rounds]` prints both medians and their ratio; the goal is at most 1.5.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
GOAL = 1.5

BARE = """
import time; begun = time.perf_counter()
from PySide6.QtCore import QEvent, QTimer
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow
class Window(QMainWindow):
    def event(self, event):
        if event.type() == QEvent.Type.Paint:
            QTimer.singleShot(0, done)
        return super().event(event)
def done():
    print(time.perf_counter() - begun, flush=True)
    app.quit()
app = QApplication([])
window = Window(); window.setCentralWidget(QLabel("Hello")); window.menuBar().addMenu("File"); window.resize(1600, 1000)
window.show(); app.exec()
"""

OURS = """
import time; begun = time.perf_counter()
import sys
from pathlib import Path
from PySide6.QtCore import QEvent, QTimer
from app.ui.app import make_application
from app.ui.crash import CrashGuard
from app.ui.preferences import Preferences
from app.ui.theme import theme
from app.ui.window import MainWindow
class Window(MainWindow):
    def event(self, event):
        if event.type() == QEvent.Type.Paint:
            QTimer.singleShot(0, done)
        return super().event(event)
def done():
    print(time.perf_counter() - begun, flush=True)
    app.quit()
app = make_application()
preferences = Preferences()
theme().set_mode(preferences.theme); theme().apply(app)
guard = CrashGuard(Path(sys.argv[1])); guard.install()
window = Window(lambda location: None, ["true"], preferences, guard)
window.show(); app.exec(); window.work.close(); guard.remove()
"""


def measure(script: str, folder: str) -> float:
    """Seconds from the first line to the first paint, in a process of its own."""
    # An installed program has its bytecode: both sides keep theirs in the folder, whatever this shell says.
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    environment |= {"PYTHONPYCACHEPREFIX": str(Path(folder) / "bytecode"), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", script, folder]
    run = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=True)
    return float(run.stdout.split()[0])


def main(rounds: int) -> dict[str, float]:
    """Medians in seconds, and their ratio."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        measure(BARE, folder), measure(OURS, folder)  # warm the disk's cache
        pairs = [(measure(BARE, folder), measure(OURS, folder)) for _ in range(rounds)]
    bare, ours = (statistics.median(column) for column in zip(*pairs, strict=True))
    return {"bare_s": round(bare, 3), "ours_s": round(ours, 3), "ratio": round(ours / bare, 2), "goal": GOAL}


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]) if len(sys.argv) > 1 else 7)))
