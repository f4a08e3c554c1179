"""Braids: which lanes of a block meet next, and where between the others. Whole numbers only, no heights.

So it is known what must cross, and what is to be taken apart, before anything is put anywhere (see `loose`, `stack`).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

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

HOPELESS = 5000
"""Crossings with which a block is left as it is: to take it apart would take longer than a frame."""


def braids(bones: Skeleton, joined: Joined, known: Mapping[str, Braid]) -> list[Braid]:
    """The braids of all nodes with their blocks as rigid bodies; `known` are those of the last layout by key.

    Those that are HOPELESS are given up: they are woven when all in them is as it is drawn.
    """
    count = len(bones.keys)
    found = [_EMPTY] * count
    ways = bones.ways
    for node in range(count - 1, -1, -1):
        ahead = bones.targets[node]
        only = ahead[0] if len(ahead) == 1 else None
        if only == END:
            continue
        if only is not None and ways[only] == 1 and len(found[only].targets) <= 1:
            # Nothing but its lane and its crossings counts of such a block, whichever tile it begins with.
            found[node] = found[only]
        elif node in joined:
            found[node] = woven(bones, node, found, joined[node], known.get(bones.keys[node]), HOPELESS)
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


def woven(
    bones: Skeleton,
    node: int,
    found: Sequence[Braid],
    joins: Sequence[int],
    last: Braid | None,
    limit: float = float("inf"),
) -> Braid:
    """The braid of a node whose block has joined tiles in it; the `last` one where it is still right.

    With more crossings than the `limit` it is given up: then its targets are in no order, and it has no meetings.
    """
    inputs = _inputs(bones, node, found, joins)
    if last is not None and last.inputs == inputs:
        return last
    keys, ways = bones.keys, bones.ways
    weaving = _Weaving({keys[join]: ways[join] for join in joins})
    crossings = sum([found[join].crossings for join in joins])
    for index, target in enumerate(bones.targets[node]):
        if target == END:
            continue
        if ways[target] > 1:
            weaving.look_out([keys[target]], index)
        else:
            crossings += found[target].crossings
            weaving.look_out(found[target].targets, index)
    left = {keys[join]: found[join].targets for join in joins}
    for body in range(len(joins)):
        if crossings + weaving.crossings > limit:
            lanes = chain(weaving.targets, *left.values())
            return Braid(inputs, [lane for lane in lanes if lane not in left], crossings + weaving.crossings)
        key = weaving.next()
        weaving.meet(key, left.pop(key), -1 - body)
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
        self._spans: dict[str, tuple[int, int, int, int, str]] = {}
        """Of the tiles that can be joined, the least being the next: how many lanes of others are between theirs, their
        rank, their first and last lane, and their key. Those of `_ready` are still to be found."""

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
        spans = self._spans
        if self._ready:
            for key in self._ready:
                mine = self._lanes_to(key)
                first, last = mine[0], mine[-1]
                spans[key] = (last - first - len(mine), self._rank[key], first, last, key)
            self._ready.clear()
        return min(spans.values())[-1]

    def _lanes_to(self, key: str) -> list[int]:
        """The positions of all lanes to a tile that was not set yet."""
        find, at = self.targets.index, -1
        return [at := find(key, at + 1) for _ in range(self._there[key])]

    def meet(self, key: str, front: Sequence[str], body: int) -> None:
        """Put the lanes that a joined tile leads to between those that meet there."""
        _, _, first, last, _ = self._spans.pop(key)
        mine = [first, last] if self._waiting[key] == 2 else self._lanes_to(key)
        cut = first if last == first + 1 else self._cut(mine, front)
        self.meetings.append((key, mine, cut))
        if self._spans:
            self._move(mine, cut, len(front))
        targets, bodies = self.targets, self._bodies
        for index in reversed(mine):
            del targets[index], bodies[index]
        if front:
            at = cut + 1 - bisect_right(mine, cut)
            targets[at:at] = front
            bodies[at:at] = [body] * len(front)
            self._arrive(front)

    def _move(self, mine: list[int], cut: int, more: int) -> None:
        """Lanes are taken out, and as many as `more` put in after the lane `cut`."""
        spans = self._spans
        first, last = mine[0], mine[-1]
        above = bisect_left(mine, cut)
        edges = [*mine[:above], cut, *mine[above:]]
        moves = [*range(0, -above - 1, -1), *range(more - above, more - len(mine) - 1, -1)]
        by = moves[-1]
        for key, (apart, rank, begin, end, _) in spans.items():
            if begin > last:
                if by:
                    spans[key] = (apart, rank, begin + by, end + by, key)
            elif begin < first and end > last:
                if by:
                    spans[key] = (apart + by, rank, begin, end + by, key)
            elif end > first:
                down, up = moves[bisect_left(edges, begin)], moves[bisect_left(edges, end)]
                if down or up:
                    spans[key] = (apart + up - down, rank, begin + down, end + up, key)

    def _cut(self, mine: list[int], front: Sequence[str]) -> int:
        """The lane after which bodies are moved apart for a joined tile: where its lines cross the fewest lanes.

        Counted are its lanes `mine`, and how far it is from lanes to tiles that it leads to. There is always such a
        place: lanes of one body alone would have met in that body already.
        """
        first, last = mine[0], mine[-1]
        ends = crossed = [index - number for number, index in enumerate(mine)]
        far = [index for target in front if target in self._there for index in self._lanes_to(target)]
        if far:
            ends = sorted([*crossed, *[index + 1 - bisect_right(mine, index) for index in far]])
        # The cost rises to both sides of the ends' median, so the nearest cuts to both sides are all that count: of
        # the lanes from `low` to `high`, those nearest to the middle.
        middle = (first + last - 1) / 2
        low, high = ends[(len(ends) - 1) // 2], ends[len(ends) // 2] + 1
        low = max(first, low + bisect_left(crossed, low) - 1)
        high = min(last, high + bisect_left(crossed, high) - 1)
        best, below = self._cuts(min(max(low, min(int(middle), high - 1)), last - 1), first, last)

        def cost(index: int) -> tuple[int, float]:
            here = index + 1 - bisect_right(mine, index)
            return sum([abs(here - end) for end in ends]), abs(index - middle)

        if best < first or (below < last and cost(below) < cost(best)):
            best = below
        here = best + 1 - bisect_right(mine, best)
        self.crossings += sum([abs(here - end) for end in crossed])
        return best

    def _cuts(self, at: int, first: int, last: int) -> tuple[int, int]:
        """The nearest lanes to both sides of `at` whose next one looks out of another body; below `first`, or `last`,
        where there is none between those."""
        bodies = self._bodies
        above, below = at, at + 1
        while above >= first and bodies[above] == bodies[above + 1]:
            above -= 1
        while below < last and bodies[below] == bodies[below + 1]:
            below += 1
        return above, below
