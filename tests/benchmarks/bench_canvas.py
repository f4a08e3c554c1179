"""The canvas under load: every gesture at every zoom, opening, edits; beside it other ways to draw as much.

`main(["--tiles", "2000", "--json"])` prints `ours` (by name: p50_ms, p95_ms; `cpu_` without other programs' time; a
gesture without a zoom in its name is the worst of all zooms), the `baselines` of the same run, and the `goals`.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from statistics import median
from typing import Any

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.journey.journey import ENTRY
from app.journey.layout import compute_layout
from app.ui.theme import theme
from tests.benchmarks.canvas_gestures import SIZE, Bench
from tests.benchmarks.canvas_journeys import big_journey, opened
from tests.benchmarks.canvas_peers import dot_layout, full_view_of_items, nodegraphqt
from tests.benchmarks.timing import Took, figures, timed, worst

ZOOMS = (2.0, 1.0, 0.6, 0.45, 0.36, 0.2)
GESTURES = ("pan", "zoom", "rubber band", "drag", "drag near the entry")
PEERS = 1000
"""Tiles of the comparison with NodeGraphQt."""

Figures = dict[str, dict[str, float]]


def start() -> None:
    """The application, without animations of its own accord."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    theme().apply(app)
    theme().set_reduce_motion(True)


def measure(count: int) -> dict[str, Any]:
    """All figures for a journey of `count` activities."""
    with opened(big_journey(count)) as document:
        made: list[Bench] = []

        def open_it() -> None:
            made.append(Bench(document))
            made[0].view.show()
            QTest.qWaitForWindowExposed(made[0].view)
            made[0].view.repaint()

        ours: Figures = {"open": figures([timed(open_it)])}
        bench = made[0]
        gestures, seen = gestures_of(bench)
        ours |= gestures
        bench.fit()
        full = [bench.frame(bench.view.layer.stale) for _ in range(9)]
        ours["full view"] = figures(full)
        bench.look_at(1.0, bench.view.scene.rect(ENTRY).center())
        bench.view.sweeper.sweep()
        ours["edit"] = figures(bench.edits())
        scene = bench.view.scene
        ours["layout"] = figures([timed(lambda: compute_layout(document.journey, scene._size)) for _ in range(7)])
        baselines: dict[str, Any] = {}
        dot = dot_layout(document.journey) if count <= 2000 else None
        if dot is not None:
            baselines["graphviz dot, layout"] = {"p50_ms": round(dot.wall, 1)}
        items = full_view_of_items(scene, *SIZE)
        times = round(median(each.own for each in items) / median(each.own for each in full), 1)
        baselines["one item a tile, full view"] = {**figures(items), "times_ours": times}
        bench.view.close()
        bench.view.deleteLater()
    built, peer = build_and_draw()
    ours[f"build and draw {PEERS}"] = built
    baselines[f"NodeGraphQt, build and draw {PEERS}"] = peer
    result = {"tiles": count, "scale": QApplication.primaryScreen().devicePixelRatio(), "load": os.getloadavg()[0]}
    goals = goals_of(count, ours, baselines)
    return {**result, "tiles_in_view": seen, "ours": ours, "baselines": baselines, "goals": goals}


def gestures_of(bench: Bench) -> tuple[Figures, dict[str, int]]:
    """The figures of each gesture, its worst of all zooms first; and how many tiles were in view."""
    by_name: dict[str, Figures] = {name: {} for name in GESTURES}
    seen = {}
    for zoom in (*ZOOMS, None):
        name = "all in view"
        if zoom is None:
            zoom = bench.fit()
        else:
            name = f"x{zoom:g}"
            bench.look_at(zoom, bench.densest(zoom))
        seen[name] = bench.seen()
        for gesture, frames in bench.all_gestures(zoom).items():
            by_name[gesture][name] = figures(frames)
    by_name["zoom"]["the whole range"] = figures(bench.zoom_through(bench.densest(0.5)))
    found = {gesture: worst(list(each.values())) for gesture, each in by_name.items()}
    for gesture, each in by_name.items():
        found |= {f"{gesture}, {name}": values for name, values in each.items()}
    bench.look_at(1.0, bench.densest(1.0))
    found["begin a drag"] = figures(bench.begin_drag())
    found["sharpen after a zoom"] = figures(bench.sharpen(bench.densest(0.5)))
    return found, seen


