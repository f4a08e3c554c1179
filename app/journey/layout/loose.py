"""Paths that must cross cross less where splits come late and joins early: one lane is crossed instead of several.

So where blocks as rigid bodies would leave crossings, those from which several lanes look out are taken apart, and
their tiles are set one by one in an order that a sweep finds (see `sweep`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from app.journey.layout.braids import HOPELESS, Braid, Joined, woven
from app.journey.layout.skeleton import END, Skeleton
from app.journey.layout.sweep import Loose, best_sweep

_MOST = 2000
"""Tiles that are set one by one in one block."""


class Verdict(NamedTuple):
    """What came of taking the block of a braid apart; None where that was not worth while."""

    before: Braid
    after: Braid | None


@dataclass
class Judged:
    """The braids as they are drawn, by node, the nodes whose blocks are taken apart, and what is kept for next time."""

    braids: list[Braid]
    opened: set[int] = field(default_factory=set)
    verdicts: dict[str, Verdict] = field(default_factory=dict)


def judged(
    bones: Skeleton,
    rigid: list[Braid],
    joined: Joined,
    verdicts: Mapping[str, Verdict],
    drawn: Mapping[str, Braid],
) -> Judged:
    """Take apart what is better then, the outermost of blocks in each other.

    `verdicts` and `drawn` are what was found for the last layout, by key; taken over where it is about the same braids.
    """
    found = Judged(rigid)
    if not rigid[0].crossings:
        return found
    changed: dict[int, Braid] = {}
    for node in sorted(joined):
        before = rigid[node]
        if not node or node in found.opened or not before.crossings:
            continue
        key = bones.keys[node]
        verdict = verdicts.get(key)
        if verdict is None or verdict.before is not before:
            verdict = Verdict(before, _taken_apart(bones, node, rigid, joined))
        found.verdicts[key] = verdict
        if verdict.after is not None:
            changed[node] = verdict.after
            found.opened.update([bones.number[each] for each in verdict.after.opened])
    if changed or rigid[0].crossings > HOPELESS:
        found.braids = _woven_again(bones, rigid, joined, changed, drawn)
    return found


def _woven_again(
    bones: Skeleton, rigid: list[Braid], joined: Joined, changed: Mapping[int, Braid], drawn: Mapping[str, Braid]
) -> list[Braid]:
    """All braids where some were changed or given up: what looks out of those may come in another order then."""
    found = [changed.get(node, braid) for node, braid in enumerate(rigid)]
    around = {node for node, braid in enumerate(rigid) if braid.crossings > HOPELESS}
    around |= {
        above
        for node, after in changed.items()
        if after.targets != rigid[node].targets
        for above in _around(bones, node, rigid)
    }
    for node in sorted(around, reverse=True):
        found[node] = woven(bones, node, found, joined.get(node, ()), drawn.get(bones.keys[node]))
    return found


def _around(bones: Skeleton, node: int, rigid: list[Braid]) -> Iterator[int]:
    """The nodes whose braids have that of a node in them, the innermost first."""
    while node and len(rigid[node].targets) > 1:
        node = bones.dominator[node]
        yield node


def _taken_apart(bones: Skeleton, node: int, rigid: list[Braid], joined: Joined) -> Braid | None:
    """The braid of a block whose tiles are set one by one; None where that does not leave fewer crossings, or is too
    much work."""
    before = rigid[node]
    if before.crossings > HOPELESS:
        return None
    loose = _tiles(bones, node, rigid, joined)
    if loose is None:
        return None
    sweep = best_sweep(loose, before.crossings - loose.crossings)
    if sweep is None:
        return None
    keys = bones.keys
    return Braid(
        (),
        [keys[each] for each in sweep.front],
        sweep.crossings + loose.crossings,
        [(keys[each], mine, cut) for each, mine, cut in sweep.meetings],
        frozenset([keys[each] for each in loose.ways.keys() - loose.rigid]),
    )


def _tiles(bones: Skeleton, node: int, rigid: list[Braid], joined: Joined) -> Loose | None:
    """The tiles of a node's block that have to be set one by one; None where they are too many."""
    number, ways = bones.number, bones.ways
    loose = Loose([])
    waiting = list(joined.get(node, ()))

    def outs(each: int) -> list[int]:
        """What the lanes of a tile lead to, those of blocks after it that keep theirs among them."""
        found: list[int] = []
        for target in bones.targets[each]:
            if target == END:
                continue
            inner = rigid[target]
            if ways[target] > 1:
                found.append(target)
            elif len(inner.targets) > 1:
                found.append(target)
                waiting.append(target)
            else:
                found += [number[key] for key in inner.targets]
                loose.crossings += inner.crossings
        return found

    loose.start = outs(node)
    while waiting:
        each = waiting.pop()
        loose.ways[each] = ways[each]
        if len(loose.ways) > _MOST:
            return None
        inner = rigid[each]
        if len(inner.targets) <= 1:
            loose.rigid.add(each)
            loose.outs[each] = [number[target] for target in inner.targets]
            loose.crossings += inner.crossings
        else:
            loose.outs[each] = outs(each)
            waiting += joined.get(each, ())
    return loose
