"""The journey as numbers: nodes in topological order, and which node every way to a node passes (its dominator).

Node 0 is a root of our own, before the entry and before activities that nothing leads to (an imported journey may have
such). An outcome that would close a loop is treated as an end, so that a broken journey can still be drawn.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.journey.journey import ENTRY, Journey, Outcome

END = -1
"""The target of an outcome that leads nowhere."""

_ENTRY_OUTCOME = ""


@dataclass(slots=True)
class Skeleton:
    """`keys[n]` is the key of node n, `names[n]` its outcomes' keys, `targets[n]` the node behind each (END: none).

    Nodes are numbered in topological order: every target is larger than its source. `ways[n]` counts the connectors
    into n, `dominator[n]` is the last node that every way from the root to n passes.
    """

    keys: list[str]
    names: list[tuple[str, ...]]
    targets: list[list[int]]
    ways: list[int]
    dominator: list[int]


def skeleton(journey: Journey) -> Skeleton:
    """The numbers of a journey; paths keep their order."""
    activities = journey.activities
    following: dict[str, Sequence[Outcome]] = {key: activity.outcomes for key, activity in activities.items()}
    following[ENTRY] = (Outcome(_ENTRY_OUTCOME, next=journey.first),)
    roots, refused = _roots(following)
    order = _topological(following, roots, refused)
    number = {key: index for index, key in enumerate(order, 1)}
    targets: list[list[int]] = [[number[key] for key in roots]]
    names: list[tuple[str, ...]] = [tuple(roots)]
    for key in order:
        outcomes = following[key]
        names.append(tuple([outcome.key for outcome in outcomes]))
        if refused:
            targets.append(
                [
                    END if (key, outcome.key) in refused else number.get(outcome.next or "", END)
                    for outcome in outcomes
                ]
            )  # fmt: skip
        else:
            targets.append([END if outcome.next is None else number.get(outcome.next, END) for outcome in outcomes])
    ways, dominator = _dominators(targets)
    return Skeleton(["", *order], names, targets, ways, dominator)


def _roots(following: dict[str, Sequence[Outcome]]) -> tuple[list[str], set[tuple[str, str]]]:
    """Where to begin, and the outcomes that close a loop. Iterative: a journey may be thousands of tiles deep."""
    entered: set[str] = set()
    for outcomes in following.values():
        for outcome in outcomes:
            if outcome.next is not None:
                entered.add(outcome.next)
    roots = [ENTRY, *(key for key in following if key not in entered and key != ENTRY)]
    done: set[str] = set()
    refused: set[tuple[str, str]] = set()
    for root in roots:
        _walk(following, root, done, refused)
    if len(done) < len(following):
        for key in following:  # only loops that nothing leads to are left
            if key not in done:
                roots.append(key)
                _walk(following, key, done, refused)
    return roots, refused


def _walk(following: dict[str, Sequence[Outcome]], root: str, done: set[str], refused: set[tuple[str, str]]) -> None:
    open_keys = {root}
    stack = [(root, iter(following[root]))]
    while stack:
        key, outcomes = stack[-1]
        for outcome in outcomes:
            target = outcome.next
            if target is None or target in done or target not in following:
                continue
            if target in open_keys:
                refused.add((key, outcome.key))
                continue
            open_keys.add(target)
            stack.append((target, iter(following[target])))
            break
        else:
            stack.pop()
            open_keys.discard(key)
            done.add(key)


def _topological(following: dict[str, Sequence[Outcome]], roots: list[str], refused: set[tuple[str, str]]) -> list[str]:
    waiting: dict[str, int] = {}
    for key, outcomes in following.items():
        for outcome in outcomes:
            target = outcome.next
            if target is not None and (not refused or (key, outcome.key) not in refused):
                waiting[target] = waiting.get(target, 0) + 1
    order: list[str] = []
    stack = [key for key in reversed(roots) if not waiting.get(key)]
    while stack:
        key = stack.pop()
        order.append(key)
        for outcome in reversed(following[key]):
            target = outcome.next
            if target is None or target not in following or (refused and (key, outcome.key) in refused):
                continue
            waiting[target] -= 1
            if not waiting[target]:
                stack.append(target)
    return order


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
