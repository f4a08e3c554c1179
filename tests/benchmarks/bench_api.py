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
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import httpx

from app.bootstrap import open_workspace
from tests.benchmarks.api import node_red
from tests.benchmarks.api.target import ROOT, Target
from tests.support.workspace import abandoned_cart

OURS, BARE, ORM, NODE_RED = "switchback", "bare ASGI over sqlite3", "FastAPI with the ORM", "Node-RED"
NODE_RED_PLAIN = "Node-RED as it comes"
SERVERS = {OURS: "tests.support.serving", BARE: "tests.benchmarks.api.bare", ORM: "tests.benchmarks.api.orm"}
LEAST_OF_BARE = 0.4
LEAST_TIMES_ORM = 15.0
LEAST_TIMES_NODE_RED = 4.0
MOST_OF_NODE_REDS_P99 = 1 / 3
P99 = "of Node-RED's p99"
TIMES_PLAIN = "times Node-RED as it comes"
PAIR = {"grant_type": "client_credentials", "client_id": "cid", "client_secret": "sec"}


def start(name: str, folder: Path) -> Target:
    """One of the servers, over a workspace of its own."""
    module = SERVERS[name]
    place = str(folder / f"{module.rpartition('.')[2]}.switchback")
    workspace = open_workspace(place)
    abandoned_cart(workspace)
    workspace.close()
    process = subprocess.Popen(
        [sys.executable, "-m", module, place], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    target = Target(process, process.stdout.readline().split()[-1])
    if name == OURS:
        target.token = httpx.post(f"{target.url}/v2/token", json=PAIR).json()["access_token"]
    return target


def measure(connections: int, rounds: int, seconds: float) -> dict[str, Any]:
    """Medians of the rounds and the ratios."""
    why = ""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        servers: dict[str, Target] = {}
        for name in SERVERS:
            servers[name] = start(name, folder)
            stack.callback(servers[name].stop)
        try:
            for name, wal in ((NODE_RED, True), (NODE_RED_PLAIN, False)):
                servers[name] = node_red.start(folder, wal=wal)
                stack.callback(servers[name].stop)
        except node_red.NotMeasured as missing:
            why = str(missing)
        for server in servers.values():
            server.load(connections, 0.5)
        turns = [{name: server.load(connections, seconds) for name, server in servers.items()} for _ in range(rounds)]
    return {"connections": connections, "rounds": rounds, **_figures(turns, why)}


def _figures(turns: list[dict[str, dict[str, float]]], why: str) -> dict[str, Any]:
    def ratio(what: str, other: str) -> float:
        return statistics.median(turn[OURS][what] / turn[other][what] for turn in turns)

    found: dict[str, Any] = {
        "medians": {
            name: {what: round(statistics.median(turn[name][what] for turn in turns), 2) for what in turns[0][name]}
            for name in turns[0]
        },
        "of bare": round(ratio("rate", BARE), 3),
        "times ORM": round(ratio("rate", ORM), 1),
    }
    met = found["of bare"] >= LEAST_OF_BARE and found["times ORM"] >= LEAST_TIMES_ORM
    if why:
        return {**found, "Node-RED": f"not measured: {why}", "met": met}
    found |= {"times Node-RED": round(ratio("rate", NODE_RED), 2), P99: round(ratio("p99", NODE_RED), 3)}
    found |= {TIMES_PLAIN: round(ratio("rate", NODE_RED_PLAIN), 2)}
    met = met and found["times Node-RED"] > LEAST_TIMES_NODE_RED and found[P99] < MOST_OF_NODE_REDS_P99
    return {**found, "met": met}


def main(arguments: list[str]) -> int:
    """Print the figures; 0 when the goals are met, 1 when not."""
    parser = argparse.ArgumentParser(prog="bench.py api", description="Events over HTTP, as ratios.")
    parser.add_argument("--connections", type=int, default=32)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=4.0, help="of load in a turn")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    found = measure(options.connections, options.rounds, options.seconds)
    if options.json:
        print(json.dumps(found))
        return 0 if found["met"] else 1
    for name, figures in found["medians"].items():
        print(f"{name:24} {figures['rate']:8.0f}/s   p50 {figures['p50']:7.2f} ms   p99 {figures['p99']:7.2f} ms")
    print(f"{found['of bare']:.0%} of the bare handler (goal: at least {LEAST_OF_BARE:.0%})")
    print(f"{found['times ORM']:.1f} times FastAPI with the ORM (goal: at least {LEAST_TIMES_ORM:.0f})")
    if "Node-RED" in found:
        print(f"Node-RED: {found['Node-RED']}")
    else:
        print(f"{found['times Node-RED']:.1f} times Node-RED (goal: more than {LEAST_TIMES_NODE_RED:.0f})")
        print(f"p99 {found[P99]:.2f} of Node-RED's (goal: below {MOST_OF_NODE_REDS_P99:.2f})")
        print(f"{found[TIMES_PLAIN]:.1f} times Node-RED with the database as its palette makes it, without WAL")
    return 0 if found["met"] else 1
