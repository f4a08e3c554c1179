"""The layout against Graphviz `dot` with ordering=out, in the same run: time, crossings, and what one edit costs."""

from __future__ import annotations

import argparse
import gc
import json
import shutil
import statistics
import subprocess
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import pairwise

from app.journey.edits import AddActivity, RemoveActivity
from app.journey.journey import ENTRY, Journey, Place
from app.journey.layout import Memory, compute_layout
from tests.journey.drawing import grown
from tests.journey.layouts import crossings, size
from tests.journey.support import tile

Edge = tuple[str, str, list[tuple[float, float]]]

FAMILIES: dict[str, Callable[[int, int], Journey]] = {
    "trees": lambda tiles, seed: grown(tiles, 0.0, seed),
    "local joins": lambda tiles, seed: grown(tiles, 0.3, seed, near=3),
    "some distant joins": lambda tiles, seed: grown(tiles, 0.1, seed),
    "many distant joins": lambda tiles, seed: grown(tiles, 0.3, seed),
    "half of the tiles join distant ends": lambda tiles, seed: grown(tiles, 0.5, seed),
    "wide splits, local joins": lambda tiles, seed: grown(tiles, 0.2, seed, near=4, ways_out=(1, 1, 4, 6, 9)),
    "wide splits, distant joins": lambda tiles, seed: grown(tiles, 0.2, seed, ways_out=(1, 1, 4, 6, 9)),
    "mixed": lambda tiles, seed: grown(tiles, (0.08, 0.15)[seed % 2], seed, near=(None, 8)[seed % 2]),
}
"""Kinds of journeys, by number of tiles and seed."""


def main(arguments: list[str]) -> int:
    """Measure, print, and give 1 where a goal is missed."""
    parser = argparse.ArgumentParser(prog="bench.py layout", description=__doc__)
    parser.add_argument("--tiles", type=int, default=2000)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--families", type=int, nargs="*", default=[50, 150], help="tiles of each kind of journey")
    parser.add_argument("--seeds", type=int, default=6)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    with without_collector():
        result = measure(options.tiles, options.rounds)
        add_kinds(result, options.tiles, options.rounds)
    if shutil.which("dot"):
        add_families(result, options.families, options.seeds)
    print(json.dumps(result, indent=1) if options.json else words(result))
    return 0 if all(result["goals"].values()) else 1


def measure(tiles: int, rounds: int) -> dict[str, dict[str, object]]:
    """All figures: milliseconds and crossings."""
    plain = grown(tiles, 0.15, 1, planar=True)
    cold = times(lambda: compute_layout(plain, size), rounds)
    edit = edits(plain, rounds * 5)
    ours: dict[str, object] = {
        "layout_p50_ms": statistics.median(cold),
        "edit_p50_ms": statistics.median(edit),
        "edit_p95_ms": sorted(edit)[int(len(edit) * 0.95)],
        "planar_crossings": crossings(compute_layout(plain, size)),
    }
    baselines: dict[str, object] = {}
    goals = {
        "a planar journey has no crossing": ours["planar_crossings"] == 0,
        "layout": tiles > 2000 or statistics.median(cold) <= 60,
        "edit p50": tiles > 2000 or statistics.median(edit) <= 30,
        "edit p95": tiles > 2000 or float(str(ours["edit_p95_ms"])) <= 50,
    }
    if shutil.which("dot"):
        began = time.perf_counter()
        dot(plain)
        baselines["dot_ms"] = (time.perf_counter() - began) * 1000
        baselines["dot_planar_crossings"] = dot_crossings(dot(grown(120, 0.3, 3, planar=True)))
        goals["at least 10 times as fast as dot"] = float(str(baselines["dot_ms"])) >= 10 * statistics.median(cold)
    return {"ours": ours, "baselines": baselines, "goals": dict(goals)}


@contextmanager
def without_collector() -> Iterator[None]:
    """As in the window, which collects when nobody waits (see `app/ui/collector.py`)."""
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def add_kinds(result: dict[str, dict[str, object]], tiles: int, rounds: int) -> None:
    """The time of every kind of journey at full size: the slowest of three journeys, each in its median."""
    for family, make in FAMILIES.items():
        journeys = [make(tiles, seed) for seed in range(3)]
        took = [statistics.median(times(lambda each=each: compute_layout(each, size), rounds)) for each in journeys]
        result["ours"][f"{family}, {tiles} tiles"] = {"p50_ms": round(max(took), 1)}
        result["goals"][f"{family}: layout"] = tiles > 2000 or max(took) <= 60


