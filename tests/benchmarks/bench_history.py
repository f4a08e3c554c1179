"""Whether admission grows dearer with the past: `python packaging/bench.py history [--events N] [--json]`.

Two workspaces on SQLite, one with few past events and one with many (rows, contacts and stays alike). Both admit the
same new events in batches of 32, through the writer and its durable commit, and take turns; one of four is for a
contact that the past knows. The ratio is the median of the rounds' ratios. Ten million past events take about 20 GB
and six minutes or more to fill; `--folder` says where. Right after that the disk and the memory are still full of the
filling, so take many rounds: the median of 60 (77,000 events each) was 1.25 at ten million, on a machine that did
other work too, and 1.35 with the 16 MiB of SQLite's cache that connections had before.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import tempfile
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

from app.bootstrap import open_workspace
from app.events.fire_event import FireEvent
from app.kernel.ids import new_guid
from tests.benchmarks.api.past import contact_of, fill, read_indexes
from tests.benchmarks.api.places import find_place
from tests.support.workspace import EVENT_KEY, abandoned_cart

MOST = 1.3
BATCH = 32
FEW = 10_000


class Admission:
    """A workspace with `events` past ones, that admits new ones."""

    def __init__(self, folder: Path, events: int) -> None:
        place = str(folder / f"{events}.switchback")
        workspace = open_workspace(place)
        abandoned_cart(workspace)
        workspace.close()
        began = time.perf_counter()
        fill(find_place(place), events)
        if hasattr(os, "sync"):
            os.sync()  # else the disk is busy with the past while the present is measured
        self.filled_in = time.perf_counter() - began
        read_indexes(find_place(place))
        self.bytes = Path(place).stat().st_size
        self._workspace = open_workspace(place)
        self._contacts = self._choose(events)

    def run(self, batches: int) -> float:
        """Admit that many batches; microseconds for each event."""
        events = [[self._event() for _ in range(BATCH)] for _ in range(batches)]
        began = time.perf_counter()
        for batch in events:
            for future in [self._workspace.submit(event) for event in batch]:
                assert future.result().error is None
        return (time.perf_counter() - began) / batches / BATCH * 1e6

    def close(self) -> None:
        """Let go of the workspace."""
        self._workspace.close()

    def _event(self) -> FireEvent:
        contact = next(self._contacts)
        data = {"Contact key": contact, "First name": "Kari", "Email": "kari@example.com", "Cart total": 60}
        return FireEvent(new_guid(), contact, EVENT_KEY, data | {"Country": "NO"})

    @staticmethod
    def _choose(events: int) -> Iterator[str]:
        """New contacts; every fourth is one of the past."""
        for number in count(events + 1):
            yield contact_of(number if number % 4 else number * 7919 % events + 1)


def measure(few: int, many: int, rounds: int, batches: int, folder: Path) -> dict[str, Any]:
    """Fill, admit in turns, and compare."""
    small, large = Admission(folder, few), Admission(folder, many)
    try:
        for each in (small, large):
            each.run(batches)
        turns = [(small.run(batches), large.run(batches)) for _ in range(rounds)]
    finally:
        small.close()
        large.close()
    ratio = statistics.median(after / before for before, after in turns)
    return {
        "past events": [few, many],
        "bytes": [small.bytes, large.bytes],
        "filled in seconds": round(large.filled_in),
        "rounds": rounds,
        "microseconds an event": [round(statistics.median(each), 1) for each in zip(*turns, strict=True)],
        "ratio": round(ratio, 3),
        "met": ratio <= MOST,
    }


def main(arguments: list[str]) -> int:
    """Print the figures; 0 when admission does not grow dearer, 1 when it does."""
    parser = argparse.ArgumentParser(prog="bench.py history", description="Admission after many events.")
    parser.add_argument("--events", type=int, default=1_000_000, help="past events of the large workspace")
    parser.add_argument("--few", type=int, default=FEW, help="past events of the small one")
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--batches", type=int, default=40, help=f"of {BATCH} events in a turn")
    parser.add_argument("--folder", type=Path, help="where the workspaces are made, and taken away again")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        found = measure(options.few, options.events, options.rounds, options.batches, Path(folder))
    if options.json:
        print(json.dumps(found))
    else:
        for events, each, size in zip(
            found["past events"], found["microseconds an event"], found["bytes"], strict=True
        ):
            print(f"{events:12,} past events ({size / 1e9:6.2f} GB): {each:7.1f} microseconds an event")
        print(f"ratio {found['ratio']:.2f} (goal: at most {MOST})")
    return 0 if found["met"] else 1
