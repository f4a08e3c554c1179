"""Braids: which lanes of a block meet next, and where between the others. Whole numbers only, no heights.

So it is known what must cross, and what is to be taken apart, before anything is put anywhere (see `loose`, `stack`).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from app.journey.layout.skeleton import END, Skeleton

Meeting = tuple[str, list[int], int]
"""A joined tile, the positions of its lanes, and the lane after which it is set between them (one lane: that one)."""

Joined = Mapping[int, Sequence[int]]
"""The joined tiles by the node in whose block they are set."""


@dataclass(slots=True, eq=False)
class Braid:
    """The answer to `inputs`: `targets` are those of the lanes that look out of a block, from the top; `meetings` come
    in the order in which they are set. `crossings` counts the lanes that are crossed, also in the blocks in it.
    `opened` are the tiles that stand directly in the block, as their own were taken apart."""

    inputs: tuple[object, ...]
    targets: list[str]
    crossings: int
    meetings: Sequence[Meeting] = ()
    opened: frozenset[str] = frozenset()


_EMPTY = Braid((), [], 0)


def braids(bones: Skeleton, joined: Joined, known: Mapping[str, Braid]) -> list[Braid]:
    """The braids of all nodes with their blocks as rigid bodies; `known` are those of the last layout by key."""
    count = len(bones.keys)
    found = [_EMPTY] * count
    for node in range(count - 1, -1, -1):
        if node in joined:
            found[node] = woven(bones, node, found, joined[node], known.get(bones.keys[node]))
        else:
            found[node] = _side_by_side(bones, node, found, known)
    return found


def _side_by_side(bones: Skeleton, node: int, found: Sequence[Braid], known: Mapping[str, Braid]) -> Braid:
    """The braid of paths that do not meet in the block; those from which no lane looks out are all alike."""
    ways = bones.ways
    lanes: list[str] = []
    crossings = 0
    for target in bones.targets[node]:
        if target != END:
            if ways[target] > 1:
                lanes.append(bones.keys[target])
            elif (child := found[target]) is not _EMPTY:
                lanes += child.targets
                crossings += child.crossings
    if not lanes and not crossings:
        return _EMPTY
    last = known.get(bones.keys[node])
    if len(lanes) > 1:
        inputs = _inputs(bones, node, found, ())
        return last if last is not None and last.inputs == inputs else Braid(inputs, lanes, crossings)
    # Of such a block nothing but its lane and its crossings counts, so what is in it may change.
    same = last is not None and last.targets == lanes and last.crossings == crossings and not last.meetings
    return last if last is not None and same else Braid((), lanes, crossings)


def woven(bones: Skeleton, node: int, found: Sequence[Braid], joins: Sequence[int], last: Braid | None) -> Braid:
    """The braid of a node whose block has joined tiles in it; the `last` one where it is still right."""
    inputs = _inputs(bones, node, found, joins)
    if last is not None and last.inputs == inputs:
        return last
    keys, ways = bones.keys, bones.ways
    weaving = _Weaving({keys[join]: ways[join] for join in joins})
    crossings = 0
    for index, target in enumerate(bones.targets[node]):
        if target == END:
            continue
        if ways[target] > 1:
            weaving.look_out([keys[target]], index)
        else:
            crossings += found[target].crossings
            weaving.look_out(found[target].targets, index)
    for body in range(len(joins)):
        key = weaving.next()
        child = found[bones.number[key]]
        crossings += child.crossings
        weaving.meet(key, child.targets, -1 - body)
    return Braid(inputs, weaving.targets, crossings + weaving.crossings, weaving.meetings)


def _inputs(bones: Skeleton, node: int, found: Sequence[Braid], joins: Sequence[int]) -> tuple[object, ...]:
    """All that a braid depends on."""
    keys, ways = bones.keys, bones.ways
    inputs: list[object] = []
    for target in bones.targets[node]:
        if target == END:
            inputs.append(None)
        elif ways[target] > 1:
            inputs.append(keys[target])
        else:
            inputs += (keys[target], *_seen(found[target]))
    for target in joins:
        inputs += (keys[target], *_seen(found[target]))
    return tuple(inputs)


def _seen(child: Braid) -> tuple[object, ...]:
    """What counts of a braid in another one."""
    return (child,) if len(child.targets) > 1 else (*child.targets, child.crossings)


class _Weaving:
    """The lanes of one tile's paths until all tiles in `waiting` (with their numbers of lanes) are joined."""

    def __init__(self, waiting: Mapping[str, int]) -> None:
        self._waiting = waiting
        self._rank = {key: index for index, key in enumerate(waiting)}
        self.targets: list[str] = []
        self.meetings: list[Meeting] = []
        self.crossings = 0
        self._bodies: list[int] = []
        """By lane, the body that it looks out of."""
        self._there: dict[str, int] = {}
        """How many lanes there were to each target."""
        self._ready: list[str] = []
        self._spans: dict[str, tuple[int, int]] = {}
        """The first and the last lane of the tiles that can be joined; those of `_ready` are still to be found."""

    def look_out(self, front: Sequence[str], body: int) -> None:
        """Lanes come below all others."""
        self.targets += front
        self._bodies += [body] * len(front)
        self._arrive(front)

    def _arrive(self, front: Sequence[str]) -> None:
        there, waiting = self._there, self._waiting
        for target in front:
            there[target] = count = there.get(target, 0) + 1
            if waiting.get(target) == count:
                self._ready.append(target)

    def next(self) -> str:
        """Which of the waiting tiles is joined next: all its lanes are there, as close together as can be."""
        spans, waiting, rank = self._spans, self._waiting, self._rank
        for key in self._ready:
            mine = self._lanes_to(key)
            spans[key] = (mine[0], mine[-1])
        self._ready.clear()
        best, least = "", len(self.targets)
        for key, (first, last) in spans.items():
            apart = last - first - waiting[key]
            if apart < least or (apart == least and rank[key] < rank[best]):
                best, least = key, apart
        return best

    def _lanes_to(self, key: str) -> list[int]:
        """The positions of all lanes to a tile that was not set yet."""
        find, at = self.targets.index, -1
        return [at := find(key, at + 1) for _ in range(self._there[key])]

    def meet(self, key: str, front: Sequence[str], body: int) -> None:
        """Put the lanes that a joined tile leads to between those that meet there."""
        first, last = self._spans.pop(key)
        mine = [first, last] if self._waiting[key] == 2 else self._lanes_to(key)
        cut = first if last == first + 1 else self._cut(mine, front)
        self.meetings.append((key, mine, cut))
        more = len(front)
        spans = self._spans
        for other, (begin, end) in spans.items():
            if end > first:
                spans[other] = (
                    begin + (more if begin > cut else 0) - bisect_left(mine, begin),
                    end + (more if end > cut else 0) - bisect_left(mine, end),
                )
        for index in reversed(mine):
            del self.targets[index], self._bodies[index]
        at = cut + 1 - bisect_right(mine, cut)
        self.targets[at:at] = front
        self._bodies[at:at] = [body] * more
        self._arrive(front)

    def _cut(self, mine: list[int], front: Sequence[str]) -> int:
        """The lane after which bodies are moved apart for a joined tile: where its lines cross the fewest lanes.

        Counted are its lanes `mine`, and how far it is from lanes to tiles that it leads to. There is always such a
        place: lanes of one body alone would have met in that body already.
        """
        crossed = [index - number for number, index in enumerate(mine)]
        ends = list(crossed)

        def foreign(index: int) -> int:
            return index + 1 - bisect_right(mine, index)

        if front:
            for target, weight in Counter(front).items():
                if target in self._there:
                    ends += [foreign(index) for index in self._lanes_to(target)] * weight
            ends.sort()
        # The cost rises to both sides of the ends' median, so the nearest cuts to both sides are all that count.
        span = range(mine[0], mine[-1])
        low = span[0] + bisect_left(span, ends[(len(ends) - 1) // 2], key=foreign)
        high = span[0] + bisect_right(span, ends[len(ends) // 2], key=foreign)
        middle = (mine[0] + mine[-1] - 1) / 2
        at = min(max(low, min(int(middle), high - 1)), span[-1])

        def cost(index: int) -> tuple[int, float, int]:
            here = foreign(index)
            return sum([abs(here - end) for end in ends]), abs(index - middle), index

        nearest = [self._cuts(range(at, mine[0] - 1, -1)), self._cuts(range(at + 1, mine[-1]))]
        found = [index for cuts in nearest for index in islice(cuts, 1)]
        best = found[0] if len(found) == 1 else min(found, key=cost)
        here = foreign(best)
        self.crossings += sum([abs(here - end) for end in crossed])
        return best

    def _cuts(self, indexes: Iterable[int]) -> Iterator[int]:
        """The lanes among these whose next one looks out of another body."""
        bodies = self._bodies
        return (index for index in indexes if bodies[index] != bodies[index + 1])
