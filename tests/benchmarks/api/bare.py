"""The least that could do it: a bare ASGI handler over sqlite3 with the same writes in the same groups.

Filter, schema and journey are written into the code; nothing is checked, nothing can be explained or changed. It writes
the same columns of the same tables, in one commit for all that arrived together.
"""

from __future__ import annotations

import asyncio
import json
import queue
import sqlite3
import sys
import threading
import time
from typing import Any

import msgspec
import uvicorn

from app.kernel.ids import new_guid
from tests.benchmarks.api.places import Place, find_place


class Writer:
    """One thread, one connection, one commit for each group."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._waiting: queue.SimpleQueue[tuple[dict[str, Any], asyncio.Future[str], asyncio.AbstractEventLoop]] = (
            queue.SimpleQueue()
        )
        threading.Thread(target=self._run, daemon=True).start()

    def submit(self, event: dict[str, Any], loop: asyncio.AbstractEventLoop) -> asyncio.Future[str]:
        future: asyncio.Future[str] = loop.create_future()
        self._waiting.put((event, future, loop))
        return future

    def _run(self) -> None:
        connection = sqlite3.connect(self._place.path, isolation_level=None)
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        last = 1
        while True:
            group = [self._waiting.get()]
            end = time.perf_counter() + 0.0015
            while last > 1 and self._waiting.qsize() + 1 < last and time.perf_counter() < end:
                time.sleep(0.00015)
            while not self._waiting.empty() and len(group) < 512:
                group.append(self._waiting.get())
            last = len(group)
            ids = self._write(connection, [event for event, _, _ in group])
            for (_, future, loop), instance in zip(group, ids, strict=True):
                loop.call_soon_threadsafe(future.set_result, instance)
            if not self._waiting.empty():
                time.sleep(0.001)

    def _write(self, connection: sqlite3.Connection, events: list[dict[str, Any]]) -> list[str]:
        place, now = self._place, time.time_ns() // 1000
        connection.execute("BEGIN IMMEDIATE")
        keys = json.dumps([event["ContactKey"] for event in events])
        connection.execute(
            "SELECT key, status FROM contact WHERE key IN (SELECT value FROM json_each(?))", (keys,)
        ).fetchall()
        seen = {
            row[0]
            for row in connection.execute(
                "SELECT contact_key FROM occupancy WHERE journey_id = ? "
                "AND contact_key IN (SELECT value FROM json_each(?))",
                (place.journey, keys),
            )
        }
        known = {
            row[0]
            for row in connection.execute(
                f"SELECT {place.key} FROM {place.table} WHERE {place.key} IN (SELECT value FROM json_each(?))", (keys,)
            )
        }
        last = connection.execute(f"SELECT max(row_id) FROM {place.table}").fetchone()[0] or 0
        rows, stored, decided, stays, contacts, counts, segments, sent, ids = [], [], [], [], [], [], [], [], []
        for event in events:
            contact, data, instance, stay = event["ContactKey"], event["Data"], new_guid(), new_guid()
            ids.append(instance)
            total = round(data["Cart total"] * 100)
            last += 1
            if contact not in known:
                rows.append(place.row(last, instance, contact, data, total, now))
                known.add(contact)
            text = msgspec.json.encode(data).decode()
            admitted = total > 5000 and data["Country"].casefold() == "no" and contact not in seen
            stored.append(
                (instance, now, contact, place.event, place.event_key, "api", "admitted", False, 900, last, text, None)
            )
            decided.append((place.journey, instance, place.version, now, admitted, "", stay, '{"status":"Published"}'))
            if not admitted:
                continue
            seen.add(contact)
            contacts.append((contact, "Active", now, False))
            due = now + 86_400_000_000
            stays.append(
                (
                    stay,
                    place.journey,
                    place.version,
                    contact,
                    instance,
                    now,
                    "waiting",
                    "WAIT-1",
                    "",
                    due,
                    None,
                    False,
                    1,
                    text,
                )
            )
            steps = f'[["EMAILV2-1","","done","Sent to {data["Email"]}."],["WAIT-1","","waiting","Waits.",{due}]]'
            segments.append((stay, 0, now, steps))
            sent.append(
                (
                    new_guid(), now, "email", contact, data["Email"], place.journey, place.version, stay, "EMAILV2-1",
                    "Reminder", False, f"Your cart, {data['First name']}", "It waits for you.",
                )
            )  # fmt: skip
            counts.append((place.journey, contact, 1, 1))
        connection.executemany(f"INSERT INTO {place.table} VALUES ({place.marks})", rows)
        connection.executemany(f"INSERT INTO event_instance VALUES ({_marks(12)})", stored)
        connection.executemany(f"INSERT INTO decision VALUES ({_marks(8)})", decided)
        connection.executemany(f"INSERT OR IGNORE INTO contact VALUES ({_marks(4)})", contacts)
        connection.executemany(f"INSERT INTO membership VALUES ({_marks(14)})", stays)
        connection.executemany(f"INSERT INTO segment VALUES ({_marks(4)})", segments)
        connection.executemany(f"INSERT INTO sent VALUES ({_marks(13)})", sent)
        connection.executemany(f"INSERT INTO occupancy VALUES ({_marks(4)})", counts)
        connection.execute("COMMIT")
        return ids


def _marks(count: int) -> str:
    return ",".join("?" * count)


def main(location: str) -> None:
    """Serve until killed."""
    writer = Writer(find_place(location))

    async def application(scope: Any, receive: Any, send: Any) -> None:
        body = (await receive())["body"]
        instance = await writer.submit(msgspec.json.decode(body), asyncio.get_running_loop())
        answer = b'{"eventInstanceId":"%s"}' % instance.encode()
        headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(answer))]
        await send({"type": "http.response.start", "status": 201, "headers": headers})
        await send({"type": "http.response.body", "body": answer})

    serve(application)


def serve(application: Any) -> None:
    """Serve an application on a free port and say which."""

    class Server(uvicorn.Server):
        async def startup(self, sockets: Any = None) -> None:
            await super().startup(sockets=sockets)
            port = self.servers[0].sockets[0].getsockname()[1]
            print(f"Listening on http://127.0.0.1:{port}", flush=True)

    config = uvicorn.Config(application, port=0, lifespan="off", log_config=None, access_log=False, ws="none")
    Server(config).run()


if __name__ == "__main__":
    main(sys.argv[1])
