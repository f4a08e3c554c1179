"""How fast events are admitted over HTTP, as ratios within one run: `python packaging/bench.py api [--json]`.

Durable commit before every answer, SQLite with WAL and synchronous=FULL, the whole pipeline with an active journey that
takes every contact up to its first wait; the load comes from the same machine. The servers take turns, several rounds;
a ratio is the median of the rounds' ratios. The disks of shared machines vary so much that a rate alone says nothing.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import httpx

from app.bootstrap import open_workspace
from tests.support.workspace import abandoned_cart

ROOT = Path(__file__).parents[2]
SERVERS = {
    "switchback": "tests.support.serving",
    "bare ASGI over sqlite3": "tests.benchmarks.api.bare",
    "FastAPI with the ORM": "tests.benchmarks.api.orm",
}
LEAST_OF_BARE = 0.4
LEAST_TIMES_ORM = 15.0
PAIR = {"grant_type": "client_credentials", "client_id": "cid", "client_secret": "sec"}


class Server:
    """One of the servers, over a workspace of its own."""

    def __init__(self, module: str, folder: Path) -> None:
        place = str(folder / f"{module.rpartition('.')[2]}.switchback")
        workspace = open_workspace(place)
        abandoned_cart(workspace)
        workspace.close()
        self._process = subprocess.Popen(
            [sys.executable, "-m", module, place], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert self._process.stdout is not None
        self.url = self._process.stdout.readline().split()[-1]
        self.token = "none"
        if module == SERVERS["switchback"]:
            self.token = httpx.post(f"{self.url}/v2/token", json=PAIR).json()["access_token"]

    def load(self, connections: int, seconds: float) -> dict[str, float]:
        """Rate and times under load."""
        command = [
            sys.executable,
            "-m",
            "tests.benchmarks.api.load",
            self.url,
            self.token,
            str(connections),
            str(seconds),
        ]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        if done.returncode:
            raise SystemExit(done.stderr)
        found: dict[str, float] = json.loads(done.stdout)
        return found

    def stop(self) -> None:
        """End it."""
        self._process.terminate()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                stream.close()


def measure(connections: int, rounds: int, seconds: float) -> dict[str, Any]:
    """Medians of the rounds and the ratios."""
    with tempfile.TemporaryDirectory() as folder:
        servers = {name: Server(module, Path(folder)) for name, module in SERVERS.items()}
        try:
            for server in servers.values():
                server.load(connections, 0.5)
            turns = [
                {name: server.load(connections, seconds) for name, server in servers.items()} for _ in range(rounds)
            ]
        finally:
            for server in servers.values():
                server.stop()

    def ratio(other: str) -> float:
        return statistics.median(turn["switchback"]["rate"] / turn[other]["rate"] for turn in turns)

    return {
        "connections": connections,
        "rounds": rounds,
        "medians": {
            name: {
                what: round(statistics.median(turn[name][what] for turn in turns), 2) for what in ("rate", "p50", "p99")
            }
            for name in SERVERS
        },
        "of bare": round(ratio("bare ASGI over sqlite3"), 3),
        "times ORM": round(ratio("FastAPI with the ORM"), 1),
    }


def main(arguments: list[str]) -> int:
    """Print the figures; 0 when the goals are met, 1 when not."""
    parser = argparse.ArgumentParser(prog="bench.py api", description="Events over HTTP, as ratios.")
    parser.add_argument("--connections", type=int, default=32)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=4.0, help="of load in a turn")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    found = measure(options.connections, options.rounds, options.seconds)
    met = found["of bare"] >= LEAST_OF_BARE and found["times ORM"] >= LEAST_TIMES_ORM
    found["met"] = met
    if options.json:
        print(json.dumps(found))
        return 0 if met else 1
    for name, figures in found["medians"].items():
        print(f"{name:24} {figures['rate']:8.0f}/s   p50 {figures['p50']:7.2f} ms   p99 {figures['p99']:7.2f} ms")
    print(f"{found['of bare']:.0%} of the bare handler (goal: at least {LEAST_OF_BARE:.0%})")
    print(f"{found['times ORM']:.1f} times FastAPI with the ORM (goal: at least {LEAST_TIMES_ORM:.0f})")
    return 0 if met else 1
