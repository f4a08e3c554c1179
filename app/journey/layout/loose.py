"""Paths that must cross cross less where splits come late and joins early: one lane is crossed instead of several.

So where blocks as rigid bodies leave crossings, those from which several lanes look out are taken apart, and their
tiles are set one by one in an order that a sweep finds: of all tiles whose lanes are there, next comes the one that
crosses the fewest lanes, with a price on each lane that it adds.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from heapq import heappop, heappush
from typing import NamedTuple

from app.journey.layout.blocks import Block, shell
from app.journey.layout.measures import PATH_GAP
from app.journey.layout.skeleton import END, Skeleton
from app.journey.layout.stack import Stack

_MOST = 2000
"""Tiles that are set one by one in one block."""

_WORK = 8000
"""Tiles that the sweeps of one block may look at, the ones that could be set next at each step: about a frame."""

_SWEEPS = ((10.0, 5), (3.0, 1))
"""The price of a lane more, in lanes crossed, and how many tiles ahead is looked for where a tile's lanes out are met:
what is best depends on how entangled the paths are, so each is tried."""

_FREE = 1000.0
"""What a tile is worth that crosses nothing and adds no lane: it comes first."""

Joined = Mapping[int, Sequence[int]]
"""The joined tiles by the node in whose block they are set."""


@dataclass
class Loose:
    """What is set one by one in a block: by node its lanes in, and the nodes that its lanes lead to.

    `rigid` are those that keep their block: at most one lane looks out of it. `order` has the nodes as they are set,
    each with the number of other lanes above it.
    """

    start: list[int]
    ways: dict[int, int] = field(default_factory=dict)
    outs: dict[int, list[int]] = field(default_factory=dict)
    rigid: set[int] = field(default_factory=set)
    order: list[tuple[int, int]] = field(default_factory=list)


class Verdict(NamedTuple):
    """Whether taking a block apart was worth while: the tiles that are set one by one then, or None."""

    block: Block
    opened: frozenset[str] | None


@dataclass
class Entangled:
    """The blocks that are to be taken apart (None: as the last time), the outermost of those in each other; and the
    nodes in them that are."""

    roots: dict[int, Loose | None] = field(default_factory=dict)
    opened: set[int] = field(default_factory=set)
    verdicts: dict[str, Verdict] = field(default_factory=dict)


def entangled(bones: Skeleton, blocks: dict[str, Block], joined: Joined, known: Mapping[str, Verdict]) -> Entangled:
    """Judge all blocks that have crossings; `known` are the verdicts of the last layout."""
    found = Entangled()
    for node in sorted(joined):
        key = bones.keys[node]
        block = blocks[key]
        if not node or node in found.opened or not block.crossings:
            continue
        loose = None
        verdict = known.get(key)
        if verdict is None or verdict.block is not block:
            loose = take_apart(bones, node, blocks, joined)
            opened = None
            if loose is not None and _worth_while(loose, bones, blocks, block.crossings):
                opened = frozenset([bones.keys[each] for each in loose.ways.keys() - loose.rigid])
            verdict = Verdict(block, opened)
        found.verdicts[key] = verdict
        if verdict.opened is not None:
            found.roots[node] = loose
            found.opened.update([bones.number[each] for each in verdict.opened])
    return found


def _worth_while(loose: Loose, bones: Skeleton, blocks: dict[str, Block], most: int) -> bool:
    """Find the best order; whether it leaves fewer crossings than `most`."""
    inner = sum([blocks[bones.keys[each]].crossings for each in loose.rigid])
    best = _best_order(loose)
    if best is None:
        return False
    crossings, loose.order = best
    return crossings + inner < most


def take_apart(bones: Skeleton, node: int, blocks: dict[str, Block], joined: Joined) -> Loose | None:
    """The tiles of a node's block that have to be set one by one; None where they are too many."""
    keys, number, ways = bones.keys, bones.number, bones.ways
    loose = Loose([])
    waiting = list(joined.get(node, ()))
    for target in bones.targets[node]:
        if target == END:
            continue
        front = blocks[keys[target]].front.targets
        if ways[target] > 1 or len(front) > 1:
            loose.start.append(target)
            if ways[target] == 1:
                waiting.append(target)
        else:
            loose.start += [number[each] for each in front]
    while waiting:
        each = waiting.pop()
        loose.ways[each] = ways[each]
        if len(loose.ways) > _MOST:
            return None
        front = blocks[keys[each]].front.targets
        if len(front) <= 1:
            loose.rigid.add(each)
            loose.outs[each] = [number[target] for target in front]
        else:
            loose.outs[each] = [target for target in bones.targets[each] if target != END]
            waiting += [target for target in loose.outs[each] if ways[target] == 1]
            waiting += joined.get(each, ())
    return loose


def loosened(bones: Skeleton, node: int, before: Block, blocks: dict[str, Block], loose: Loose) -> Block:
    """A block with its tiles set one by one, or as it was before where that does not leave fewer crossings."""
    block = _set_in_order(bones, node, blocks, loose).block(before.inputs)
    return block if block.crossings < before.crossings else before


