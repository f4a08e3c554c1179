"""Moves of everything below a place: kept as they come, added only where a height is asked for."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable


class Moves:
    """What was moved down, by order: a number that rises from the top.

    `moved[bisect_left(after, order)]` is how far down what has an order was moved, in pixels. It is asked for so often
    that whoever asks looks there.
    """

    def __init__(self) -> None:
        self.after: list[int] = []
        """Ascending: what has a higher order than `after[n]` was moved by `moved[n + 1]` in all."""
        self.moved: list[float] = [0.0]

    def add(self, after: int, by: float) -> None:
        """Move everything of a higher order than `after` down."""
        moved = self.moved
        at = bisect_left(self.after, after)
        if at == len(self.after) or self.after[at] != after:
            self.after.insert(at, after)
            moved.insert(at, moved[at])
        moved[at + 1 :] = [each + by for each in moved[at + 1 :]]

    def of_each(self, orders: Iterable[int]) -> list[float]:
        """How far down what has these orders was moved."""
        after, moved = self.after, self.moved
        return [moved[bisect_left(after, order)] for order in orders]

    def spread(self, bits: int) -> None:
        """All orders were moved `bits` to the left."""
        self.after[:] = [order << bits for order in self.after]
