"""The paths of one tile one under the other, in the marketer's order."""

from __future__ import annotations

from collections.abc import Sequence

from app.journey.layout.blocks import Block, Front, number
from app.journey.layout.measures import LANE

_HALF = LANE / 2

Path = tuple[str | None, Block | None]
"""What a path leads to (None: nowhere yet), and its block; a joined tile has none here."""


class Pile:
    """Made of `paths`, with `gap` between two. Heights are told from the top of the first, `bottom` is the end of the
    last; `children` are the tiles next to the tile, `bodies` their blocks and `standing` the indexes of their paths;
    `owners` has, by lane, the index of the path that it looks out of."""

    __slots__ = ("bodies", "bottom", "children", "owners", "paths", "reach", "standing", "starts", "targets", "ys")

    def __init__(self, gap: float, paths: Sequence[Path]) -> None:
        self.paths: list[float] = []
        self.children: list[tuple[str, float, int]] = []
        self.bodies: list[Block] = []
        self.standing: list[int] = []
        self.ys: list[float] = []
        self.targets: list[str] = []
        self.starts: list[int] = []
        self.owners: list[int] = []
        reach = self.reach = [0]
        cursor = -gap
        for index, (key, block) in enumerate(paths):
            if block is None:
                y = cursor + gap + _HALF
                cursor = y + _HALF
                if key is None:
                    reach[-1] = reach[-1] or 1
                else:
                    self.ys.append(y)
                    self.targets.append(key)
                    self.starts.append(1)
                    self.owners.append(index)
                    reach.append(0)
            else:
                assert key is not None
                y = cursor + gap - block.top
                cursor = y + block.bottom
                self.children.append((key, y, 1))
                self.bodies.append(block)
                self.standing.append(index)
                front = block.front
                first = front.reach[0] + 1
                if first > reach[-1]:
                    reach[-1] = first
                if front.ys:
                    self.ys += [y + each for each in front.ys]
                    self.targets += front.targets
                    self.starts += [each + 1 for each in front.starts]
                    self.owners += [index] * len(front.ys)
                    reach += [each + 1 for each in front.reach[1:]]
            self.paths.append(y)
        self.bottom = cursor


def piled(inputs: tuple[object, ...], gap: float, paths: Sequence[Path]) -> Block:
    """The block of a tile whose paths do not meet in it: its height is `inputs[0]`, it is centred on its first and last
    path."""
    pile = Pile(gap, paths)
    centre = centre_of(pile.paths)
    half = number(inputs[0]) / 2
    ys = [y - centre for y in pile.ys] if pile.ys else pile.ys
    return Block(
        inputs,
        min(-half, -centre),
        max(half, pile.bottom - centre),
        Front(ys, pile.targets, pile.starts, pile.reach),
        tuple([path - centre for path in pile.paths]),
        tuple([(key, y - centre, column) for key, y, column in pile.children]),
    )


def centre_of(paths: Sequence[float]) -> float:
    """The height of a tile with such paths, in whole pixels: lines between tiles stay sharp."""
    return float(round((paths[0] + paths[-1]) / 2)) if paths else 0.0
