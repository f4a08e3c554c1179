"""Builds and draws a graph with NodeGraphQt; run by a Python that has it, which need not be ours.

Reads {"tiles": [[key, x, y], ...], "connectors": [[source, target], ...]} and writes the milliseconds of building,
of drawing all of it for the first time, and of a later paint of all of it.
"""

from __future__ import annotations

import json
import sys
import time

from NodeGraphQt import BaseNode, NodeGraph
from NodeGraphQt.pkg_info import __version__ as version
from Qt import QtCore, QtWidgets
from Qt import __binding_version__ as qt


class Tile(BaseNode):
    """A node with one way in and one way out, either for many connectors."""

    __identifier__ = "bench"
    NODE_NAME = "Tile"

    def __init__(self) -> None:
        super().__init__()
        self.add_input("in", multi_input=True)
        self.add_output("out", multi_output=True)


def fit(view: QtWidgets.QGraphicsView) -> None:
    """Show all. The library's own way to fit takes some 20 s for a thousand nodes; Qt's takes none."""
    whole = view.scene().itemsBoundingRect()
    view.setSceneRect(whole)
    view.fitInView(whole, QtCore.Qt.AspectRatioMode.KeepAspectRatio)


def main() -> None:
    """Measure and print."""
    asked = json.load(sys.stdin)
    app = QtWidgets.QApplication([])
    start, own = time.perf_counter(), time.thread_time()
    graph = NodeGraph()
    graph.register_node(Tile)
    nodes = {}
    for key, x, y in asked["tiles"]:
        nodes[key] = graph.create_node("bench.Tile", name=key, selected=False, pos=[x, y], push_undo=False)
    for source, target in asked["connectors"]:
        nodes[source].output(0).connect_to(nodes[target].input(0), push_undo=False)
    built = time.perf_counter()
    view = graph.viewer()
    view.resize(1600, 1000)
    view.show()
    app.processEvents()
    fit(view)
    view.viewport().repaint()
    end, own_end = time.perf_counter(), time.thread_time()
    again = []
    for _ in range(5):
        before = time.perf_counter()
        view.viewport().repaint()
        again.append((time.perf_counter() - before) * 1000)
    if len(sys.argv) > 1:
        view.viewport().grab().save(sys.argv[1])
    found = {
        "version": version,
        "qt": qt,
        "build_ms": (built - start) * 1000,
        "build_and_draw_ms": (end - start) * 1000,
        "cpu_build_and_draw_ms": (own_end - own) * 1000,
        "paint_ms": sorted(again)[2],
    }
    sys.stdout.write("\n" + json.dumps(found) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