def _best_order(loose: Loose) -> tuple[int, list[tuple[int, int]]] | None:
    """The best order in which the tiles may be set that some sweeps find, and its crossings; None where even one sweep
    would be too much work."""
    best: _Sweep | None = None
    left, work = _WORK, 0
    for price, ahead in _SWEEPS:
        if work > left:
            break
        sweep = _Sweep(loose, price, ahead, left)
        left, work = sweep.work, left - sweep.work
        if left >= 0 and (best is None or sweep.crossings < best.crossings):
            best = sweep
    return None if best is None else (best.crossings, best.order)


class _Sweep:
    """One sweep: made, it holds the order that it found and how many lanes are crossed in it.

    `work` is what is left of it, in tiles that were looked at; below 0 the sweep was given up.
    """

    def __init__(self, loose: Loose, price: float, ahead: int, work: int) -> None:
        self._loose = loose
        self._price = price
        self._ahead = ahead
        self._front = list(loose.start)
        self._there: Counter[int] = Counter()
        self._alone: list[tuple[float, int]] = []
        """Tiles with one lane in, by what they are worth: they cross nothing."""
        self._meeting: dict[int, list[int]] = {}
        """Tiles all of whose lanes are there, with the positions of those."""
        self.work = work
        self.order: list[tuple[int, int]] = []
        self.crossings = 0
        self._arrive(self._front)
        while (self._alone or self._meeting) and self.work >= 0:
            self._step()

    def _arrive(self, targets: Sequence[int]) -> None:
        """Lanes are there; tiles all of whose lanes are can be set."""
        ways, outs = self._loose.ways, self._loose.outs
        for target in targets:
            self._there[target] += 1
            if self._there[target] == ways.get(target):
                if ways[target] == 1:
                    more = len(outs[target]) - 1
                    heappush(self._alone, (self._price * more if more > 0 else -_FREE, target))
                else:
                    self._meeting[target] = [index for index, each in enumerate(self._front) if each == target]

    def _step(self) -> None:
        """Set the tile that is worth most."""
        outs = self._loose.outs
        best, crossed = self._alone[0] if self._alone else (float("inf"), END), 0
        self.work -= len(self._meeting)
        if best[0] > -_FREE:
            for target, mine in self._meeting.items():
                cost = mine[1] - mine[0] - 1 if len(mine) == 2 else _crossed(mine)
                more = len(outs[target]) - len(mine)
                worth = cost + self._price * more
                if more <= 0 and not cost:
                    worth -= _FREE
                if (worth, target) < best:
                    best, crossed = (worth, target), cost
        target = best[1]
        if target in self._meeting:
            self._set(target, self._meeting.pop(target))
        else:
            heappop(self._alone)
            self._set(target, [self._front.index(target)])
        self.crossings += crossed

    def _set(self, target: int, mine: list[int]) -> None:
        """Put a tile's lanes out where its lanes in were: next to lanes that will meet them soon."""
        following = self._loose.outs[target]
        for index in reversed(mine):
            del self._front[index]
        low, high = mine[(len(mine) - 1) // 2] - (len(mine) - 1) // 2, mine[len(mine) // 2] - len(mine) // 2
        at = low if low == high else min(max(self._toward(following), low), high)
        self._front[at:at] = following
        more = len(following)
        if len(mine) > 1 or more != 1:
            for key, others in self._meeting.items():
                if others[-1] > mine[0]:
                    left = [index - bisect_left(mine, index) for index in others]
                    self._meeting[key] = [index + more if index >= at else index for index in left]
        self.order.append((target, at))
        self._arrive(following)

    def _toward(self, targets: Sequence[int]) -> int:
        """Where the lanes are that meet those to `targets` next, there or a few tiles later; 0 where there are none."""
        outs, there = self._loose.outs, self._there
        following = set(targets)
        for _ in range(self._ahead):
            if not following.isdisjoint(there):
                places = [index for index, each in enumerate(self._front) if each in following]
                return places[len(places) // 2]
            following = {each for node in following for each in outs.get(node, ())}
        return 0


def _crossed(mine: list[int]) -> int:
    """How many lanes are crossed where lanes at these positions come together."""
    foreign = [index - number for number, index in enumerate(mine)]
    middle = foreign[len(foreign) // 2]
    return sum([abs(each - middle) for each in foreign])


def _set_in_order(bones: Skeleton, node: int, blocks: dict[str, Block], loose: Loose) -> Stack:
    """The stack with the tiles set in that order."""
    keys = bones.keys
    stack = Stack(PATH_GAP, {}, loose=True)
    for target in bones.targets[node]:
        if target == END:
            stack.add_end()
        elif bones.ways[target] == 1 and target not in loose.ways:
            stack.add_block(keys[target], blocks[keys[target]])
        else:
            stack.add_lane(keys[target])
    for each, above in loose.order:
        block = blocks[keys[each]]
        if each in loose.rigid:
            stack.join(keys[each], block, above)
            continue
        ahead = [None if target == END else keys[target] for target in bones.targets[each]]
        height = block.inputs[0]
        assert isinstance(height, float)
        stack.join(keys[each], shell(height, ahead, PATH_GAP), above, opened=True)
    return stack
