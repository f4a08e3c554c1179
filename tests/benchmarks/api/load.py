"""Load on one server: so many connections, each fires the next event when the last was answered.

`python -m tests.benchmarks.api.load URL TOKEN EVENT-KEY CONNECTIONS SECONDS` prints rate
and times in milliseconds as JSON.

The load shares two cores with the server that it measures, so what it costs itself is taken from a fast server and
hardly from a slow one. It is made cheap for all alike: requests are cut from a template, answers are read no further
than their status and length, a connection is a protocol and not a task. Each request still brings a contact of its
own, and the next one goes out only after the last byte of the answer.
"""

from __future__ import annotations

import asyncio
import gc
import json
import os
import sys
import time

import uvloop

_DATA = {"First name": "Kari", "Email": "kari@example.com", "Cart total": 60, "Country": "NO"}
_CONTACT = "@contact@"
_PLACES = 12
"""Digits of a contact's number: all requests of a run are equally long."""


class Template:
    """The request of a run. Only the contact differs from one to the next."""

    def __init__(self, token: str, event_key: str, name: str) -> None:
        """`name` sets the contacts of this run apart from those of the others."""
        self._name = name
        body = {
            "ContactKey": _CONTACT,
            "EventDefinitionKey": event_key,
            "Data": {"Contact key": _CONTACT, **_DATA},
        }
        text = json.dumps(body).replace("%", "%%").replace(_CONTACT, "%s")
        length = len(text % (self._contact(0), self._contact(0)))
        self._text = (
            "POST /interaction/v1/events HTTP/1.1\r\nHost: 127.0.0.1\r\n"
            f"Authorization: Bearer {token}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n{text}"
        ).encode()

    def request(self, number: int) -> bytes:
        """The request for the contact of that number."""
        contact = self._contact(number).encode()
        return self._text % (contact, contact)

    def _contact(self, number: int) -> str:
        return f"{self._name}-{number:0{_PLACES}}"


class Load:
    """What all connections share: the next contact's number, and the times so far."""

    def __init__(self, template: Template, until: float) -> None:
        self.template = template
        self.until = until
        self.number = 0
        self.times: list[float] = []


class Client(asyncio.Protocol):
    """One connection. `ended` is done when the time is over, or fails with what the server answered instead."""

    def __init__(self, load: Load) -> None:
        self._load = load
        self._unread = b""
        self._began = 0.0
        self.ended: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Fire the first event."""
        self._transport = transport
        self._fire()

    def data_received(self, data: bytes) -> None:
        """Take an answer, or a part of one."""
        answer = self._unread + data if self._unread else data
        head = answer.find(b"\r\n\r\n")
        at = answer[:head].lower().find(b"content-length:") if head >= 0 else -1
        if at < 0 or len(answer) < head + 4 + int(answer[at + 15 : answer.find(b"\r", at)]):
            self._unread = answer
            return
        self._unread = b""
        if not answer.startswith(b"HTTP/1.1 201"):
            self._end(SystemExit(f"not accepted: {answer!r}"))
            return
        now = time.perf_counter()
        self._load.times.append(now - self._began)
        if now < self._load.until:
            self._fire()
        else:
            self._end(None)

    def connection_lost(self, exc: Exception | None) -> None:
        """The server hung up."""
        self._end(ConnectionError(f"the server hung up: {exc}"))

    def _fire(self) -> None:
        self._load.number += 1
        request = self._load.template.request(self._load.number)
        self._began = time.perf_counter()
        self._transport.write(request)  # type: ignore[attr-defined]  # uvloop's transports are of no common class

    def _end(self, wrong: BaseException | None) -> None:
        if not self.ended.done():
            if wrong is None:
                self.ended.set_result(None)
            else:
                self.ended.set_exception(wrong)
            self._transport.close()


async def _run(url: str, token: str, event_key: str, connections: int, seconds: float) -> dict[str, float]:
    host, port = url.removeprefix("http://").split(":")
    template = Template(token, event_key, f"{os.getpid()}-{time.time_ns()}")
    loop = asyncio.get_running_loop()
    gc.disable()  # a run makes nothing that would need it
    began = time.perf_counter()
    load = Load(template, began + seconds)
    made = [await loop.create_connection(lambda: Client(load), host, int(port)) for _ in range(connections)]
    for _, client in made:
        await client.ended
    took = time.perf_counter() - began
    times = sorted(load.times)
    return {
        "rate": len(times) / took,
        "p50": times[len(times) // 2] * 1000,
        "p99": times[int(len(times) * 0.99)] * 1000,
    }


def main(url: str, token: str, event_key: str, connections: str, seconds: str) -> None:
    """Load the server and print what came of it."""
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        print(json.dumps(runner.run(_run(url, token, event_key, int(connections), float(seconds)))))


if __name__ == "__main__":
    main(*sys.argv[1:])
