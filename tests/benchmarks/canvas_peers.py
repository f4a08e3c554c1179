"""What the canvas is measured against: one item a tile, Graphviz `dot`, and NodeGraphQt where it is installed."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QGraphicsItem, QGraphicsScene, QGraphicsView, QWidget

from app.journey.journey import Journey
from app.ui.canvas.scene import Scene
from app.ui.theme import theme
from tests.benchmarks.timing import Took, timed

PYTHON_OF_NODEGRAPHQT = "SWITCHBACK_NODEGRAPHQT"
"""The environment variable with the Python that has NodeGraphQt: it does not belong into the project's own."""


class OneItemATile(QGraphicsItem):
    """What one would write first: an item for each tile, painted in Python."""

    def __init__(self, rect: QRectF, title: str) -> None:
        super().__init__()
        self._rect = rect
        self._title = title

    def boundingRect(self) -> QRectF:
        """The tile."""
        return self._rect

    def paint(self, painter: QPainter, option: object, widget: QWidget | None = None) -> None:
        """Panel, icon square, two lines of text."""
        painter.setPen(QPen(theme().color("line"), 1))
        painter.setBrush(theme().color("panel"))
        painter.drawRoundedRect(self._rect, 11, 11)
        painter.setBrush(theme().color("blue_soft"))
        painter.drawRoundedRect(QRectF(self._rect.x() + 12, self._rect.y() + 18, 28, 28), 7, 7)
        painter.setPen(theme().color("ink"))
        painter.drawText(self._rect.adjusted(50, 12, -8, -30), Qt.AlignmentFlag.AlignVCenter, self._title)
        painter.setPen(theme().color("ink2"))
        painter.drawText(self._rect.adjusted(50, 32, -8, -10), Qt.AlignmentFlag.AlignVCenter, "1 day")


def full_view_of_items(drawn: Scene, width: int, height: int) -> list[Took]:
    """The same journey as one item a tile, whole in view: a few frames."""
    scene = QGraphicsScene()
    for key in drawn.boxes:
        scene.addItem(OneItemATile(drawn.rect(key), key))
    widget = QGraphicsView(scene)
    widget.setRenderHint(QPainter.RenderHint.Antialiasing)
    widget.resize(width, height)
    widget.show()
    QTest.qWaitForWindowExposed(widget)
    widget.fitInView(scene.sceneRect(), Qt.AspectRatioMode.KeepAspectRatio)
    times = [timed(widget.viewport().repaint) for _ in range(5)]
    widget.close()
    return times


def dot_layout(journey: Journey) -> Took | None:
    """What Graphviz takes for the same graph with the paths in their order, its output not read; None where it is not
    there."""
    program = shutil.which("dot")
    if program is None:
        return None
    lines = ["digraph g { rankdir=LR; ordering=out; node [shape=box fixedsize=true width=2 height=0.6];"]
    for activity in journey.activities.values():
        lines += [f'"{activity.key}" -> "{outcome.next}";' for outcome in activity.outcomes if outcome.next]
    text = "\n".join([*lines, "}"]).encode()
    return timed(lambda: subprocess.run([program, "-Tplain"], input=text, capture_output=True, check=True, timeout=300))


def nodegraphqt(drawn: Scene) -> dict[str, object] | str:
    """What NodeGraphQt takes for the same tiles at the same places: see nodegraphqt_child; a sentence where it is not
    there or fails."""
    python = os.environ.get(PYTHON_OF_NODEGRAPHQT) or (sys.executable if find_spec("NodeGraphQt") else None)
    if python is None:
        return f"not installed; {PYTHON_OF_NODEGRAPHQT} may name the Python of an environment that has it"
    tiles = [[key, box.x, box.y] for key, box in drawn.boxes.items()]
    connectors = [[wire.place.source, wire.target] for wire in drawn.wires.values() if wire.target is not None]
    child = Path(__file__).with_name("nodegraphqt_child.py")
    variables = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "QT_PREFERRED_BINDING": "PySide6"}
    variables.pop("PYTHONPATH", None)
    asked = json.dumps({"tiles": tiles, "connectors": connectors})
    try:
        done = subprocess.run(
            [python, "-W", "ignore", str(child)],
            input=asked,
            capture_output=True,
            text=True,
            check=False,
            timeout=600,
            env=variables,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return f"did not run: {error}"
    if done.returncode != 0:
        return f"failed: {done.stderr.strip().splitlines()[-1:]}"
    found: dict[str, object] = json.loads(done.stdout.strip().splitlines()[-1])
    return found
