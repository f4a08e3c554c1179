"""From a journey to its layout: numbers, blocks from the last tile to the first, places, then lines."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from app.journey.journey import Journey
from app.journey.layout.blocks import Block, single_block
from app.journey.layout.braids import Braid, braids
from app.journey.layout.geometry import Layout
from app.journey.layout.loose import Judged, Verdict, judged
from app.journey.layout.measures import PATH_GAP, ROW_GAP
from app.journey.layout.pile import Path, piled
from app.journey.layout.routes import draw
from app.journey.layout.skeleton import END, Skeleton, Ways, skeleton, ways_out
from app.journey.layout.stack import Stack

Sizes = Callable[[str], tuple[float, float]]
"""Width and height of the tile of an activity, or of the entry source under ENTRY, in pixels."""


Inputs = tuple[float, Braid, list[Path], list[Block | tuple[float, list[Path]]]]
"""All that a block with several paths depends on: its height, its braid, its paths, and what is set in it: blocks, or
the height and the paths of tiles whose block was taken apart."""


class Memory:
    """What a layout leaves for the next one of nearly the same journey: blocks that did not change are taken over.

    It changes how long a layout takes and never what it is.
    """

    def __init__(self) -> None:
        self.ways: dict[str, Ways] = {}
        self.rigid: dict[str, Braid] = {}
        """The braids with all blocks as rigid bodies."""
        self.verdicts: dict[str, Verdict] = {}
        self.drawn: dict[str, Braid] = {}
        """The braids as they are drawn."""
        self.blocks: dict[str, Block | None] = {}


def compute_layout(journey: Journey, sizes: Sizes, memory: Memory | None = None) -> Layout:
    """Where every tile and connector of a journey goes; the same wherever the journey is opened.

    Give the `memory` of the same window's last layout to make one edit cheap.
    """
    memory = memory or Memory()
    ways = ways_out(journey, memory.ways)
    bones = skeleton(ways)
    extents = [(0.0, 0.0), *[sizes(key) for key in bones.keys[1:]]]
    joined = _joined(bones)
    rigid = braids(bones, joined, memory.rigid)
    found = judged(bones, rigid, joined, memory.verdicts, memory.drawn)
    blocks = _blocks(bones, extents, found, memory.blocks)
    memory.ways, memory.verdicts = ways, found.verdicts
    memory.rigid, memory.drawn, memory.blocks = (
        dict(zip(bones.keys, rigid, strict=True)),
        dict(zip(bones.keys, found.braids, strict=True)),
        dict(zip(bones.keys, blocks, strict=True)),
    )
    return draw(bones, extents, blocks)


def _blocks(
    bones: Skeleton, extents: Sequence[tuple[float, float]], found: Judged, known: dict[str, Block | None]
) -> list[Block | None]:
    """The blocks of all nodes that keep theirs; those in `known` are taken over where nothing in them changed."""
    keys, targets, ways = bones.keys, bones.targets, bones.ways
    blocks: list[Block | None] = [None] * len(keys)
    for node in range(len(keys) - 1, -1, -1):
        if node in found.opened:
            continue
        height = float(extents[node][1])
        last = known.get(keys[node])
        ahead = targets[node]
        if len(ahead) == 1:
            only = ahead[0]
            path = None if only == END else blocks[only] if ways[only] == 1 else keys[only]
            if last is None or len(last.inputs) != 2 or last.inputs[1] is not path or last.inputs[0] != height:
                last = single_block((height, path), keys[only], path)
        else:
            braid = found.braids[node]
            # Also the paths that end or look out at once: a braid of few lanes does not tell between which others.
            paths = _paths(bones, node, blocks)
            joins = [bones.number[key] for key, _, _ in braid.meetings]
            set_in = [blocks[join] or (float(extents[join][1]), _paths(bones, join, blocks)) for join in joins]
            inputs = (height, braid, paths, set_in)
            if last is None or last.inputs != inputs:
                last = _stacked(inputs, PATH_GAP if node else ROW_GAP)
        blocks[node] = last
    return blocks


def _paths(bones: Skeleton, node: int, blocks: Sequence[Block | None]) -> list[Path]:
    """What a tile's paths lead to, with the blocks of those that keep theirs."""
    keys, ways = bones.keys, bones.ways
    return [
        (None, None) if target == END else (keys[target], blocks[target] if ways[target] == 1 else None)
        for target in bones.targets[node]
    ]


def _stacked(inputs: Inputs, gap: float) -> Block:
    """The block of a node with several paths, which are `gap` apart."""
    _, braid, paths, set_in = inputs
    if not set_in:
        return piled(inputs, gap, paths)
    stack = Stack(gap, paths, loose=bool(braid.opened))
    for (key, mine, cut), there in zip(braid.meetings, set_in, strict=True):
        if isinstance(there, Block):
            stack.join(key, there, mine, cut)
        else:
            stack.part(key, *there, mine, cut)
    return stack.block(inputs)


def _joined(bones: Skeleton) -> dict[int, list[int]]:
    """The joined tiles by the node in whose block they are set."""
    found: dict[int, list[int]] = {}
    for node, count in enumerate(bones.ways):
        if count > 1:
            found.setdefault(bones.dominator[node], []).append(node)
    return found
