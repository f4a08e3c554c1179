"""Finds what lies in a part of the plane without looking at everything: columns of rectangles with one left edge."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Hashable, Iterable
from typing import Generic, TypeVar

from PySide6.QtCore import QRectF

KeyT = TypeVar("KeyT", bound=Hashable)
Edges = tuple[float, float, float, float]
"""Left, top, right, bottom."""

_LONG = 640.0
"""Wider things are few and would spoil the search for the others: they are looked at one by one."""

_TALL = 640.0
"""Higher things are looked at one by one in their column."""


class _Column(Generic[KeyT]):
    """What begins at one left edge, from the top; sorted when it is first looked at: most columns never are."""

    __slots__ = ("_low", "_tall", "_tops", "keys")

    def __init__(self) -> None:
        self.keys: list[KeyT] = []
        self._low: list[tuple[KeyT, Edges]] = []
        self._tall: list[tuple[KeyT, Edges]] = []
        self._tops: list[float] | None = None

    def add_to(self, found: list[KeyT], left: float, top: float, bottom: float, edges: Callable[[KeyT], Edges]) -> None:
        """Add what ends right of `left` and lies between two heights."""
        if self._tops is None:
            items = [(key, edges(key)) for key in self.keys]
            self._low = [item for item in items if item[1][3] - item[1][1] <= _TALL]
            self._tall = [item for item in items if item[1][3] - item[1][1] > _TALL]
            self._low.sort(key=_top)
            self._tops = [item[1][1] for item in self._low]
        tops = self._tops
        low = self._low[bisect_left(tops, top - _TALL) : bisect_right(tops, bottom)]
        found += [key for key, (_, _, end, down) in low if end >= left and down >= top]
        if self._tall:
            found += [key for key, (_, up, end, down) in self._tall if end >= left and up <= bottom and down >= top]


class SweepIndex(Generic[KeyT]):
    """A journey's layout stands in columns: few left edges, many rectangles at each. Building one is a walk over all,
    without a sort, because every edit builds it anew; `edges` is asked for what comes near a part that is looked at.

    `items` are keys with their left and right edges.
    """

    def __init__(
        self, items: Iterable[tuple[KeyT, float, float]] = (), edges: Callable[[KeyT], Edges] | None = None
    ) -> None:
        columns: dict[float, _Column[KeyT]] = {}
        self._long: list[KeyT] = []
        self._edges = edges or _nothing
        for key, left, right in items:
            if right - left > _LONG:
                self._long.append(key)
                continue
            column = columns.get(left)
            if column is None:
                column = columns[left] = _Column()
            column.keys.append(key)
        self._lefts = sorted(columns)
        self._columns = [columns[left] for left in self._lefts]

    def query(self, rect: QRectF) -> list[KeyT]:
        """Every key whose rectangle meets `rect`, each once, in no promised order."""
        left, top, right, bottom = rect.left(), rect.top(), rect.right(), rect.bottom()
        first = bisect_left(self._lefts, left - _LONG)
        last = bisect_right(self._lefts, right)
        found: list[KeyT] = []
        for column in self._columns[first:last]:
            column.add_to(found, left, top, bottom, self._edges)
        for key in self._long:
            start, up, end, down = self._edges(key)
            if start <= right and end >= left and up <= bottom and down >= top:
                found.append(key)
        return found


def _top(item: tuple[Hashable, Edges]) -> float:
    return item[1][1]


def _nothing(key: Hashable) -> Edges:
    raise KeyError(key)