def build_and_draw() -> tuple[dict[str, float], dict[str, Any]]:
    """A canvas of 1,000 tiles from the journey to its first paint with all of it in view, and the same by NodeGraphQt;
    its scene is told where the tiles are, ours computes it."""
    with opened(big_journey(PEERS)) as document:
        times: list[Took] = []
        for _ in range(5):
            made: list[Bench] = []

            def build(made: list[Bench] = made) -> None:
                made.append(Bench(document))
                made[0].view.show()
                QTest.qWaitForWindowExposed(made[0].view)
                made[0].view.fit()
                made[0].view.repaint()

            times.append(timed(build))
            made[0].view.close()
            if len(times) < 5:
                made[0].view.deleteLater()
        ours = figures(times)
        peer = nodegraphqt(made[0].view.scene)
        made[0].view.deleteLater()
    if isinstance(peer, str):
        return ours, {"missing": peer}
    peer["p50_ms"] = round(float(str(peer["build_and_draw_ms"])), 1)
    peer["times_ours"] = round(float(str(peer["cpu_build_and_draw_ms"])) / ours["cpu_p50_ms"], 1)
    return ours, peer


def goals_of(count: int, ours: Figures, baselines: dict[str, Any]) -> dict[str, bool]:
    """Whether each goal was met, by the clock; those that were set for that number of tiles."""
    goals = {}
    if count <= 2000:
        goals = {f"{name}: p50 <= 8 ms, p95 <= 16.7 ms": _within(ours[name], 8, 16.7) for name in GESTURES}
        goals["open <= 300 ms"] = ours["open"]["p50_ms"] <= 300
        goals["edit: p50 <= 30 ms, p95 <= 50 ms"] = _within(ours["edit"], 30, 50)
        goals["layout <= 60 ms"] = ours["layout"]["p50_ms"] <= 60
        goals["full view: 10 times as fast as one item a tile"] = (
            count < 2000 or baselines["one item a tile, full view"]["times_ours"] >= 10
        )
    elif count <= 10_000:
        goals = {f"{name}: p50 <= 16.7 ms": ours[name]["p50_ms"] <= 16.7 for name in GESTURES}
        goals["open <= 700 ms"] = ours["open"]["p50_ms"] <= 700
    peer = baselines[f"NodeGraphQt, build and draw {PEERS}"]
    if "times_ours" in peer:
        goals["build and draw: 20 times as fast as NodeGraphQt"] = peer["times_ours"] >= 20
    return goals


def _within(values: dict[str, float], p50: float, p95: float) -> bool:
    return values["p50_ms"] <= p50 and values["p95_ms"] <= p95


def main(arguments: list[str]) -> int:
    """Measure and print; 0."""
    parser = argparse.ArgumentParser(prog="bench.py canvas", description=__doc__)
    parser.add_argument("--tiles", type=int, default=2000)
    parser.add_argument("--scale", type=float, default=1.0, help="device pixels to a pixel, as on a dense screen")
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args(arguments)
    if chosen.scale != 1.0:
        os.environ["QT_SCALE_FACTOR"] = str(chosen.scale)
    start()
    result = measure(chosen.tiles)
    sys.stdout.write(json.dumps(result, indent=1) + "\n" if chosen.json else words(result))
    return 0


def words(result: dict[str, Any]) -> str:
    """The figures for people."""
    lines = [f"{result['tiles']} tiles, in view: {result['tiles_in_view']}; load {result['load']:.1f}"]
    for name, values in result["ours"].items():
        line = "".join(f"{key.removesuffix('_ms'):>10} {value:8.2f}" for key, value in values.items())
        lines.append(f"{name:34}{line}")
    lines += [f"{name}: {values}" for name, values in result["baselines"].items()]
    lines += [f"{'met   ' if met else 'missed'} {goal}" for goal, met in result["goals"].items()]
    return "\n".join(lines) + "\n"
