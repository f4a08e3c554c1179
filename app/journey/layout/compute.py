"""From a journey to its layout: numbers, blocks from the last tile to the first, places, then lines."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from app.journey.journey import Journey
from app.journey.layout.blocks import Block, number, single_block
from app.journey.layout.geometry import Layout
from app.journey.layout.loose import Entangled, Joined, Verdict, entangled, loosened
from app.journey.layout.measures import PATH_GAP, ROW_GAP
from app.journey.layout.routes import draw
from app.journey.layout.skeleton import END, Skeleton, Ways, skeleton, ways_out
from app.journey.layout.stack import Stack

Sizes = Callable[[str], tuple[float, float]]
"""Width and height of the tile of an activity, or of the entry source under ENTRY, in pixels."""


Fate = tuple[str, Block, Block]
"""What became of a block where some are taken apart ("rigid", "loose", "opened"); how it was before, and after."""


class Memory:
    """What a layout leaves for the next one of nearly the same journey: blocks that did not change are taken over.

    It changes how long a layout takes and never what it is.
    """

    def __init__(self) -> None:
        self.blocks: dict[str, Block] = {}
        self.fates: dict[str, Fate] = {}
        self.verdicts: dict[str, Verdict] = {}
        self.ways: dict[str, Ways] = {}


def compute_layout(journey: Journey, sizes: Sizes, memory: Memory | None = None) -> Layout:
    """Where every tile and connector of a journey goes; the same wherever the journey is opened.

    Give the `memory` of the same window's last layout to make one edit cheap.
    """
    ways = ways_out(journey, memory.ways if memory else {})
    bones = skeleton(ways)
    extents = [(0.0, 0.0), *[sizes(key) for key in bones.keys[1:]]]
    joined = _joined(bones)
    rigid = _blocks(bones, extents, joined, memory.blocks if memory else {})
    blocks = rigid
    if rigid[bones.keys[0]].crossings:
        found = entangled(bones, rigid, joined, memory.verdicts if memory else {})
        fates = _loosened(bones, rigid, joined, found, memory.fates if memory else {})
        blocks = {key: fate[2] for key, fate in fates.items()}
        if memory is not None:
            memory.fates, memory.verdicts = fates, found.verdicts
    if memory is not None:
        memory.ways, memory.blocks = ways, rigid
    return draw(bones, extents, blocks)


def _blocks(
    bones: Skeleton, extents: Sequence[tuple[float, float]], joined: Joined, known: dict[str, Block]
) -> dict[str, Block]:
    """The blocks of all nodes as rigid bodies."""
    keys, targets, ways = bones.keys, bones.targets, bones.ways
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
        inputs = _inputs(bones, node, float(extents[node][1]), blocks, joined)
        blocks[key] = (
            last if last is not None and last.inputs == inputs else _block(bones, node, blocks, joined, inputs)
        )
    return blocks


def _inputs(bones: Skeleton, node: int, height: float, blocks: dict[str, Block], joined: Joined) -> tuple[object, ...]:
    """All that a block depends on: its height, what follows on each path, the tiles that are joined in it."""
    keys, ways = bones.keys, bones.ways
    paths = [
        None if target == END else blocks[keys[target]] if ways[target] == 1 else keys[target]
        for target in bones.targets[node]
    ]
    return (height, *paths, *[blocks[keys[join]] for join in joined.get(node, ())])


def _loosened(
    bones: Skeleton, rigid: dict[str, Block], joined: Joined, found: Entangled, known: dict[str, Fate]
) -> dict[str, Fate]:
    """What becomes of each block: entangled ones are taken apart, and those that they are in are put together anew.

    A fate depends on the block before and on its name alone, so it is taken over where those are the same.
    """
    blocks: dict[str, Block] = {}
    fates: dict[str, Fate] = {}
    for node in range(len(bones.keys) - 1, -1, -1):
        key = bones.keys[node]
        before = after = rigid[key]
        name = "opened" if node in found.opened else "loose" if node in found.roots else "rigid"
        last = known.get(key)
        if last is not None and last[0] == name and last[1] is before:
            after = last[2]
        elif (loose := found.roots.get(node)) is not None:
            after = loosened(bones, node, before, blocks, loose)
        elif name == "rigid":
            inputs = _inputs(bones, node, number(before.inputs[0]), blocks, joined)
            if inputs != before.inputs:
                after = _block(bones, node, blocks, joined, inputs)
        blocks[key] = after
        fates[key] = (name, before, after)
    return fates


def _block(bones: Skeleton, node: int, blocks: dict[str, Block], joined: Joined, inputs: tuple[object, ...]) -> Block:
    """A block with the blocks in it as rigid bodies."""
    if len(bones.targets[node]) == 1 and node not in joined:
        target = bones.targets[node][0]
        return single_block(inputs, bones.keys[target], inputs[1])
    return _stack(bones, node, blocks, joined.get(node, ())).block(inputs)


def _stack(bones: Skeleton, node: int, blocks: dict[str, Block], joins: Sequence[int]) -> Stack:
    keys = bones.keys
    waiting = {keys[join]: bones.ways[join] for join in joins}
    stack = Stack(PATH_GAP if node else ROW_GAP, waiting)
    for target in bones.targets[node]:
        if target == END:
            stack.add_end()
        elif bones.ways[target] == 1:
            stack.add_block(keys[target], blocks[keys[target]])
        else:
            stack.add_lane(keys[target])
    for _ in waiting:
        key = stack.joinable()
        assert key is not None, "a tile's lanes all come from tiles before it"
        stack.join(key, blocks[key])
    return stack


def _joined(bones: Skeleton) -> dict[int, list[int]]:
    """The joined tiles by the node in whose block they are set."""
    found: dict[int, list[int]] = {}
    for node, count in enumerate(bones.ways):
        if count > 1:
            found.setdefault(bones.dominator[node], []).append(node)
    return found
