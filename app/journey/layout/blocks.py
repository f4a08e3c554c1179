"""Blocks: a tile and everything that only it leads to, as one rigid body; bodies are stacked, never interleaved.

A block's coordinates are relative: y to its own tile's centre, columns to its own tile's column. So a block is the same
wherever it stands, and one that did not change is taken over from the last layout.

A connector to a tile outside (paths that join later) leaves its block on the right, at a height of its own: a lane.
Lanes are met again in the block of the dominator, where the joined tile is set between them: it stands to the right of
all that its lanes enclose, so that nothing that ends in there is crossed.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate

from app.journey.layout.measures import LANE

_HALF = LANE / 2
_NARROW = 1e-9


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
    directly in it as (key, y, column)."""

    inputs: tuple[object, ...]
    top: float
    bottom: float
    front: Front
    paths: tuple[float, ...]
    children: tuple[tuple[str, float, int], ...]


def single_block(inputs: tuple[object, ...], key: str, way: object) -> Block:
    """The block of a tile with one way out: `way` is a block (of the tile `key`), the key of a joined tile, or None.

    `inputs` starts with the tile's height.
    """
    half = _number(inputs[0]) / 2
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
    return Block(inputs, min(-half, way.top), max(half, way.bottom), front, (0.0,), ((key, 0.0, 1),))


def _number(value: object) -> float:
    assert isinstance(value, float)
    return value


@dataclass(slots=True)
class _Lane:
    y: float
    target: str
    start: int
    body: float


@dataclass(slots=True)
class _Body:
    """A block on the stack; `order` says what moves when the bodies above and below are moved apart."""

    key: str
    block: Block
    y: float
    column: int
    order: float


