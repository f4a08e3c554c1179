"""Blocks: a tile and everything that only it leads to, as one rigid body; bodies are stacked, never interleaved.

A block's coordinates are relative: y to its own tile's centre, columns to its own tile's column. So a block is the same
wherever it stands, and one that did not change is taken over from the last layout.

A connector to a tile outside (paths that join later) leaves its block on the right, at a height of its own: a lane.
Lanes are met again in the block of the dominator, where the joined tile is set between them: it stands to the right of
all that its lanes enclose, so that nothing that ends in there is crossed (see `stack`).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True, eq=False)
class Front:
    """What looks out of a block on the right, from the top: lanes, and how far the tiles between them reach.

    `ys[i]`, `targets[i]` and `starts[i]` are the height, the target and the column where lane i begins; `reach[i]` is
    the last column with content between lane i - 1 and lane i (`reach` has one more).
    """

    ys: list[float]
    targets: list[str]
    starts: list[int]
    reach: list[int]


@dataclass(slots=True, eq=False)
class Block:
    """A laid out block, the answer to `inputs`. `paths` holds the height of each outcome's path, `children` the tiles
    directly in it as (key, y, column). `opened` holds, by tile, the heights of the paths of blocks that were taken
    apart: the tiles in them stand directly in this one."""

    inputs: tuple[object, ...]
    top: float
    bottom: float
    front: Front
    paths: tuple[float, ...]
    children: tuple[tuple[str, float, int], ...]
    opened: tuple[tuple[str, tuple[float, ...]], ...] = ()


def single_block(inputs: tuple[object, ...], key: str, way: object) -> Block:
    """The block of a tile with one way out: `way` is a block (of the tile `key`), the key of a joined tile, or None.

    `inputs` starts with the tile's height.
    """
    half = number(inputs[0]) / 2
    if way is None:
        return Block(inputs, -half, half, Front([], [], [], [0]), (0.0,), ())
    if isinstance(way, str):
        return Block(inputs, -half, half, Front([0.0], [way], [0], [0, 0]), (0.0,), ())
    assert isinstance(way, Block)
    inner = way.front
    if inner.ys:
        front = Front(inner.ys, inner.targets, [each + 1 for each in inner.starts], [each + 1 for each in inner.reach])
    else:
        front = Front(inner.ys, inner.targets, inner.starts, [inner.reach[0] + 1])
    box = (min(-half, way.top), max(half, way.bottom))
    return Block(inputs, *box, front, (0.0,), ((key, 0.0, 1),))


def number(value: object) -> float:
    """A height among a block's inputs."""
    assert isinstance(value, float)
    return value
