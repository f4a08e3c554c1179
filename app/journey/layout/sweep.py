"""The order in which tiles are set one by one: of all whose lanes are there, next comes the one that crosses the fewest
lanes, with a price on each lane that it adds."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from heapq import heappop, heappush

_WORK = 8000
"""Tiles that a sweep may look at, the ones that could be set next at each step: some milliseconds."""

_SWEEPS = ((10.0, 5), (3.0, 1))
"""The price of a lane more, in lanes crossed, and how many tiles ahead is looked for where a tile's lanes out are met:
what is best depends on how entangled the paths are, so each is tried."""

_FEW = 250
"""Up to so many tiles all sweeps are tried. With more the first is rarely beaten, and each takes milliseconds."""

_FREE = 1000.0
"""What a tile is worth that crosses nothing and adds no lane: it comes first."""


@dataclass
class Loose:
    """What is set one by one in a block: by node its lanes in, and the nodes that its lanes lead to.

    `rigid` are those that keep their block: at most one lane looks out of it. `crossings` counts those that are in
    such blocks.
    """

    start: list[int]
    ways: dict[int, int] = field(default_factory=dict)
    outs: dict[int, list[int]] = field(default_factory=dict)
    rigid: set[int] = field(default_factory=set)
    crossings: int = 0


def best_sweep(loose: Loose, most: int) -> Sweep | None:
    """The sweep that leaves the fewest crossings; None where none leaves fewer than `most`, or even the first would be
    too much work."""
    best: Sweep | None = None
    for price, ahead in _SWEEPS if len(loose.ways) <= _FEW else _SWEEPS[:1]:
        sweep = Sweep(loose, price, ahead, most)
        if sweep.work >= 0 and sweep.crossings < most:
            best, most = sweep, sweep.crossings
    return best


class Sweep:
    """Made, it holds the order that it found: `meetings` have each node, the positions of its lanes in, and the lane
    after which it is set; `front` has the targets of the lanes that are left, `crossings` how many lanes are crossed.

    `work` is what is left of it, in tiles that were looked at; below 0 the sweep was given up, as it was with `most`
    crossings.
    """

    def __init__(self, loose: Loose, price: float, ahead: int, most: int) -> None:
        self._ways = loose.ways
        self._outs = loose.outs
        self._price = price
        self._ahead = ahead
        self.front = list(loose.start)
        self._there: dict[int, int] = {}
        """How many lanes there were to each node that has several in, or is not set here."""
        self._alone: list[tuple[float, int]] = []
        """Nodes with one lane in, by what they are worth: they cross nothing."""
        self._meeting: dict[int, list[int]] = {}
        """Nodes all of whose lanes are there, with the positions of those."""
        self._worth: dict[int, tuple[float, int]] = {}
        """What those are worth, the least being the best."""
        self.work = _WORK
        self.meetings: list[tuple[int, list[int], int]] = []
        self.crossings = 0
        self._arrive(self.front)
        alone, worth = self._alone, self._worth
        while (alone or worth) and self.work >= 0 and self.crossings < most:
            self.work -= len(worth)
            best = min(worth.values()) if worth and not (alone and alone[0][0] == -_FREE) else None
            if best is None or (alone and alone[0] < best):
                self._follow(heappop(alone)[1])
            else:
                self._join(best[1])

    def _arrive(self, targets: Sequence[int]) -> None:
        """Lanes are there; tiles all of whose lanes are can be set."""
        ways, outs, there, alone = self._ways, self._outs, self._there, self._alone
        for target in targets:
            needed = ways.get(target)
            if needed == 1:
                more = len(outs[target]) - 1
                heappush(alone, (self._price * more if more > 0 else -_FREE, target))
            else:
                there[target] = count = there.get(target, 0) + 1
                if count == needed:
                    self._meeting[target] = mine = self._lanes_to(target)
                    self._worth[target] = self._judged(target, mine)

    def _lanes_to(self, target: int) -> list[int]:
        """The positions of all lanes to a node with several lanes in that was not set yet."""
        find, at = self.front.index, -1
        return [at := find(target, at + 1) for _ in range(self._there[target])]

    def _judged(self, target: int, mine: list[int]) -> tuple[float, int]:
        """What a node with these lanes in is worth."""
        cost = mine[1] - mine[0] - 1 if len(mine) == 2 else _crossed(mine)
        more = len(self._outs[target]) - len(mine)
        worth = cost + self._price * more
        return (worth - _FREE if more <= 0 and not cost else worth), target

    def _follow(self, target: int) -> None:
        """Set a tile at the end of its only lane."""
        front, following = self.front, self._outs[target]
        index = front.index(target)
        self.meetings.append((target, [index], index))
        if len(following) == 1:
            front[index] = following[0]
        else:
            front[index : index + 1] = following
            self._move([index], index, len(following))
        self._arrive(following)

    def _join(self, target: int) -> None:
        """Put a tile's lanes out where its lanes in were: next to lanes that will meet them soon."""
        del self._worth[target]
        mine = self._meeting.pop(target)
        front, following = self.front, self._outs[target]
        for index in reversed(mine):
            del front[index]
        if len(mine) == 2:
            self.crossings += mine[1] - mine[0] - 1
        else:
            self.crossings += _crossed(mine)
        half = (len(mine) - 1) // 2
        low, high = mine[half] - half, mine[len(mine) // 2] - len(mine) // 2
        at = low if low == high else min(max(self._toward(following), low), high)
        front[at:at] = following
        self._move(mine, at, len(following))
        self.meetings.append((target, mine, _cut(mine, at)))
        self._arrive(following)

    def _move(self, mine: list[int], at: int, more: int) -> None:
        """Lanes were taken out, and as many as `more` put in."""
        meeting, first, last = self._meeting, mine[0], mine[-1]
        by = more - len(mine)
        for key, others in meeting.items():
            if others[0] > last:
                meeting[key] = [index + by for index in others]
            elif len(others) == 2 and others[0] < first and others[1] > last:
                if by:
                    meeting[key] = moved = [others[0], others[1] + by]
                    self._worth[key] = self._judged(key, moved)
            elif others[-1] > first:
                left = [index - bisect_left(mine, index) for index in others]
                meeting[key] = moved = [index + more if index >= at else index for index in left]
                self._worth[key] = self._judged(key, moved)

    def _toward(self, targets: Sequence[int]) -> int:
        """Where the lanes are that meet those to `targets` next, there or a few tiles later; 0 where there are none."""
        outs, there = self._outs, self._there
        following = set(targets)
        for _ in range(self._ahead):
            near = [each for each in following if each in there]
            if near:
                places = sorted([place for each in near for place in self._lanes_to(each)])
                return places[len(places) // 2]
            following = {each for node in following for each in outs.get(node, ())}
        return 0


def _crossed(mine: list[int]) -> int:
    """How many lanes are crossed where lanes at these positions come together."""
    foreign = [index - number for number, index in enumerate(mine)]
    middle = foreign[len(foreign) // 2]
    return sum([abs(each - middle) for each in foreign])


def _cut(mine: list[int], at: int) -> int:
    """The lane after which a tile is set that has `at` lanes above it that are not its own: near its lanes' middle."""
    if len(mine) <= 2:
        return at
    middle = (mine[0] + mine[-1] - 1) / 2
    cuts = [at + above - 1 for above in range(1, len(mine)) if bisect_right(mine, at + above - 1) == above]
    return min(cuts, key=lambda cut: abs(cut - middle))
