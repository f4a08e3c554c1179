"""The heads of requests that were answered before: a client that fires events sends the same one again and again.

A head is what comes before a request's body, as bytes. Reading it with all the questions that it raises costs more
than the rest of what the server's loop does for an event; the same bytes ask the same questions. Only what does not
change is remembered: whether the token still counts, and whether the client may call again now, is asked each time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.api.access import Access
from app.api.reading import LARGEST_BODY

MOST = 1024
"""Heads; beyond that all are learned anew."""

LONGEST = 4096
"""Bytes of a head that is worth remembering."""

# What makes a request another than the last one, or asks for more than an answer.
_UNUSUAL = frozenset(
    (b"connection", b"expect", b"idempotency-key", b"origin", b"te", b"trailer", b"transfer-encoding", b"upgrade")
)


@dataclass(frozen=True, slots=True)
class Head:
    """The head of an event's request: `length` is its body's, in bytes."""

    headers: dict[bytes, bytes]
    length: int


class KnownHeads:
    """Heads by their bytes. Used by one event loop."""

    def __init__(self, access: Access) -> None:
        self._access = access
        self._heads: dict[bytes, Head] = {}

    def find(self, head: bytes) -> Head | None:
        """The head with these bytes; None: it must be read."""
        return self._heads.get(head)

    def learn(self, head: bytes, headers: Sequence[tuple[bytes, bytes]], length: int) -> None:
        """Remember the head of a plain HTTP/1.1 `POST` of an event, which had `headers` and a body of `length`.

        One that is unusual, or comes from who may not call, is not remembered: strangers cannot fill the memory.
        """
        found = dict(headers)
        if len(head) > LONGEST or len(found) != len(headers) or not _UNUSUAL.isdisjoint(found):
            return
        if found.get(b"content-length") != b"%d" % length or length > LARGEST_BODY:
            return
        if self._access.check_origin(found) is not None or self._access.client(found) is None:
            return
        if len(self._heads) >= MOST:
            self._heads.clear()
        self._heads[head] = Head(found, length)
