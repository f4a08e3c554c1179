"""Times of one thread: by the clock, and what the thread itself ran."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from statistics import median, quantiles
from typing import NamedTuple


class Took(NamedTuple):
    """Milliseconds by the clock, and those that this thread really ran: other work on the machine is in the first."""

    wall: float
    own: float


def timed(act: Callable[[], object]) -> Took:
    """How long it took."""
    start, own = time.perf_counter(), time.thread_time()
    act()
    return Took((time.perf_counter() - start) * 1000, (time.thread_time() - own) * 1000)


def figures(times: Sequence[Took]) -> dict[str, float]:
    """Half of the frames were faster than p50, 95 of 100 faster than p95; `cpu_` leaves out other programs."""
    found = {}
    for name, values in (("", [each.wall for each in times]), ("cpu_", [each.own for each in times])):
        p95 = quantiles(values, n=20)[18] if len(values) > 1 else values[0]
        found |= {f"{name}p50_ms": round(median(values), 2), f"{name}p95_ms": round(p95, 2)}
    return found


def worst(all_figures: Sequence[dict[str, float]]) -> dict[str, float]:
    """The highest of each figure: what holds at every zoom holds for it."""
    return {name: max(each[name] for each in all_figures) for name in all_figures[0]}
