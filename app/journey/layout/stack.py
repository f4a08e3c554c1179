"""The paths of one tile on their way to become a block: bodies from the top, and the lanes that look out of them.

Joined tiles are set between their lanes; bodies above and below make room. What moves then is told by orders: numbers
that rise from the top, whole ones for the tile's own paths.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections import Counter
from dataclasses import dataclass
from itertools import accumulate

from app.journey.layout.blocks import Block, Front, number
from app.journey.layout.measures import LANE

_HALF = LANE / 2
_NARROW = 1e-9


@dataclass(slots=True)
class _Lane:
    y: float
    target: str
    start: int
    body: float


@dataclass(slots=True)
class _Opened:
    """A tile whose block was taken apart: its paths move apart as tiles are set between them."""

    body: _Body
    paths: list[_Lane]


@dataclass(slots=True)
class _Body:
    """A block on the stack; `order` says what moves when the bodies above and below are moved apart."""

    key: str
    block: Block
    y: float
    column: int
    order: float


class Stack:
    """`gap` is the space between two paths.

    `crossings` counts the lanes that were crossed. In a `loose` stack tiles may be set whose block was taken apart.
    """

    def __init__(self, gap: float, *, loose: bool = False) -> None:
        self._gap = gap
        self._loose = loose
        self.crossings = 0
        self._cursor = 0.0
        self._paths: list[float] = []
        self._bodies: list[_Body] = []
        self._lanes: list[_Lane] = []
        self._opened: list[_Opened] = []
        self._ever: list[_Lane] = []
        """All lanes that there were: the paths of opened blocks move also when they were met."""
        self._orders: list[float] = []
        """The orders of all paths, bodies and lanes, ascending; kept for loose stacks alone."""
        self._reach: list[int] = [0]
        self._there: dict[str, int] = {}
        """How many lanes there were to each target."""

    def add_end(self) -> None:
        """A path that leads nowhere yet."""
        self._room(_HALF, _HALF)
        self._reach[-1] = max(self._reach[-1], 1)

    def add_lane(self, target: str) -> None:
        """A path that leads to a joined tile directly."""
        y = self._room(_HALF, _HALF)
        lane = _Lane(y, target, 1, len(self._paths) - 1)
        self._lanes.append(lane)
        self._look_out([lane])
        self._reach.append(0)

    def add_block(self, key: str, block: Block) -> None:
        """A path with tiles of its own, the first of them `key`."""
        y = self._room(-block.top, block.bottom)
        self._bodies.append(_Body(key, block, y, 1, len(self._paths) - 1))
        lanes, reach = _front_at(block, y, 1, len(self._paths) - 1)
        self._reach[-1] = max(self._reach[-1], reach[0])
        self._lanes += lanes
        self._look_out(lanes)
        self._reach += reach[1:]

    def joinable(self, waiting: dict[str, int]) -> str | None:
        """Which of the joined tiles can be set next: all its lanes are there, as close together as can be.

        `waiting` maps the joined tiles of this block to the number of their lanes.
        """
        ready = {key for key, count in waiting.items() if self._there.get(key) == count}
        first: dict[str, int] = {}
        last: dict[str, int] = {}
        for index, lane in enumerate(self._lanes):
            if lane.target in ready:
                first.setdefault(lane.target, index)
                last[lane.target] = index

        def apart(key: str) -> int:
            return last[key] - first[key] - waiting[key]

        return min([key for key in waiting if key in ready], key=apart, default=None)

    def join(self, key: str, block: Block, *, opened: bool = False) -> None:
        """Set a joined tile between its lanes; `opened`: `block` is the tile's shell."""
        lanes = self._lanes
        mine = [index for index, lane in enumerate(lanes) if lane.target == key]
        if len(mine) == 1:
            self._follow(mine[0], key, block, opened=opened)
            return
        first, last = mine[0], mine[-1]
        column = 1 + max([*[lanes[index].start for index in mine], *self._reach[first + 1 : last + 1]])
        cut = self._cut(mine, block)
        if self._loose:
            # What a lane leads to stands after the lines that cross it: it may have several lanes of its own.
            for lane in lanes[first + 1 : last]:
                lane.start = max(lane.start, column)
        low, high = self._bounds(key, cut, column)
        wanted = (lanes[first].y + lanes[last].y) / 2
        more = block.bottom - block.top - (high - low)
        if more > 0:
            self._shift(lanes[cut].body, more)
            high += more
            wanted += more / 2
        y = float(round(min(max(wanted, low - block.top), high - block.bottom)))
        order = self._order_after(cut)
        self._meet(mine, cut, column, self._set(_Body(key, block, y, column, order), opened=opened))

    def _follow(self, index: int, key: str, block: Block, *, opened: bool) -> None:
        """Set a tile at the end of its only lane, at the lane's height: what lies above and below makes room."""
        lane = self._lanes[index]
        column = lane.start
        above, below = self._reach[index], self._reach[index + 1]
        low = lane.y - _HALF
        if above < column:
            low = self._lanes[index - 1].y + _HALF + self._gap / 2 if index else float("-inf")
        more = low - (lane.y + block.top)
        if more > 0:
            self._shift(lane.body, more, itself=True)
        high = lane.y + _HALF
        if below < column:
            last = index + 1 == len(self._lanes)
            high = float("inf") if last else self._lanes[index + 1].y - _HALF - self._gap / 2
        more = lane.y + block.bottom - high
        if more > 0:
            self._shift(lane.body, more)
        lanes, reach = self._set(_Body(key, block, lane.y, column, lane.body), opened=opened)
        reach[0] = max(reach[0], above)
        reach[-1] = max(reach[-1], below)
        self._lanes[index : index + 1] = lanes
        self._reach[index : index + 2] = reach

    def _set(self, body: _Body, *, opened: bool) -> tuple[list[_Lane], list[int]]:
        """Put a body on the stack; gives what looks out of it."""
        self._bodies.append(body)
        lanes, reach = _front_at(body.block, body.y, body.column, body.order)
        self._look_out(lanes)
        if opened:
            self._open(body, lanes)
        elif self._loose:
            insort(self._orders, body.order)
        return lanes, reach

    def _look_out(self, lanes: list[_Lane]) -> None:
        """Lanes are there."""
        self._ever += lanes
        for lane in lanes:
            self._there[lane.target] = self._there.get(lane.target, 0) + 1

    def _open(self, body: _Body, lanes: list[_Lane]) -> None:
        """Let the paths of a shell move apart: each gets an order of its own around the tile's."""
        paths = body.block.paths
        insort(self._orders, body.order)
        if self._room_around(body.order) < _NARROW * len(paths):
            self._renumber()
        step = self._room_around(body.order) / (len(paths) + 1)
        left = {lane.y: lane for lane in lanes}
        fan = []
        for index, path in enumerate(paths):
            y = body.y + path
            lane = left.get(y)
            if lane is None:
                lane = _Lane(y, "", 0, 0.0)
                self._ever.append(lane)
            lane.body = body.order + (index - (len(paths) - 1) / 2) * step
            insort(self._orders, lane.body)
            fan.append(lane)
        self._opened.append(_Opened(body, fan))

    def _room_around(self, order: float) -> float:
        """How far from an order the next other one is."""
        orders = self._orders
        low, high = bisect_left(orders, order), bisect_right(orders, order)
        above = order - orders[low - 1] if low else 1.0
        below = orders[high] - order if high < len(orders) else 1.0
        return min(above, below)

    def block(self, inputs: tuple[object, ...]) -> Block:
        """All of it as a block around a tile whose height is `inputs[0]`, centred on its first and last path."""
        # Whole pixels: lines between tiles stay sharp.
        centre = float(round((self._paths[0] + self._paths[-1]) / 2)) if self._paths else 0.0
        half = number(inputs[0]) / 2
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
            self.crossings + sum([body.block.crossings for body in self._bodies]),
            tuple([(each.body.key, tuple([lane.y - each.body.y for lane in each.paths])) for each in self._opened]),
        )

    def _room(self, above: float, below: float) -> float:
        self._orders.append(float(len(self._paths)))
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
        foreign = list(accumulate([lane.target != key for lane in lanes]))
        ends = [foreign[index] for index in mine]
        if block.front.targets:
            ahead = Counter(block.front.targets)
            ends += [foreign[index] for index, lane in enumerate(lanes) for _ in range(ahead.get(lane.target, 0))]
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

    def _shift(self, after: float, by: float, *, itself: bool = False) -> None:
        """Move everything below a body down; `itself`: that body too."""
        if itself:
            index = bisect_left(self._orders, after)
            after = self._orders[index - 1] if index else float("-inf")
        for path in range(len(self._paths)):
            if path > after:
                self._paths[path] += by
        for lane in self._ever if self._loose else self._lanes:
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
        orders = sorted({each.order for each in self._bodies} | {lane.body for lane in self._ever})
        fresh: dict[float, float] = {}
        for whole in range(len(self._paths)):
            between = [order for order in orders if whole < order < whole + 1]
            fresh[float(whole)] = float(whole)
            for index, order in enumerate(between, 1):
                fresh[order] = whole + index / (len(between) + 1)
        before = [order for order in orders if order < 0]
        for index, order in enumerate(before, 1):
            fresh[order] = index / (len(before) + 1) - 1
        for body in self._bodies:
            body.order = fresh[body.order]
        for lane in self._ever:
            lane.body = fresh[lane.body]
        self._orders = sorted([*fresh.values(), *map(float, range(len(self._paths)))])

    def _meet(self, mine: list[int], cut: int, column: int, front: tuple[list[_Lane], list[int]]) -> None:
        """Take the lanes that are met out of the front and put the block's own lanes in."""
        first, last = mine[0], mine[-1]
        met = set(mine)
        lanes: list[_Lane] = []
        reach = [self._reach[first]]
        for index in range(first, last + 1):
            after = self._reach[index + 1]
            if index in met:
                # The lane's row stays taken up to the column before the tile.
                reach[-1] = max(reach[-1], column - 1, after)
            else:
                lanes.append(self._lanes[index])
                reach.append(after)
            if index == cut:
                reach[-1] = max(reach[-1], front[1][0])
                lanes += front[0]
                reach += front[1][1:]
        self._lanes[first : last + 1] = lanes
        self._reach[first : last + 2] = reach


def _front_at(block: Block, y: float, column: int, body: float) -> tuple[list[_Lane], list[int]]:
    front = block.front
    lanes = [
        _Lane(y + lane_y, target, start + column, body)
        for lane_y, target, start in zip(front.ys, front.targets, front.starts, strict=True)
    ]
    return lanes, [each + column for each in front.reach]
