"""Moves of everything below a place: kept as they come, added only where a height is asked for."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable


class Moves:
    """What was moved down, by order: a number that rises from the top."""

    def __init__(self) -> None:
        self._after: list[int] = []
        """Ascending: what has a higher order than `_after[n]` was moved by `_moved[n + 1]` in all, in pixels."""
        self._moved: list[float] = [0.0]

    def __bool__(self) -> bool:
        return bool(self._after)

    def add(self, after: int, by: float) -> None:
        """Move everything of a higher order than `after` down."""
        moved = self._moved
        at = bisect_left(self._after, after)
        if at == len(self._after) or self._after[at] != after:
            self._after.insert(at, after)
            moved.insert(at, moved[at])
        moved[at + 1 :] = [each + by for each in moved[at + 1 :]]

    def of(self, order: int) -> float:
        """How far down what has this order was moved."""
        return self._moved[bisect_left(self._after, order)]

    def of_each(self, orders: Iterable[int]) -> list[float]:
        """The same for many orders."""
        after, moved = self._after, self._moved
        return [moved[bisect_left(after, order)] for order in orders]

    def spread(self, bits: int) -> None:
        """All orders were moved `bits` to the left."""
        self._after = [order << bits for order in self._after]
