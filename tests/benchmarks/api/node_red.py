"""Node-RED as a comparison: HTTP in, two conditions, one SQLite row, 201.

Measured where a program `node-red` is found: on the path, or where the environment variable NODE_RED points. Its
palette needs `node-red-node-sqlite` (`npm install node-red@4.1 node-red-node-sqlite` in any folder has both; a package
that npm built nothing for is built by `npm rebuild sqlite3`). Nothing of the user's own Node-RED is touched: flow,
settings and database are in a folder of the benchmark's. The row is one of five columns, while ours writes a row, an
event with its decision, a contact, a stay with its first steps, and a message.

It is measured twice, as durable as ours both times: over a database made as Node-RED makes one (a rollback journal,
synchronous=FULL: SQLite's defaults), and over one that somebody has set to WAL with synchronous=FULL beforehand, which
its palette has no setting for. The goals are held against the second, the harder one.

Node-RED waits for the disk once for every row, we once for a batch, so the ratio is the disk's: with WAL on the same
machine 5.0 while others used it (Node-RED 460 rows a second), 2.6 at 1,200, and 1.8 on a quiet disk at 1,950, where the
bare handler made no more than 2.5 times Node-RED's rate itself. As it comes it made 109 rows a
second where WAL made 390.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import sqlite3
import subprocess
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx

from tests.benchmarks.api.target import Target

VARIABLE = "NODE_RED"
READY_SECONDS = 60.0

_SETTINGS = """module.exports = {
  uiHost: "127.0.0.1", uiPort: %d, flowFile: "flow.json", credentialSecret: false,
  disableEditor: true, httpAdminRoot: false, telemetry: { enabled: false, updateNotification: false },
  logging: { console: { level: "warn", metrics: false, audit: false } }
};
"""
_INSERT = (
    "INSERT INTO event (id, contact_key, cart_total, country, data) "
    "VALUES ($id, $contact_key, $cart_total, $country, $data)"
)
_BIND = """const body = msg.payload;
msg.id = crypto.randomUUID();
msg.params = { $id: msg.id, $contact_key: body.ContactKey, $cart_total: body.Data["Cart total"],
  $country: body.Data.Country, $data: JSON.stringify(body.Data) };
return msg;
"""
_ANSWER = """msg.statusCode = 201;
msg.payload = { eventInstanceId: msg.id };
return msg;
"""


class NotMeasured(Exception):
    """Why there is no figure."""


def start(folder: Path, *, wal: bool) -> Target:
    """A running Node-RED with the flow, over a database with WAL or with SQLite's own journal; its files are in
    `folder`. Raises NotMeasured.
    """
    program = os.environ.get(VARIABLE) or shutil.which("node-red")
    if program is None:
        raise NotMeasured(f"node-red is not installed (nor named by {VARIABLE})")
    home = folder / ("node-red-wal" if wal else "node-red")
    home.mkdir()
    place = home / "events.sqlite"
    with closing(sqlite3.connect(place)) as connection:
        connection.execute(f"PRAGMA journal_mode={'WAL' if wal else 'DELETE'}")
        connection.execute("CREATE TABLE event (id TEXT PRIMARY KEY, contact_key, cart_total, country, data)")
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = taken.getsockname()[1]
    (home / "settings.js").write_text(_SETTINGS % port)
    (home / "flow.json").write_text(json.dumps(_flow(str(place))))
    log = home / "log"
    with log.open("w") as lines:
        process = subprocess.Popen(
            [program, "--userDir", str(home), "--settings", str(home / "settings.js")],
            cwd=home,
            stdout=lines,
            stderr=subprocess.STDOUT,
            text=True,
        )
    target = Target(process, f"http://127.0.0.1:{port}")
    if not _is_ready(target):
        target.stop()
        said = " ".join(log.read_text().split())[-400:]
        raise NotMeasured(f"node-red did not answer an event; it said: {said}")
    return target


def _is_ready(target: Target) -> bool:
    end = time.monotonic() + READY_SECONDS
    event = {"ContactKey": "first", "Data": {"Cart total": 60, "Country": "NO"}}
    while time.monotonic() < end and target.process.poll() is None:
        try:
            if httpx.post(f"{target.url}/interaction/v1/events", json=event, timeout=5).status_code == 201:
                return True
        except httpx.HTTPError:
            pass
        time.sleep(0.2)
    return False


def _flow(place: str) -> list[dict[str, Any]]:
    """The flow as Node-RED's editor would export it."""

    def node(key: str, kind: str, to: str, **settings: Any) -> dict[str, Any]:
        return {"id": key, "type": kind, "z": "flow", "wires": [[to]] if to else [], **settings}

    def condition(key: str, to: str, field: str, operator: str, value: str, kind: str) -> dict[str, Any]:
        rules = [{"t": operator, "v": value, "vt": kind}]
        return node(key, "switch", to, property=f"payload.Data{field}", propertyType="msg", rules=rules, outputs=1)

    def function(key: str, to: str, text: str) -> dict[str, Any]:
        libraries = [{"var": "crypto", "module": "crypto"}]
        return node(key, "function", to, func=text, outputs=1, libs=libraries)

    sqlite = {"mydb": "db", "name": ""}
    return [
        {"id": "flow", "type": "tab", "label": "Events"},
        {"id": "db", "type": "sqlitedb", "db": place, "mode": "RW"},
        node("once", "inject", "full", once=True, onceDelay="0", topic="PRAGMA synchronous=FULL", payload=""),
        node("full", "sqlite", "", sqlquery="msg.topic", sql="", **sqlite),
        node("in", "http in", "total", url="/interaction/v1/events", method="post"),
        condition("total", "country", '["Cart total"]', "gt", "50", "num"),
        condition("country", "bind", ".Country", "eq", "NO", "str"),
        function("bind", "row", _BIND),
        node("row", "sqlite", "answer", sqlquery="prepared", sql=_INSERT, **sqlite),
        function("answer", "out", _ANSWER),
        node("out", "http response", ""),
    ]