class Stack:
    """The paths of one tile on their way to become a block. `gap` is the space between two paths.

    Where paths must cross, the order in which joined tiles are set matters: `attempt` 0 sets first what lies closest
    together, the others vary that. `crossings` counts the lanes that were crossed.
    """

    def __init__(self, gap: float, attempt: int = 0) -> None:
        self._gap = gap
        self._attempt = attempt
        self.crossings = 0
        self._cursor = 0.0
        self._paths: list[float] = []
        self._bodies: list[_Body] = []
        self._lanes: list[_Lane] = []
        self._reach: list[int] = [0]

    def add_end(self) -> None:
        """A path that leads nowhere yet."""
        self._room(_HALF, _HALF)
        self._reach[-1] = max(self._reach[-1], 1)

    def add_lane(self, target: str) -> None:
        """A path that leads to a joined tile directly."""
        y = self._room(_HALF, _HALF)
        self._lanes.append(_Lane(y, target, 1, len(self._paths) - 1))
        self._reach.append(0)

    def add_block(self, key: str, block: Block) -> None:
        """A path with tiles of its own, the first of them `key`."""
        y = self._room(-block.top, block.bottom)
        self._bodies.append(_Body(key, block, y, 1, len(self._paths) - 1))
        lanes, reach = _front_at(block, y, 1, len(self._paths) - 1)
        self._reach[-1] = max(self._reach[-1], reach[0])
        self._lanes += lanes
        self._reach += reach[1:]

    def joinable(self, waiting: dict[str, int]) -> str | None:
        """Which of the joined tiles can be set next: all its lanes are there, as close together as can be.

        `waiting` maps the joined tiles of this block to the number of their lanes.
        """
        span: dict[str, list[int]] = {}
        for index, lane in enumerate(self._lanes):
            if lane.target in waiting:
                span.setdefault(lane.target, []).append(index)
        ready = [key for key in waiting if len(span.get(key, ())) == waiting[key]]

        def apart(key: str) -> int:
            between = span[key][-1] - span[key][0] + 1 - len(span[key])
            return between * (500 + self._vary(span[key]))

        return min(ready, key=apart, default=None)

    def join(self, key: str, block: Block) -> None:
        """Set a joined tile between its lanes."""
        lanes = self._lanes
        mine = [index for index, lane in enumerate(lanes) if lane.target == key]
        first, last = mine[0], mine[-1]
        column = 1 + max(max(lanes[index].start for index in mine), *self._reach[first + 1 : last + 1])
        cut = self._cut(mine, block)
        low, high = self._bounds(key, cut, column)
        wanted = (lanes[first].y + lanes[last].y) / 2
        more = block.bottom - block.top - (high - low)
        if more > 0:
            self._shift(lanes[cut].body, more)
            high += more
            wanted += more / 2
        y = float(round(min(max(wanted, low - block.top), high - block.bottom)))
        order = self._order_after(cut)
        self._bodies.append(_Body(key, block, y, column, order))
        self._meet(key, cut, column, _front_at(block, y, column, order))

    def block(self, inputs: tuple[object, ...]) -> Block:
        """All of it as a block around a tile whose height is `inputs[0]`, centred on its first and last path."""
        # Whole pixels: lines between tiles stay sharp.
        centre = float(round((self._paths[0] + self._paths[-1]) / 2)) if self._paths else 0.0
        half = _number(inputs[0]) / 2
        tops = [body.y + body.block.top for body in self._bodies]
        bottoms = [body.y + body.block.bottom for body in self._bodies]
        paths = [path - centre for path in self._paths]
        front = Front(
            [lane.y - centre for lane in self._lanes],
            [lane.target for lane in self._lanes],
            [lane.start for lane in self._lanes],
            self._reach,
        )
        return Block(
            inputs,
            min([-half, *[path - _HALF for path in paths], *[top - centre for top in tops]]),
            max([half, *[path + _HALF for path in paths], *[bottom - centre for bottom in bottoms]]),
            front,
            tuple(paths),
            tuple((body.key, body.y - centre, body.column) for body in self._bodies),
        )

    def _vary(self, indices: list[int]) -> int:
        """From 0 to 999, by chance as far as anyone can see, and the same for the same journey."""
        return (indices[0] * 7919 + indices[-1] * 104729 + len(self._bodies) * 1299709) * self._attempt % 1000

    def _room(self, above: float, below: float) -> float:
        y = self._cursor + above + (self._gap if self._paths else 0.0)
        self._cursor = y + below
        self._paths.append(y)
        return y

    def _cut(self, mine: list[int], block: Block) -> int:
        """The lane after which bodies are moved apart for a joined tile: where its lines cross the fewest lanes.

        Counted are its lanes `mine`, and those to tiles that the block itself leads to. There always is such a place:
        lanes of one body alone would have met in that body already.
        """
        lanes = self._lanes
        key = lanes[mine[0]].target
        foreign = list(accumulate(lane.target != key for lane in lanes))
        ends = [foreign[index] for index in mine]
        for target in block.front.targets:
            ends += [foreign[index] for index, lane in enumerate(lanes) if lane.target == target]
        middle = (mine[0] + mine[-1] - 1) / 2

        def cost(index: int) -> tuple[int, float, int]:
            return sum([abs(foreign[index] - end) for end in ends]), abs(index - middle), index

        cuts = [index for index in range(mine[0], mine[-1]) if lanes[index].body != lanes[index + 1].body]
        best = min(cuts, key=cost) if len(cuts) > 1 else cuts[0]
        self.crossings += sum([abs(foreign[best] - foreign[index]) for index in mine])
        return best

    def _bounds(self, key: str, cut: int, column: int) -> tuple[float, float]:
        """From which to which height the joined tile's block may stand in its columns."""
        lanes, reach = self._lanes, self._reach
        begin, end = cut + 1, cut
        while begin > 0 and lanes[begin - 1].target == key and reach[begin] < column:
            begin -= 1
        while end + 1 < len(lanes) and lanes[end + 1].target == key and reach[end + 1] < column:
            end += 1
        low, high = float("-inf"), float("inf")
        if reach[begin] >= column:
            low = lanes[begin].y - _HALF
        elif begin > 0:
            low = lanes[begin - 1].y + _HALF + self._gap / 2
        if reach[end + 1] >= column:
            high = lanes[end].y + _HALF
        elif end + 1 < len(lanes):
            high = lanes[end + 1].y - _HALF - self._gap / 2
        return low, high

    def _shift(self, after: float, by: float) -> None:
        """Move everything below a body down."""
        for path in range(len(self._paths)):
            if path > after:
                self._paths[path] += by
        for lane in self._lanes:
            if lane.body > after:
                lane.y += by
        for body in self._bodies:
            if body.order > after:
                body.y += by

    def _order_after(self, cut: int) -> float:
        """An order between the bodies of two neighbouring lanes."""
        upper, lower = self._lanes[cut].body, self._lanes[cut + 1].body
        if lower - upper < _NARROW:
            self._renumber()
            upper, lower = self._lanes[cut].body, self._lanes[cut + 1].body
        return (upper + lower) / 2

    def _renumber(self) -> None:
        """Spread the orders of bodies between two paths evenly; paths keep theirs, which are whole numbers."""
        orders = sorted({body.order for body in self._bodies} | {lane.body for lane in self._lanes})
        fresh: dict[float, float] = {}
        for whole in range(len(self._paths)):
            between = [order for order in orders if whole < order < whole + 1]
            fresh[float(whole)] = float(whole)
            for index, order in enumerate(between, 1):
                fresh[order] = whole + index / (len(between) + 1)
        for body in self._bodies:
            body.order = fresh[body.order]
        for lane in self._lanes:
            lane.body = fresh[lane.body]

    def _meet(self, key: str, cut: int, column: int, front: tuple[list[_Lane], list[int]]) -> None:
        """Take the lanes that are met out of the front and put the block's own lanes in."""
        lanes: list[_Lane] = []
        reach = [self._reach[0]]
        for index, lane in enumerate(self._lanes):
            after = self._reach[index + 1]
            if lane.target == key:
                # The lane's row stays taken up to the column before the tile.
                reach[-1] = max(reach[-1], column - 1, after)
            else:
                lanes.append(lane)
                reach.append(after)
            if index == cut:
                reach[-1] = max(reach[-1], front[1][0])
                lanes += front[0]
                reach += front[1][1:]
        self._lanes, self._reach = lanes, reach


def _front_at(block: Block, y: float, column: int, body: float) -> tuple[list[_Lane], list[int]]:
    front = block.front
    lanes = [
        _Lane(y + lane_y, target, start + column, body)
        for lane_y, target, start in zip(front.ys, front.targets, front.starts, strict=True)
    ]
    return lanes, [each + column for each in front.reach]
