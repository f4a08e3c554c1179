"""The server's connections: bounded in number, and in the time that a request may take to arrive.

uvicorn bounds how long a connection may idle between requests, but not how long a request may take to come in: that
guard is ours.

An event whose head is known and that arrives in one piece goes the short way: to the door and back without a parser, a
task and ASGI's messages, which cost the loop more than the event itself. Everything else goes through uvicorn: what
comes in parts, is pipelined, expects, has no token yet, or looks different from the last one. (Measured: the loop's
time for an event went down to two fifths; what is left is a read, a write, the JSON and the hand-over to the writer.)
"""

from __future__ import annotations

import asyncio
import logging
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from app.api.answer import INTERNAL, of_error
from app.api.event_door import EVENTS, Result, answer_of
from app.api.known_heads import Head
from app.api.wire import taken, whole
from app.engine.facts import Fired
from app.kernel.errors import SwitchbackError

_log = logging.getLogger(__name__)

MOST_CONNECTIONS = 1000
"""Beyond this the oldest that never sent a byte makes room, and where there is none the new one is told to come back:
each costs memory and one of the process's file handles."""

ARRIVAL_SECONDS = 10.0
"""From the first byte of a request (or from the connection, for its first) to its last."""

_BUSY = (
    b"HTTP/1.1 503 Service Unavailable\r\nretry-after: 1\r\nconnection: close\r\n"
    b"content-type: application/json; charset=utf-8\r\ncontent-length: 76\r\n\r\n"
    b'{"message":"Too many connections.","errorcode":50300,"documentation":""}    '
)
_SLOW = (
    b"HTTP/1.1 408 Request Timeout\r\nconnection: close\r\n"
    b"content-type: application/json; charset=utf-8\r\ncontent-length: 88\r\n\r\n"
    b'{"message":"The request took too long to arrive.","errorcode":10000,"documentation":""} '
)


class Connection(HttpToolsProtocol):
    """One connection of a client. The server's application is an `Application`."""

    _guard: asyncio.TimerHandle | None = None
    _between = True
    """Whether the parser stands between two requests."""
    _first = b""
    """The head of the request in hand, when it came in one piece with its body."""
    _spoke = False
    """Whether a byte came."""
    _flying = False
    """Whether an event that went the short way waits for its answer."""
    _later = b""
    """What came meanwhile."""
    _last = False
    """Whether the connection ends with the answer that is waited for."""
    _quiet_since = 0.0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn's own
        """A client connected."""
        super().connection_made(transport)
        self._door = self.config.app.door  # type: ignore[union-attr]  # see the class
        self._heads = self.config.app.heads  # type: ignore[union-attr]
        self._silent = self.config.app.silent  # type: ignore[union-attr]
        if len(self.connections) > MOST_CONNECTIONS:
            # Who says nothing must not keep out who has something to say.
            (next(iter(self._silent), None) or self).turn_away()
            if self.transport.is_closing():
                return
        self._silent[self] = None
        self._watch()

    def connection_lost(self, exc: Exception | None) -> None:
        """The connection is gone."""
        self._rest()
        self._silent.pop(self, None)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take what came: an event by the short way, or uvicorn's."""
        if not self._spoke:
            self._spoke = True
            self._silent.pop(self, None)
        if self._flying:
            # The next request before this one's answer: it waits, and nobody reads more until then.
            self._later += data
            self.flow.pause_reading()
            return
        self._first = b""
        if self._between and self._is_idle():
            end = data.find(b"\r\n\r\n") + 4
            head = self._heads.find(data[:end])
            if head is not None and len(data) == end + head.length:
                self._take(head, data[end:])
                return
            if end > 4:
                self._first, self._length = data[:end], len(data) - end
        super().data_received(data)

    def on_message_begin(self) -> None:
        """The first byte of a request."""
        self._between = False
        super().on_message_begin()
        self._watch()

    def on_message_complete(self) -> None:
        """The last byte of a request."""
        self._rest()
        # What follows an upgrade is no request, whatever it looks like.
        self._between = not self.parser.should_upgrade()
        if self._first and self._between and self.cycle.keep_alive and self._is_event():
            self._heads.learn(self._first, self.headers, self._length)
        super().on_message_complete()

    def shutdown(self) -> None:
        """The server ends: finish what was accepted."""
        if self._flying:
            self._last = True
        else:
            super().shutdown()

    def timeout_keep_alive_handler(self) -> None:
        """The connection was quiet for long. The short way does not wind the clock anew for every event."""
        left = self._quiet_since + self.timeout_keep_alive - self.loop.time()
        if self._flying or left > 0:
            self._wind(max(left, 1.0))
        else:
            super().timeout_keep_alive_handler()

    def _is_idle(self) -> bool:
        """Whether nothing is being answered, and the client reads what it gets."""
        return (self.cycle is None or self.cycle.response_complete) and not self.flow.write_paused

    def _is_event(self) -> bool:
        scope = self.scope
        return (
            scope["method"] == "POST"
            and scope["path"] == EVENTS
            and not scope["query_string"]
            and scope["http_version"] == "1.1"
        )

    def _take(self, head: Head, body: bytes) -> None:
        """The short way in."""
        self._rest()
        self._flying = True
        try:
            refused = self._door.take(head.headers, {}, body, self._answered)
        except SwitchbackError as wrong:
            refused = of_error(wrong)
        except Exception:  # noqa: BLE001 - whatever it was, the client gets an answer and the log the trace
            _log.exception("an event could not be taken")
            refused = INTERNAL
        if refused is not None:
            self._write(whole(refused, closes=self._last))

    def _answered(self, result: Result) -> None:
        """And out again."""
        if isinstance(result, Fired) and result.error is None and not self._last:
            self._write(taken(result.outcome, result.answer_id))
        else:
            self._write(whole(answer_of(result), closes=self._last))

    def _write(self, answer: bytes) -> None:
        self._flying = False
        if self.transport.is_closing():
            return
        self.transport.write(answer)
        self.server_state.total_requests += 1
        if self._last:
            self.transport.close()
            return
        self._quiet_since = self.loop.time()
        if self.timeout_keep_alive_task is None:
            self._wind(self.timeout_keep_alive)
        if self._later:
            data, self._later = self._later, b""
            self.flow.resume_reading()
            self.data_received(data)

    def _wind(self, seconds: float) -> None:
        self.timeout_keep_alive_task = self.loop.call_later(seconds, self.timeout_keep_alive_handler)

    def turn_away(self) -> None:
        """Make room: the client is told to come back."""
        self._silent.pop(self, None)
        self.transport.write(_BUSY)
        self.transport.close()

    def _watch(self) -> None:
        if self._guard is None:
            self._guard = self.loop.call_later(ARRIVAL_SECONDS, self._too_slow)

    def _rest(self) -> None:
        guard: Any = self._guard
        if guard is not None:
            guard.cancel()
            self._guard = None

    def _too_slow(self) -> None:
        self._guard = None
        if not self.transport.is_closing():
            if self.cycle is None or self.cycle.response_complete or not self.cycle.response_started:
                self.transport.write(_SLOW)
            self.transport.close()
