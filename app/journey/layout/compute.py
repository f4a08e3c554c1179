"""From a journey to its layout: numbers, blocks from the last tile to the first, places, then lines."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from app.journey.journey import Journey
from app.journey.layout.blocks import Block, Stack, single_block
from app.journey.layout.geometry import Layout
from app.journey.layout.measures import PATH_GAP, ROW_GAP
from app.journey.layout.routes import draw
from app.journey.layout.skeleton import END, Skeleton, Ways, skeleton, ways_out

Sizes = Callable[[str], tuple[float, float]]
"""Width and height of the tile of an activity, or of the entry source under ENTRY, in pixels."""


_ATTEMPTS = 8
_MANY = 120
"""Joined tiles in one block beyond which a second attempt would cost more than a frame."""


class Memory:
    """What a layout leaves for the next one of nearly the same journey: blocks that did not change are taken over.

    It changes how long a layout takes and never what it is.
    """

    def __init__(self) -> None:
        self.blocks: dict[str, Block] = {}
        self.ways: dict[str, Ways] = {}


def compute_layout(journey: Journey, sizes: Sizes, memory: Memory | None = None) -> Layout:
    """Where every tile and connector of a journey goes; the same wherever the journey is opened.

    Give the `memory` of the same window's last layout to make one edit cheap.
    """
    ways = ways_out(journey, memory.ways if memory else {})
    bones = skeleton(ways)
    extents = [(0.0, 0.0), *[sizes(key) for key in bones.keys[1:]]]
    blocks = _blocks(bones, extents, memory.blocks if memory else {})
    if memory is not None:
        memory.ways, memory.blocks = ways, blocks
    return draw(bones, extents, blocks)


def _blocks(bones: Skeleton, extents: Sequence[tuple[float, float]], known: dict[str, Block]) -> dict[str, Block]:
    keys, targets, ways = bones.keys, bones.targets, bones.ways
    joined = _joined(bones)
    blocks: dict[str, Block] = {}
    for node in range(len(keys) - 1, -1, -1):
        key = keys[node]
        last = known.get(key)
        ahead = targets[node]
        if last is not None and len(ahead) == 1 and node not in joined:
            # Most tiles have one way out, and most did not change: nothing is put together to find that out.
            only = ahead[0]
            path = None if only == END else blocks[keys[only]] if ways[only] == 1 else keys[only]
            if len(last.inputs) == 2 and last.inputs[1] is path and last.inputs[0] == extents[node][1]:
                blocks[key] = last
                continue
        paths = [
            None if target == END else blocks[keys[target]] if ways[target] == 1 else keys[target]
            for target in targets[node]
        ]
        joins = joined.get(node, ())
        inputs = (float(extents[node][1]), *paths, *[blocks[keys[join]] for join in joins])
        if last is not None and last.inputs == inputs:
            blocks[key] = last
        elif len(paths) == 1 and not joins:
            blocks[key] = single_block(inputs, keys[targets[node][0]], paths[0])
        else:
            blocks[key] = _best_stack(bones, node, blocks, joins).block(inputs)
    return blocks


def _best_stack(bones: Skeleton, node: int, blocks: dict[str, Block], joins: Sequence[int]) -> Stack:
    """The stack with the fewest crossings of some attempts; the first where there are none."""
    best = _stack(bones, node, blocks, joins, 0)
    attempts = 1 if len(joins) > _MANY else _ATTEMPTS
    for attempt in range(1, attempts):
        if not best.crossings:
            break
        other = _stack(bones, node, blocks, joins, attempt)
        if other.crossings < best.crossings:
            best = other
    return best


def _stack(bones: Skeleton, node: int, blocks: dict[str, Block], joins: Sequence[int], attempt: int) -> Stack:
    keys = bones.keys
    stack = Stack(PATH_GAP if node else ROW_GAP, attempt)
    for target in bones.targets[node]:
        if target == END:
            stack.add_end()
        elif bones.ways[target] == 1:
            stack.add_block(keys[target], blocks[keys[target]])
        else:
            stack.add_lane(keys[target])
    waiting = {keys[join]: bones.ways[join] for join in joins}
    while waiting:
        key = stack.joinable(waiting)
        assert key is not None, "a tile's lanes all come from tiles before it"
        stack.join(key, blocks[key])
        del waiting[key]
    return stack


def _joined(bones: Skeleton) -> dict[int, list[int]]:
    """The joined tiles by the node in whose block they are set."""
    found: dict[int, list[int]] = {}
    for node, count in enumerate(bones.ways):
        if count > 1:
            found.setdefault(bones.dominator[node], []).append(node)
    return found
