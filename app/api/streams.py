"""`GET /switchback/v1/stream`: events as they come, to whoever keeps the connection open (server-sent events)."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

import msgspec

from app.api.answer import Answer, File, too_many
from app.api.call import Call, Route
from app.api.reading import Receive
from app.api.shapes.decision import line_json
from app.kernel.said import bare
from app.services.news import EventsArrived
from app.services.recent_events import recent_events
from app.services.views import EventLine
from app.services.workspace import Workspace

Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

STREAM = "/switchback/v1/stream"
STREAMED = Answer(200)
"""Says that a stream was the answer, and that there is nothing more to send."""

MOST_STREAMS = 16
QUIET_SECONDS = 15.0
"""Without news a comment keeps proxies from closing the connection."""
LINES_AT_ONCE = 200
"""Of more events between two looks only the newest are shown."""
GATHER_SECONDS = 0.1
"""Under load many events make one look at the log."""

_HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
]


class Streams:
    """The open streams of one server."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._wakers: set[asyncio.Event] = set()
        self._closed = False

    def close(self) -> None:
        """End them all; called in the loop that serves."""
        self._closed = True
        for waker in self._wakers:
            waker.set()

    async def serve(self, receive: Receive, send: Send) -> Answer:
        """Send every event from now on until the caller hangs up. One stream too many gets a refusal."""
        if len(self._wakers) >= MOST_STREAMS:
            return too_many(5)
        loop = asyncio.get_running_loop()
        waker = asyncio.Event()
        self._wakers.add(waker)

        def wake(_news: EventsArrived) -> None:
            # After the loop's end there is nobody left to wake.
            with contextlib.suppress(RuntimeError):
                loop.call_soon_threadsafe(waker.set)

        unsubscribe = self._workspace.bus.subscribe(EventsArrived, wake)
        hangs_up = asyncio.ensure_future(_until_gone(receive))
        hangs_up.add_done_callback(lambda _done: waker.set())
        try:
            await send({"type": "http.response.start", "status": 200, "headers": _HEADERS})
            await self._run(waker, hangs_up, send)
        finally:
            unsubscribe()
            self._wakers.discard(waker)
            hangs_up.cancel()
        return STREAMED

    async def _run(self, waker: asyncio.Event, hangs_up: asyncio.Future[None], send: Send) -> None:
        newest = await self._lines("", 1)
        seen = newest[-1].id if newest else ""
        await _part(send, b": open\n\n")
        while not self._closed and not hangs_up.done():
            try:
                await asyncio.wait_for(waker.wait(), QUIET_SECONDS)
            except TimeoutError:
                await _part(send, b": quiet\n\n")
                continue
            await asyncio.sleep(GATHER_SECONDS)
            waker.clear()
            for line in await self._lines(seen, LINES_AT_ONCE):
                seen = max(seen, line.id)
                data = msgspec.json.encode(line_json(line), enc_hook=bare)
                await _part(send, b"id: %s\nevent: %s\ndata: %s\n\n" % (line.id.encode(), line.outcome.encode(), data))
        await send({"type": "http.response.body", "body": b""})

    async def _lines(self, after: str, limit: int) -> list[EventLine]:
        """Lines of the log after that id, oldest first."""
        loop = asyncio.get_running_loop()
        lines = await loop.run_in_executor(None, recent_events, self._workspace, limit)
        return sorted((line for line in lines if line.id > after), key=lambda line: line.id)


async def _part(send: Send, body: bytes) -> None:
    await send({"type": "http.response.body", "body": body, "more_body": True})


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


def _head(_call: Call) -> Answer:
    """What `HEAD` is told: the application answers a GET of this address by itself."""
    return Answer(200, File(b"", "text/event-stream"))


ROUTE = Route(
    "GET",
    STREAM,
    "Every event as it comes (text/event-stream): its outcome as the event's name, its line of the log as data",
    _head,
    answers={200: "A stream that does not end by itself."},
    tag="Switchback",
    gives="text/event-stream",
)
