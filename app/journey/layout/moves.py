"""Moves of everything below a place: kept as they come, added up only where a height is asked for."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from itertools import accumulate


class Moves:
    """What was moved down, by order: a number that rises from the top."""

    def __init__(self) -> None:
        self._after: list[float] = []
        """Ascending: everything of a higher order was moved by `_by`, in pixels."""
        self._by: list[float] = []

    def __bool__(self) -> bool:
        return bool(self._after)

    def add(self, after: float, by: float) -> None:
        """Move everything of a higher order than `after` down."""
        at = bisect_left(self._after, after)
        if at < len(self._after) and self._after[at] == after:
            self._by[at] += by
        else:
            self._after.insert(at, after)
            self._by.insert(at, by)

    def of(self, order: float) -> float:
        """How far down what has this order was moved."""
        return sum(self._by[: bisect_left(self._after, order)]) if self._after else 0.0

    def of_each(self, orders: Iterable[float]) -> list[float]:
        """The same for many orders."""
        after, moved = self._after, [0.0, *accumulate(self._by)]
        return [moved[bisect_left(after, order)] for order in orders]
