"""From blocks to pixels: columns, rectangles, and connectors as orthogonal lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from app.journey.journey import Place
from app.journey.layout import measures as m
from app.journey.layout.blocks import Block
from app.journey.layout.geometry import Connector, Layout, Point, Rect
from app.journey.layout.skeleton import END, Skeleton


@dataclass(slots=True)
class _Grid:
    """Where everything is, by node or by column."""

    ys: list[float]
    columns: list[int]
    lefts: list[float] = field(default_factory=list)
    rights: list[float] = field(default_factory=list)
    merges: dict[int, float] = field(default_factory=dict)
    """How far before a joined tile its paths come together."""


def draw(bones: Skeleton, extents: Sequence[tuple[float, float]], blocks: dict[str, Block]) -> Layout:
    """All rectangles and lines; `extents[n]` is the width and height of node n."""
    laid = [blocks[key] for key in bones.keys]
    grid = _positions(bones, laid)
    tracks = _merges(bones, laid, grid)
    _set_columns(bones, extents, grid, tracks)
    ys, columns, lefts = grid.ys, grid.columns, grid.lefts
    rects: dict[str, Rect] = {}
    connectors: list[Connector] = []
    for node, key in enumerate(bones.keys):
        if node:
            width, height = extents[node]
            rects[key] = Rect(lefts[columns[node]], ys[node] - height / 2, width, height)
    for node in range(1, len(ys)):
        if len(bones.targets[node]) == 1:
            connectors.append(_only_way(bones, node, extents, grid))
        else:
            connectors.extend(_ways(bones, node, extents, laid[node], grid))
    return Layout(rects, tuple(connectors), _bounds(rects, connectors))


def _positions(bones: Skeleton, laid: Sequence[Block]) -> _Grid:
    """Heights and columns from the blocks, the entry source (node 1) at height 0 in column 0."""
    number = {key: node for node, key in enumerate(bones.keys)}
    count = len(laid)
    ys, columns = [0.0] * count, [-1] * count
    for node in range(count):
        y, column = ys[node], columns[node]
        for key, down, across in laid[node].children:
            child = number[key]
            ys[child] = y + down
            columns[child] = column + across
    entry = ys[number_of_entry(bones)]
    if entry:
        ys = [y - entry for y in ys]
    return _Grid(ys, columns)


def number_of_entry(bones: Skeleton) -> int:
    """The node of the entry source: the first path of our own root."""
    return bones.targets[0][0]


def _merges(bones: Skeleton, laid: Sequence[Block], grid: _Grid) -> dict[int, int]:
    """How many vertical tracks the paths that come together need before each column; sets each joined tile's own."""
    ports: dict[int, list[float]] = {}
    for target, count in enumerate(bones.ways):
        if count > 1:
            ports[target] = []
    for node in range(1, len(laid)):
        for path, target in zip(laid[node].paths, bones.targets[node], strict=True):
            if target in ports:
                ports[target].append(grid.ys[node] + path)
    by_column: dict[int, list[_Merge]] = {}
    for target, heights in ports.items():
        to = grid.ys[target]
        merge = _Merge(target, to, min(to, *heights), max(to, *heights), heights)
        by_column.setdefault(grid.columns[target], []).append(merge)
    tracks: dict[int, int] = {}
    for column, merges in by_column.items():
        for merge, track in _tracks(merges):
            grid.merges[merge.target] = m.MERGE + m.TRACK * track
            tracks[column] = max(tracks.get(column, 0), track + 1)
    return tracks


@dataclass(slots=True)
class _Merge:
    """The vertical stretch where paths come together before a joined tile at height `to`."""

    target: int
    to: float
    low: float
    high: float
    ports: list[float]

    def meets(self, other: _Merge) -> bool:
        """Whether the two stretches would lie on each other on one track."""
        return self.low <= other.high and other.low <= self.high

    def crossings_before(self, other: _Merge) -> int:
        """How often the two cross when this one is farther from the tiles."""
        passing = sum(self.low < port < self.high for port in other.ports)
        return passing + (other.low <= self.to <= other.high)


