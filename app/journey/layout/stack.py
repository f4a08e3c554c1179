"""The paths of one tile on their way to become a block: bodies from the top, and the lanes that look out of them.

Joined tiles are set between their lanes, where the braid says (see `braids`); bodies above and below make room. What
moves then is told by orders: numbers that rise from the top, whole ones for the tile's own paths. Nothing is moved one
by one: a height is kept without the moves, and those of lower orders are added when it is asked for.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Sequence
from dataclasses import dataclass
from math import nextafter

from app.journey.layout.blocks import Block, Front, number
from app.journey.layout.measures import LANE
from app.journey.layout.moves import Moves

_HALF = LANE / 2
_NARROW = 1e-9


Path = tuple[str | None, Block | None]
"""What a path leads to (None: nowhere yet), and its block; a joined tile has none here."""


@dataclass(slots=True)
class _Lane:
    """`y` is without the moves of `body`, which is the order of the body that it looks out of."""

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
    """A block on the stack; `order` says what moves when the bodies above and below are moved apart, `y` is without
    the moves."""

    key: str
    block: Block
    y: float
    column: int
    order: float


class Stack:
    """Made of `paths`, with `gap` between two. In a `loose` stack tiles may be set whose block was taken apart."""

    def __init__(self, gap: float, paths: Sequence[Path], *, loose: bool = False) -> None:
        self._gap = gap
        self._loose = loose
        self._paths: list[float] = []
        self._bodies: list[_Body] = []
        self._lanes: list[_Lane] = []
        self._opened: list[_Opened] = []
        self._moves = Moves()
        self._reach: list[int] = [0]
        cursor = -gap
        for order, (key, block) in enumerate(paths):
            if block is not None:
                y = cursor + gap - block.top
                cursor = y + block.bottom
                self._add_block(key, block, y, float(order))
            else:
                y = cursor + gap + _HALF
                cursor = y + _HALF
                if key is None:
                    self._reach[-1] = max(self._reach[-1], 1)
                else:
                    self._lanes.append(_Lane(y, key, 1, float(order)))
                    self._reach.append(0)
            self._paths.append(y)
        self._ever = self._lanes.copy()
        """All lanes that there were: the paths of opened blocks move also when they were met."""
        self._orders = [float(order) for order in range(len(paths))]
        """The orders of all paths, bodies and lanes, ascending; kept for loose stacks alone."""

    def _add_block(self, key: str | None, block: Block, y: float, order: float) -> None:
        """A path with tiles of its own, the first of them `key`."""
        assert key is not None
        self._bodies.append(_Body(key, block, y, 1, order))
        self._reach[-1] = max(self._reach[-1], block.front.reach[0] + 1)
        if block.front.ys:
            lanes, reach = _front_at(block, y, 1, order)
            self._lanes += lanes
            self._reach += reach[1:]

    def join(self, key: str, block: Block, mine: list[int], cut: int, *, opened: bool = False) -> None:
        """Set a joined tile after the lane `cut`, between its lanes `mine`; `opened`: `block` is its shell."""
        lanes = self._lanes
        if len(mine) == 1:
            self._follow(mine[0], key, block, opened=opened)
            return
        first, last = mine[0], mine[-1]
        column = 1 + max([*[lanes[index].start for index in mine], *self._reach[first + 1 : last + 1]])
        if self._loose:
            # What a lane leads to stands after the lines that cross it: it may have several lanes of its own.
            for lane in lanes[first + 1 : last]:
                lane.start = max(lane.start, column)
        low, high = self._bounds(key, cut, column)
        wanted = (self._height(lanes[first]) + self._height(lanes[last])) / 2
        more = block.bottom - block.top - (high - low)
        if more > 0:
            self._moves.add(lanes[cut].body, more)
            high += more
            wanted += more / 2
        y = float(round(min(max(wanted, low - block.top), high - block.bottom)))
        order = self._order_after(cut)
        body = _Body(key, block, y - self._moves.of(order), column, order)
        self._meet(mine, cut, column, *self._set(body, opened=opened))

    def _follow(self, index: int, key: str, block: Block, *, opened: bool) -> None:
        """Set a tile at the end of its only lane, at the lane's height: what lies above and below makes room."""
        lane = self._lanes[index]
        column = lane.start
        above, below = self._reach[index], self._reach[index + 1]
        y = self._height(lane)
        low = y - _HALF
        if above < column:
            low = self._height(self._lanes[index - 1]) + _HALF + self._gap / 2 if index else float("-inf")
        more = low - (y + block.top)
        if more > 0:
            # The tile itself moves, too.
            self._moves.add(nextafter(lane.body, float("-inf")), more)
            y = self._height(lane)
        high = y + _HALF
        if below < column:
            last = index + 1 == len(self._lanes)
            high = float("inf") if last else self._height(self._lanes[index + 1]) - _HALF - self._gap / 2
        more = y + block.bottom - high
        if more > 0:
            self._moves.add(lane.body, more)
        lanes, reach = self._set(_Body(key, block, lane.y, column, lane.body), opened=opened)
        reach[0] = max(reach[0], above)
        reach[-1] = max(reach[-1], below)
        self._lanes[index : index + 1] = lanes
        self._reach[index : index + 2] = reach

    def _set(self, body: _Body, *, opened: bool) -> tuple[list[_Lane], list[int]]:
        """Put a body on the stack; gives what looks out of it."""
        self._bodies.append(body)
        lanes, reach = _front_at(body.block, body.y, body.column, body.order)
        self._ever += lanes
        if opened:
            self._open(body, lanes)
        elif self._loose:
            insort(self._orders, body.order)
        return lanes, reach

    def _open(self, body: _Body, lanes: list[_Lane]) -> None:
        """Let the paths of a shell move apart: each gets an order of its own around the tile's."""
        paths = body.block.paths
        insort(self._orders, body.order)
        if self._room_around(body.order) < _NARROW * len(paths):
            self._renumber()
        step = self._room_around(body.order) / (len(paths) + 1)
        moved = self._moves.of(body.order)
        left = {lane.y: lane for lane in lanes}
        fan: list[_Lane] = []
        for index, path in enumerate(paths):
            y = body.y + path
            lane = left.get(y)
            if lane is None:
                lane = _Lane(y, "", 0, 0.0)
                self._ever.append(lane)
            lane.body = body.order + (index - (len(paths) - 1) / 2) * step
            lane.y = y + moved - self._moves.of(lane.body)
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
        if self._moves:
            self._settle()
        # Whole pixels: lines between tiles stay sharp.
        centre = float(round((self._paths[0] + self._paths[-1]) / 2)) if self._paths else 0.0
        half = number(inputs[0]) / 2
        tops = [body.y + body.block.top - centre for body in self._bodies]
        bottoms = [body.y + body.block.bottom - centre for body in self._bodies]
        paths = [path - centre for path in self._paths]
        front = Front(
            [lane.y - centre for lane in self._lanes],
            [lane.target for lane in self._lanes],
            [lane.start for lane in self._lanes],
            self._reach,
        )
        return Block(
            inputs,
            min([-half, paths[0] - _HALF, *tops] if paths else [-half, *tops]),
            max([half, paths[-1] + _HALF, *bottoms] if paths else [half, *bottoms]),
            front,
            tuple(paths),
            tuple((body.key, body.y - centre, body.column) for body in self._bodies),
            tuple([(each.body.key, tuple([lane.y - each.body.y for lane in each.paths])) for each in self._opened]),
        )

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
            low = self._height(lanes[begin]) - _HALF
        elif begin > 0:
            low = self._height(lanes[begin - 1]) + _HALF + self._gap / 2
        if reach[end + 1] >= column:
            high = self._height(lanes[end]) + _HALF
        elif end + 1 < len(lanes):
            high = self._height(lanes[end + 1]) - _HALF - self._gap / 2
        return low, high

    def _height(self, lane: _Lane) -> float:
        return lane.y + self._moves.of(lane.body)

    def _settle(self) -> None:
        """Put the moves into the heights."""
        moves, self._moves = self._moves, Moves()
        self._paths = [y + by for y, by in zip(self._paths, moves.of_each(range(len(self._paths))), strict=True)]
        for lane, by in zip(self._ever, moves.of_each([each.body for each in self._ever]), strict=True):
            lane.y += by
        for body, by in zip(self._bodies, moves.of_each([each.order for each in self._bodies]), strict=True):
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
        self._settle()
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

    def _meet(self, mine: list[int], cut: int, column: int, front: list[_Lane], beside: list[int]) -> None:
        """Put a block's lanes in after the cut, with what is `beside` them, and take out the lanes that are met."""
        lanes, reach = self._lanes, self._reach
        more = len(front)
        lanes[cut + 1 : cut + 1] = front
        reach[cut + 1] = max(reach[cut + 1], beside[0])
        reach[cut + 2 : cut + 2] = beside[1:]
        for index in reversed(mine):
            at = index + more if index > cut else index
            del lanes[at]
            # The lane's row stays taken up to the column before the tile.
            after = reach.pop(at + 1)
            reach[at] = max(reach[at], column - 1, after)


def _front_at(block: Block, y: float, column: int, body: float) -> tuple[list[_Lane], list[int]]:
    front = block.front
    lanes = [
        _Lane(y + lane_y, target, start + column, body)
        for lane_y, target, start in zip(front.ys, front.targets, front.starts, strict=True)
    ]
    return lanes, [each + column for each in front.reach]
