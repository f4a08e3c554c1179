"""Finds what lies in a part of the plane without looking at everything: rectangles in the order of their left edges."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Hashable, Iterable
from typing import Generic, TypeVar

from PySide6.QtCore import QRectF

KeyT = TypeVar("KeyT", bound=Hashable)
Edges = tuple[float, float, float, float]
"""Left, top, right, bottom."""

_LONG = 640.0
"""Wider things are few and would spoil the search for the others: they are looked at one by one."""


class SweepIndex(Generic[KeyT]):
    """A journey's layout stands in columns, so a search by left edges leaves few candidates. It is built with one sort,
    because every edit builds it anew."""

    def __init__(self, items: Iterable[tuple[KeyT, Edges]] = ()) -> None:
        short: list[tuple[KeyT, Edges]] = []
        self._long: list[tuple[KeyT, Edges]] = []
        for item in items:
            left, _, right, _ = item[1]
            (short if right - left <= _LONG else self._long).append(item)
        lefts = [item[1][0] for item in short]
        order = sorted(range(len(short)), key=lefts.__getitem__)
        self._lefts = [lefts[number] for number in order]
        self._short = [short[number] for number in order]

    def query(self, rect: QRectF) -> list[KeyT]:
        """Every key whose rectangle meets `rect`, each once, in no promised order."""
        left, top, right, bottom = rect.left(), rect.top(), rect.right(), rect.bottom()
        first = bisect_left(self._lefts, left - _LONG)
        last = bisect_right(self._lefts, right)
        found = [
            key for key, (_, up, end, down) in self._short[first:last] if end >= left and up <= bottom and down >= top
        ]
        for key, (start, up, end, down) in self._long:
            if start <= right and end >= left and up <= bottom and down >= top:
                found.append(key)
        return found
