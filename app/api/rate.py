"""How many calls a client may make: a bucket of tokens for each (reference, section 1b, 429)."""

from __future__ import annotations

import math
import time
from collections.abc import Callable

REMEMBERED = 1000
"""Clients; beyond that all begin anew."""


class RateLimit:
    """So many calls a second for each client, and as many at once. Used by one thread."""

    def __init__(self, per_second: float | None, clock: Callable[[], float] = time.monotonic) -> None:
        """`per_second` None sets no limit."""
        self._per_second = per_second
        self._clock = clock
        self._buckets: dict[str, tuple[float, float]] = {}

    def take(self, client: str) -> int:
        """Take one call; 0, or in how many seconds to come back."""
        if self._per_second is None:
            return 0
        most = max(1.0, self._per_second)
        now = self._clock()
        left, at = self._buckets.get(client, (most, now))
        left = min(most, left + (now - at) * self._per_second)
        if left < 1:
            self._buckets[client] = (left, now)
            return max(1, math.ceil((1 - left) / self._per_second))
        if len(self._buckets) >= REMEMBERED:
            self._buckets.clear()
        self._buckets[client] = (left - 1, now)
        return 0
