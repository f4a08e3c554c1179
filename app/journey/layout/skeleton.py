"""The journey as numbers: nodes in topological order, and which node every way to a node passes (its dominator).

Node 0 is a root of our own, before the entry and before activities that nothing leads to (an imported journey may have
such). An outcome that would close a loop is treated as an end, so that a broken journey can still be drawn.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, repeat

from app.journey.journey import ENTRY, Activity, Journey, Place

_new = tuple.__new__
"""A named tuple's own constructor costs twice as much, and there are thousands."""

END = -1
"""The target of an outcome that leads nowhere."""

Ways = tuple[Activity | None, tuple[Place, ...], tuple[str | None, ...]]
"""An activity (None: the entry) with its places and what follows at each."""

Nexts = Mapping[str, Sequence[str | None]]


@dataclass(slots=True)
class Skeleton:
    """`keys[n]` is the key of node n, `places[n]` its ways out, `targets[n]` the node behind each (END: none).

    Nodes are numbered in topological order: every target is larger than its source. `ways[n]` counts the connectors
    into n, `dominator[n]` is the last node that every way from the root to n passes.
    """

    keys: list[str]
    places: list[tuple[Place, ...]]
    targets: list[list[int]]
    ways: list[int]
    dominator: list[int]
    number: dict[str | None, int]
    """The node of each key."""


def ways_out(journey: Journey, known: Mapping[str, Ways]) -> dict[str, Ways]:
    """The ways out of the entry and of every activity; those of activities that are in `known` are taken over."""
    found: dict[str, Ways] = {ENTRY: (None, (Place(ENTRY),), (journey.first,))}
    for key, activity in journey.activities.items():
        last = known.get(key)
        if last is not None and last[0] is activity:
            found[key] = last
        else:
            outcomes = activity.outcomes
            if len(outcomes) == 1:
                only = outcomes[0]
                found[key] = (activity, (_new(Place, (key, only.key)),), (only.next,))
            else:
                places = tuple([_new(Place, (key, outcome.key)) for outcome in outcomes])
                found[key] = (activity, places, tuple([outcome.next for outcome in outcomes]))
    return found


def skeleton(ways: Mapping[str, Ways]) -> Skeleton:
    """The numbers of a journey; paths keep their order."""
    nexts: Nexts = {key: way[2] for key, way in ways.items()}
    roots, order = _topological(nexts)
    if len(order) < len(nexts):
        nexts = _without_loops(nexts)
        roots, order = _topological(nexts)
    number: dict[str | None, int] = {key: index for index, key in enumerate(order, 1)}
    get, ends = number.get, repeat(END)
    targets = [list(map(get, following, ends)) for following in (roots, *[nexts[key] for key in order])]
    counts, dominator = _dominators(targets)
    return Skeleton(["", *order], [(), *[ways[key][1] for key in order]], targets, counts, dominator, number)


def _topological(nexts: Nexts) -> tuple[list[str], list[str]]:
    """Where to begin, and what can be put in an order in which everything comes after what leads to it."""
    waiting: Counter[str | None] = Counter(chain.from_iterable(nexts.values()))
    roots = [ENTRY, *sorted([key for key in nexts if key not in waiting and key != ENTRY])]
    order: list[str] = []
    stack = roots[::-1]
    while stack:
        key = stack.pop()
        order.append(key)
        for target in reversed(nexts[key]):
            if target is not None:
                waiting[target] -= 1
                if not waiting[target] and target in nexts:
                    stack.append(target)
    return roots, order


def _without_loops(nexts: Nexts) -> Nexts:
    """The same with an end wherever a loop would close."""
    open_ended = {key: list(targets) for key, targets in nexts.items()}
    entered = set(chain.from_iterable(nexts.values()))
    done: set[str] = set()
    for key in [ENTRY, *sorted(nexts, key=lambda each: (each in entered, each))]:
        if key not in done:
            _close(open_ended, key, done)
    return open_ended


def _close(nexts: dict[str, list[str | None]], root: str, done: set[str]) -> None:
    """Depth first from `root`, not recursive: a journey may be thousands of tiles deep."""
    open_keys = {root}
    stack = [(root, 0)]
    while stack:
        key, index = stack.pop()
        if index == len(nexts[key]):
            open_keys.discard(key)
            done.add(key)
            continue
        stack.append((key, index + 1))
        target = nexts[key][index]
        if target in open_keys:
            nexts[key][index] = None
        elif target is not None and target not in done and target in nexts:
            open_keys.add(target)
            stack.append((target, 0))


def _dominators(targets: list[list[int]]) -> tuple[list[int], list[int]]:
    """Connectors into each node and its dominator; one pass, since sources come before their targets.

    The common dominator of two nodes is found with jump pointers (Myers, "An applicative random-access stack", 1983),
    in logarithmic time also in a chain of thousands.
    """
    count = len(targets)
    ways = [0] * count
    dominator = [END] * count
    depth = [0] * count
    jump = [0] * count
    for node in range(count):
        if node:
            above = dominator[node]
            depth[node] = depth[above] + 1
            far = jump[above]
            jump[node] = jump[far] if depth[above] - depth[far] == depth[far] - depth[jump[far]] else above
        for target in targets[node]:
            if target == END:
                continue
            ways[target] += 1
            known = dominator[target]
            dominator[target] = node if known == END else _common(known, node, dominator, depth, jump)
    return ways, dominator


def _common(one: int, other: int, dominator: list[int], depth: list[int], jump: list[int]) -> int:
    if depth[one] < depth[other]:
        one, other = other, one
    while depth[one] > depth[other]:
        one = jump[one] if depth[jump[one]] >= depth[other] else dominator[one]
    while one != other:
        if jump[one] != jump[other]:
            one, other = jump[one], jump[other]
        else:
            one, other = dominator[one], dominator[other]
    return one