def add_families(result: dict[str, dict[str, object]], sizes: list[int], seeds: int) -> None:
    """Crossings of every kind of journey, ours and those of `dot`, counted alike: on the lines as they are drawn."""
    for family, make in FAMILIES.items():
        for tiles in sizes:
            journeys = [make(tiles, seed) for seed in range(seeds)]
            took = [times(lambda each=each: compute_layout(each, size), 1)[0] for each in journeys]
            ours = sum(crossings(compute_layout(each, size)) for each in journeys)
            theirs = sum(dot_crossings(dot(each)) for each in journeys)
            name = f"{family}, {tiles} tiles"
            result["ours"][name] = {"crossings": ours, "p50_ms": round(statistics.median(took), 1)}
            result["baselines"][name] = {"crossings": theirs, "ours_to_theirs": round(ours / max(1, theirs), 2)}
            result["goals"][f"{name}: at most 1.2 times the crossings of dot"] = ours <= 1.2 * theirs


def words(result: dict[str, dict[str, object]]) -> str:
    """The figures for people."""
    lines = [
        f"{group:>9}  {name}: {value:.1f}" if isinstance(value, float) else f"{group:>9}  {name}: {value}"
        for group, values in result.items()
        for name, value in values.items()
    ]
    return "\n".join(lines)


def times(job: Callable[[], object], rounds: int) -> list[float]:
    """Milliseconds of each of `rounds` runs, after one to warm up."""
    job()
    found = []
    for _ in range(rounds):
        began = time.perf_counter()
        job()
        found.append((time.perf_counter() - began) * 1000)
    return found


def edits(journey: Journey, count: int) -> list[float]:
    """Milliseconds of one edit with its new layout: add a tile here and there, and take it out again."""
    memory = Memory()
    compute_layout(journey, size, memory)
    keys = list(journey.activities)
    found = []
    for number in range(count):
        at = journey.activities[keys[number * 7919 % len(keys)]]
        began = time.perf_counter()
        edit = RemoveActivity("NEW") if "NEW" in journey.activities else None
        edit = edit or AddActivity(tile("NEW"), Place(at.key, at.outcomes[0].key))
        journey, _ = edit.apply(journey)
        compute_layout(journey, size, memory)
        found.append((time.perf_counter() - began) * 1000)
    return found


def dot(journey: Journey) -> list[Edge]:
    """What Graphviz makes of a journey: each connector with the points of its curve."""
    lines = ["digraph { rankdir=LR; ordering=out; node [shape=box, fixedsize=true, width=2.6, height=0.9];"]
    lines.append(f"{ENTRY} -> {journey.first};")
    for activity in journey.activities.values():
        for outcome in activity.outcomes:
            if outcome.next:
                lines.append(f"{activity.key} -> {outcome.next};")
    text = "\n".join([*lines, "}"])
    plain = subprocess.run(["dot", "-Tplain"], input=text, capture_output=True, text=True, check=True).stdout
    found: list[Edge] = []
    for line in plain.splitlines():
        words = line.split()
        if words and words[0] == "edge":
            count = int(words[3])
            numbers = [float(each) for each in words[4 : 4 + 2 * count]]
            found.append((words[1], words[2], flattened(list(zip(numbers[::2], numbers[1::2], strict=True)))))
    return found


def flattened(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """A chain of cubic curves as straight stretches."""
    line = [points[0]]
    for at in range(0, len(points) - 3, 3):
        a, b, c, d = points[at : at + 4]
        for step in range(1, 9):
            t = step / 8
            s = 1 - t
            line.append(
                (
                    s**3 * a[0] + 3 * s * s * t * b[0] + 3 * s * t * t * c[0] + t**3 * d[0],
                    s**3 * a[1] + 3 * s * s * t * b[1] + 3 * s * t * t * c[1] + t**3 * d[1],
                )
            )
    return line


def dot_crossings(edges: list[Edge]) -> int:
    """Pairs of connectors that cross and have no tile in common at the same end."""
    cells: dict[int, list[tuple[int, tuple[float, float], tuple[float, float]]]] = defaultdict(list)
    for number, (_, _, line) in enumerate(edges):
        for one, other in pairwise(line):
            for cell in range(int(min(one[0], other[0]) * 2), int(max(one[0], other[0]) * 2) + 1):
                cells[cell].append((number, one, other))
    pairs = set()
    for stretches in cells.values():
        for index, (number, a, b) in enumerate(stretches):
            for other, c, d in stretches[index + 1 :]:
                same = edges[number][0] == edges[other][0] or edges[number][1] == edges[other][1]
                if number != other and not same and _cross(a, b, c, d):
                    pairs.add(frozenset((number, other)))
    return len(pairs)


def _cross(a: tuple[float, float], b: tuple[float, float], c: tuple[float, float], d: tuple[float, float]) -> bool:
    return _side(a, b, c) != _side(a, b, d) and _side(c, d, a) != _side(c, d, b)


def _side(a: tuple[float, float], b: tuple[float, float], c: tuple[float, float]) -> bool:
    return (b[0] - a[0]) * (c[1] - a[1]) > (b[1] - a[1]) * (c[0] - a[0])