def _tracks(merges: list[_Merge]) -> list[tuple[_Merge, int]]:
    """A track for each stretch, 0 next to the tiles: apart where they would lie on each other, few crossings."""
    if len(merges) == 1:
        return [(merges[0], 0)]

    def gain(merge: _Merge) -> int:
        others = [other for other in merges if other is not merge and merge.meets(other)]
        return sum(other.crossings_before(merge) - merge.crossings_before(other) for other in others)

    placed: list[tuple[_Merge, int]] = []
    for merge in sorted(merges, key=lambda each: (gain(each), each.low)):
        taken = [track for other, track in placed if merge.meets(other)]
        placed.append((merge, max(taken, default=-1) + 1))
    return placed


def _set_columns(bones: Skeleton, extents: Sequence[tuple[float, float]], grid: _Grid, tracks: dict[int, int]) -> None:
    count = max(grid.columns) + 1
    widths = [0.0] * count
    fans = [False] * count
    for node in range(1, len(extents)):
        column = grid.columns[node]
        widths[column] = max(widths[column], extents[node][0])
        if len(bones.targets[node]) > 1:
            fans[column] = True
    x = 0.0
    for column, width in enumerate(widths):
        grid.lefts.append(x)
        x += width or m.LANE_COLUMN
        grid.rights.append(x)
        merging = tracks.get(column + 1, 0)
        if merging:
            x += m.MERGE_GAP + m.TRACK * (merging - 1) + (m.FAN if fans[column] else 0.0)
        else:
            x += m.FAN_GAP if fans[column] else m.STRAIGHT


def _only_way(bones: Skeleton, node: int, extents: Sequence[tuple[float, float]], grid: _Grid) -> Connector:
    y = grid.ys[node]
    right = grid.lefts[grid.columns[node]] + extents[node][0]
    place = Place(bones.keys[node], bones.names[node][0])
    target = bones.targets[node][0]
    if target == END:
        return Connector(place, None, ((right, y), (right + m.STUB, y)))
    left = grid.lefts[grid.columns[target]]
    if grid.ys[target] == y:
        return Connector(place, bones.keys[target], ((right, y), (left, y)))
    return Connector(place, bones.keys[target], ((right, y), *_arrive(target, y, grid)))


def _arrive(target: int, y: float, grid: _Grid) -> tuple[Point, ...]:
    """The last points of a line that comes at height `y`."""
    left = grid.lefts[grid.columns[target]]
    to = grid.ys[target]
    if to == y:
        return ((left, to),)
    turn = left - grid.merges[target]
    return ((turn, y), (turn, to), (left, to))


def _ways(
    bones: Skeleton, node: int, extents: Sequence[tuple[float, float]], block: Block, grid: _Grid
) -> list[Connector]:
    y, column = grid.ys[node], grid.columns[node]
    start = (grid.lefts[column] + extents[node][0], y)
    fan = grid.rights[column] + m.FAN
    edge = grid.rights[column + 1] if column + 1 < len(grid.rights) else fan + m.LANE_COLUMN
    found = []
    for index, (name, target) in enumerate(zip(bones.names[node], bones.targets[node], strict=True)):
        at = y + block.paths[index]
        turn = () if at == y else ((fan, y), (fan, at))
        single = target != END and bones.ways[target] == 1
        if target == END:
            last: tuple[Point, ...] = ((grid.rights[column] + m.FAN_GAP, at),)
        else:
            last = _arrive(target, at, grid)
        half = extents[target][1] / 2 if single else 0.0
        below = at < y or (index == 0 and at == y)
        top = at + half + m.LABEL_AWAY if below else at - half - m.LABEL_AWAY - m.LABEL
        label = Rect(fan - 12.0, top, edge - fan + 12.0, m.LABEL)
        key = None if target == END else bones.keys[target]
        found.append(Connector(Place(bones.keys[node], name), key, (start, *turn, *last), label))
    return found


def _bounds(rects: dict[str, Rect], connectors: Sequence[Connector]) -> Rect:
    left = min(rect.x for rect in rects.values())
    top = min(rect.y for rect in rects.values())
    right = max(rect.right for rect in rects.values())
    bottom = max(rect.bottom for rect in rects.values())
    for connector in connectors:
        for x, y in connector.points:
            right, top, bottom = max(right, x), min(top, y), max(bottom, y)
        if connector.label is not None:
            top, bottom = min(top, connector.label.y), max(bottom, connector.label.bottom)
    return Rect(left, top, right - left, bottom - top)
