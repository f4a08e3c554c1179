"""The paths of one tile on their way to become a block: bodies from the top, and the lanes that look out of them.

Joined tiles are set between their lanes, where the braid says (see `braids`); bodies above and below make room. What
moves then is told by orders: whole numbers that rise from the top, with room for others between two. Nothing is moved
one by one: a height is kept without the moves, and those of lower orders are added when it is asked for.

Lanes and bodies are numbers in the order in which they come, and what is known of them stands in a list each: there are
thousands, and an object for each would take a third of the time.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Sequence
from operator import add

from app.journey.layout.blocks import Block, Front, number
from app.journey.layout.measures import LANE
from app.journey.layout.moves import Moves
from app.journey.layout.pile import Path, Pile, centre_of

_HALF = LANE / 2

_BITS = 240
"""Between the orders of two paths there is room for so many halvings; then all orders get as many bits more."""


class Stack:
    """Made of `paths`, with `gap` between two. In a `loose` stack tiles may be set whose block was taken apart."""

    def __init__(self, gap: float, paths: Sequence[Path], *, loose: bool = False) -> None:
        pile = Pile(gap, paths)
        self._gap = gap
        self._loose = loose
        self._moves = Moves()
        self._after, self._moved = self._moves.after, self._moves.moved
        self._paths = pile.paths
        self._path_orders = [index << _BITS for index in range(len(paths))]
        # By lane; heights are without the moves of the order, which is that of the body that it looks out of.
        self._ys = pile.ys
        self._targets = pile.targets
        self._starts = pile.starts
        self._orders = [index << _BITS for index in pile.owners]
        self._row = list(range(len(pile.ys)))
        """The lanes that are not met yet, from the top."""
        self._reach = pile.reach
        # By body, likewise.
        self._bodies = [
            (key, y, column, block.top, block.bottom)
            for (key, y, column), block in zip(pile.children, pile.bodies, strict=True)
        ]
        self._body_orders = [self._path_orders[index] for index in pile.standing]
        self._all = self._path_orders.copy()
        """The orders of all paths, bodies and lanes, ascending; kept for loose stacks alone."""
        self._fans: list[tuple[int, list[float], list[int]]] = []
        """Bodies whose block was taken apart, with the heights and orders of their paths."""

    def join(self, key: str, block: Block, mine: list[int], cut: int) -> None:
        """Set a joined tile with its block after the lane `cut`, between its lanes `mine`."""
        y, column, order = self._set(key, mine, cut, block.top, block.bottom)
        front = block.front
        first, more = len(self._ys), len(front.ys)
        if more:
            self._ys += [y + each for each in front.ys]
            self._targets += front.targets
            self._starts += [column + each for each in front.starts]
            self._orders += [order] * more
        self._meet(mine, cut, column, range(first, first + more), [column + each for each in front.reach])

    def part(self, key: str, height: float, paths: Sequence[Path], mine: list[int], cut: int) -> None:
        """Set a tile whose block was taken apart: its paths move apart as tiles are set between them."""
        if len(paths) == 1:
            self._lead_on(key, height / 2, paths[0][0], mine, cut)
            return
        pile = Pile(self._gap, paths)
        centre = centre_of(pile.paths)
        y, column, order = self._set(key, mine, cut, min(-height / 2, -centre), max(height / 2, pile.bottom - centre))
        orders = self._fan(order, len(paths))
        # Until something is set between them, all move as the tile does.
        order = self._body_orders[-1]
        after, moved = self._after, self._moved
        away = y - centre + moved[bisect_left(after, order)]
        aways = [away - moved[bisect_left(after, each)] for each in orders]
        self._fans.append((len(self._bodies) - 1, [*map(add, pile.paths, aways)], orders))
        for (child, down, _), block, path in zip(pile.children, pile.bodies, pile.standing, strict=True):
            self._bodies.append((child, down + aways[path], column + 1, block.top, block.bottom))
            self._body_orders.append(orders[path])
        first = len(self._ys)
        for down, start, path in zip(pile.ys, pile.starts, pile.owners, strict=True):
            self._ys.append(down + aways[path])
            self._starts.append(start + column)
            self._orders.append(orders[path])
        self._targets += pile.targets
        # Between its paths stand their labels, in the column after the tile's.
        beside = [each + column for each in pile.reach]
        for index in range(1, len(beside) - 1):
            if beside[index] == column:
                beside[index] += 1
        self._meet(mine, cut, column, range(first, len(self._ys)), beside)

    def _lead_on(self, key: str, half: float, target: str | None, mine: list[int], cut: int) -> None:
        """Set a tile with one way out: its only lane goes on behind it."""
        assert target is not None, "of a block that was taken apart several lanes look out"
        y, column, order = self._set(key, mine, cut, -half, half)
        self._ys.append(y)
        self._targets.append(target)
        self._starts.append(column + 1)
        self._orders.append(order)
        self._meet(mine, cut, column, [len(self._ys) - 1], [column, column])

    def _set(self, key: str, mine: list[int], cut: int, top: float, bottom: float) -> tuple[float, int, int]:
        """Put a body on the stack that reaches from `top` to `bottom`; gives its height, its column and its order."""
        row, starts = self._row, self._starts
        first, last = mine[0], mine[-1]
        if first == last:
            lane = row[first]
            y, column, order = self._ys[lane], starts[lane], self._orders[lane]
            self._make_way(first, column, top, bottom)
        else:
            column = 1 + max(max([starts[row[index]] for index in mine]), *self._reach[first + 1 : last + 1])
            if self._loose:
                # What a lane leads to stands after the lines that cross it: it may have several lanes of its own.
                for lane in row[first + 1 : last]:
                    if starts[lane] < column:
                        starts[lane] = column
            order = self._order_after(cut)
            y = self._make_room(key, mine, cut, column, top, bottom)
            y -= self._moved[bisect_left(self._after, order)]
        self._bodies.append((key, y, column, top, bottom))
        self._body_orders.append(order)
        if self._loose:
            insort(self._all, order)
        return y, column, order

    def _make_way(self, index: int, column: int, top: float, bottom: float) -> None:
        """Room for a body at the end of its only lane, at the lane's height: what lies above and below is moved."""
        row, reach, moves = self._row, self._reach, self._moves
        lane = row[index]
        order = self._orders[lane]
        y = self._height(lane)
        if reach[index] >= column:
            more = -_HALF - top
        elif index:
            more = self._height(row[index - 1]) + LANE + self._gap / 2 - _HALF - (y + top)
        else:
            more = 0.0
        if more > 0:
            # The tile itself moves, too.
            moves.add(order - 1, more)
            y += more
        if reach[index + 1] >= column:
            more = bottom - _HALF
        elif index + 1 < len(row):
            more = y + bottom - (self._height(row[index + 1]) - _HALF - self._gap / 2)
        else:
            return
        if more > 0:
            moves.add(order, more)

    def _make_room(self, key: str, mine: list[int], cut: int, column: int, top: float, bottom: float) -> float:
        """Room for a body between its lanes; gives its height with the moves, in whole pixels."""
        row = self._row
        low, high = self._bounds(key, cut, column)
        wanted = (self._height(row[mine[0]]) + self._height(row[mine[-1]])) / 2
        more = bottom - top - (high - low)
        if more > 0:
            self._moves.add(self._orders[row[cut]], more)
            high += more
            wanted += more / 2
        return float(round(min(max(wanted, low - top), high - bottom)))

    def _bounds(self, key: str, cut: int, column: int) -> tuple[float, float]:
        """From which to which height the joined tile's block may stand in its columns."""
        row, reach, targets = self._row, self._reach, self._targets
        begin, end = cut + 1, cut
        while begin > 0 and reach[begin] < column and targets[row[begin - 1]] == key:
            begin -= 1
        while end + 1 < len(row) and reach[end + 1] < column and targets[row[end + 1]] == key:
            end += 1
        low, high = float("-inf"), float("inf")
        if reach[begin] >= column:
            low = self._height(row[begin]) - _HALF
        elif begin > 0:
            low = self._height(row[begin - 1]) + _HALF + self._gap / 2
        if reach[end + 1] >= column:
            high = self._height(row[end]) + _HALF
        elif end + 1 < len(row):
            high = self._height(row[end + 1]) - _HALF - self._gap / 2
        return low, high

    def _height(self, lane: int) -> float:
        """With the moves."""
        return self._ys[lane] + self._moved[bisect_left(self._after, self._orders[lane])]

    def _fan(self, order: int, count: int) -> list[int]:
        """An order for each path of a tile, around the tile's own: between that and the next other ones."""
        every = self._all
        low = bisect_left(every, order)
        high = bisect_right(every, order, low)
        above = order - every[low - 1] if low else 1 << _BITS
        below = every[high] - order if high < len(every) else 1 << _BITS
        step = min(above, below) // (2 * count + 2)
        if not step:
            self._spread()
            return self._fan(order << _BITS, count)
        orders = [order + (2 * index + 1 - count) * step for index in range(count)]
        every[high:high] = orders[count // 2 :]
        every[low:low] = orders[: count // 2]
        return orders

    def block(self, inputs: tuple[object, ...]) -> Block:
        """All of it as a block around a tile whose height is `inputs[0]`, centred on its first and last path."""
        of_each = self._moves.of_each
        paths = list(map(add, self._paths, of_each(self._path_orders)))
        centre = centre_of(paths)
        paths = [path - centre for path in paths]
        ys, orders, row = self._ys, self._orders, self._row
        lanes = [ys[lane] + by - centre for lane, by in zip(row, of_each([orders[lane] for lane in row]), strict=True)]
        heights = [body[1] + by - centre for body, by in zip(self._bodies, of_each(self._body_orders), strict=True)]
        fans = [(body, [y - centre for y in map(add, ys, of_each(orders))]) for body, ys, orders in self._fans]
        # A path may have moved away from its tile, and nothing but its lane stand there.
        half = number(inputs[0]) / 2
        tops = [-half, paths[0] - _HALF, *[fan[0] - _HALF for _, fan in fans]]
        bottoms = [half, paths[-1] + _HALF, *[fan[-1] + _HALF for _, fan in fans]]
        return Block(
            inputs,
            min([*tops, *[y + body[3] for y, body in zip(heights, self._bodies, strict=True)]]),
            max([*bottoms, *[y + body[4] for y, body in zip(heights, self._bodies, strict=True)]]),
            Front(lanes, [self._targets[lane] for lane in row], [self._starts[lane] for lane in row], self._reach),
            tuple(paths),
            tuple([(key, y, column) for (key, _, column, _, _), y in zip(self._bodies, heights, strict=True)]),
            tuple([(self._bodies[body][0], tuple([y - heights[body] for y in fan])) for body, fan in fans]),
        )

    def _order_after(self, cut: int) -> int:
        """An order between the bodies of two neighbouring lanes."""
        orders, row = self._orders, self._row
        if orders[row[cut + 1]] - orders[row[cut]] < 2:
            self._spread()
        return (orders[row[cut]] + orders[row[cut + 1]]) // 2

    def _spread(self) -> None:
        """Room between all orders again."""
        for orders in (self._path_orders, self._orders, self._body_orders, self._all, *[fan[2] for fan in self._fans]):
            orders[:] = [order << _BITS for order in orders]
        self._moves.spread(_BITS)

    def _meet(self, mine: list[int], cut: int, column: int, front: Sequence[int], beside: list[int]) -> None:
        """Put a block's lanes in after the cut, with what is `beside` them, and take out the lanes that are met."""
        row, reach = self._row, self._reach
        if len(mine) == 1:
            beside[0] = max(beside[0], reach[cut])
            beside[-1] = max(beside[-1], reach[cut + 1])
            row[cut : cut + 1] = front
            reach[cut : cut + 2] = beside
            return
        more = len(front)
        row[cut + 1 : cut + 1] = front
        reach[cut + 1] = max(reach[cut + 1], beside[0])
        reach[cut + 2 : cut + 2] = beside[1:]
        for index in reversed(mine):
            at = index + more if index > cut else index
            del row[at]
            # The lane's row stays taken up to the column before the tile.
            after = reach.pop(at + 1)
            reach[at] = max(reach[at], column - 1, after)
