"""The server's connections: bounded in number, and in the time that a request may take to arrive.

uvicorn bounds how long a connection may idle between requests, but not how long a request may take to come in: that
guard is ours.
"""

from __future__ import annotations

import asyncio
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

MOST_CONNECTIONS = 1000
"""Beyond this a new connection is told to come back: each costs memory and one of the process's file handles."""

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
    """One connection of a client."""

    _guard: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn's own
        """A client connected."""
        super().connection_made(transport)
        if len(self.connections) > MOST_CONNECTIONS:
            transport.write(_BUSY)
            transport.close()
            return
        self._watch()

    def connection_lost(self, exc: Exception | None) -> None:
        """The connection is gone."""
        self._rest()
        super().connection_lost(exc)

    def on_message_begin(self) -> None:
        """The first byte of a request."""
        super().on_message_begin()
        self._watch()

    def on_message_complete(self) -> None:
        """The last byte of a request."""
        self._rest()
        super().on_message_complete()

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
