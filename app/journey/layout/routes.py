"""From blocks to pixels: columns, rectangles, and connectors as orthogonal lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from app.journey.layout import measures as m
from app.journey.layout.blocks import Block
from app.journey.layout.geometry import Connector, Layout, Point, Rect
from app.journey.layout.skeleton import END, Skeleton

_new = tuple.__new__
"""A named tuple's own constructor costs twice as much, and there are thousands."""

_LABEL_OUT = 12.0
"""How far a label begins before the line that it stands on."""


_LINE_HALF = 6.0
"""Half the height of what a label keeps away from where a path has no tile: the line, or the `+` at its end."""


@dataclass(slots=True)
class _Grid:
    """Where everything is, by node or by column."""

    ys: list[float]
    columns: list[int]
    paths: list[Sequence[float]]
    """By node the heights of its paths, from its own."""
    lefts: list[float] = field(default_factory=list)
    rights: list[float] = field(default_factory=list)
    merges: dict[int, float] = field(default_factory=dict)
    """How far before a joined tile its paths come together."""
    begin: list[float] = field(default_factory=list)
    """The left edge of each node's tile."""
    end: list[float] = field(default_factory=list)
    """The right edge of each node's tile."""


def draw(bones: Skeleton, extents: Sequence[tuple[float, float]], blocks: Sequence[Block | None]) -> Layout:
    """All rectangles and lines; `extents[n]` is the width and height of node n."""
    grid = _positions(bones, blocks)
    tracks = _merges(bones, grid)
    reach = _set_columns(bones, extents, grid, tracks)
    rects = {
        key: _new(Rect, (x, y - extent[1] / 2, extent[0], extent[1]))
        for key, x, y, extent in zip(bones.keys, grid.begin, grid.ys, extents, strict=True)
    }
    del rects[bones.keys[0]]
    connectors = _lines(bones, extents, grid)
    root = blocks[0]
    assert root is not None, "the root is never taken apart"
    top, bottom = grid.ys[0] + root.top, grid.ys[0] + root.bottom
    return Layout(rects, tuple(connectors), Rect(0.0, top, reach, bottom - top))


def _positions(bones: Skeleton, blocks: Sequence[Block | None]) -> _Grid:
    """Heights and columns from the blocks, the entry source (node 1) at height 0 in column 0."""
    number = bones.number
    count = len(bones.keys)
    ys, columns = [0.0] * count, [-1] * count
    paths: list[Sequence[float]] = [(0.0,)] * count
    for node, block in enumerate(blocks):
        if block is None:
            # Taken apart: its paths are told by the block that it stands in.
            continue
        y, column = ys[node], columns[node]
        for inner, down, across in block.children:
            child = number[inner]
            ys[child] = y + down
            columns[child] = column + across
        paths[node] = block.paths
        for inner, fan in block.opened:
            paths[number[inner]] = fan
    entry = ys[bones.targets[0][0]]
    if entry:
        ys = [y - entry for y in ys]
    return _Grid(ys, columns, paths)


def _merges(bones: Skeleton, grid: _Grid) -> dict[int, int]:
    """How many vertical tracks the paths that come together need before each column; sets each joined tile's own."""
    ports: dict[int, list[float]] = {target: [] for target, count in enumerate(bones.ways) if count > 1}
    for y, paths, targets in zip(grid.ys, grid.paths, bones.targets, strict=True):
        for path, target in zip(paths, targets, strict=True):
            if target in ports:
                ports[target].append(y + path)
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


def _set_columns(bones: Skeleton, extents: Sequence[tuple[float, float]], grid: _Grid, tracks: dict[int, int]) -> float:
    """Set where columns and tiles begin and end; gives the x up to which there is anything."""
    columns = grid.columns
    count = max(columns) + 1
    widths = [0.0] * count
    fans = [False] * count
    for node in range(1, len(extents)):
        column = columns[node]
        width = extents[node][0]
        if width > widths[column]:
            widths[column] = width
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
    lefts = grid.lefts
    grid.begin = [lefts[column] if column >= 0 else 0.0 for column in columns]
    grid.end = [left + extent[0] for left, extent in zip(grid.begin, extents, strict=True)]
    return max([grid.rights[-1] + m.STUB, *[grid.rights[at] + m.FAN_GAP for at in range(count) if fans[at]]])


def _lines(bones: Skeleton, extents: Sequence[tuple[float, float]], grid: _Grid) -> list[Connector]:
    """The connectors of all tiles."""
    keys, ys, begin, merges = bones.keys, grid.ys, grid.begin, grid.merges
    found: list[Connector] = []
    for node in range(1, len(keys)):
        ahead, y = bones.targets[node], ys[node]
        if len(ahead) > 1:
            found += _fan(bones, node, extents, grid)
        elif ahead:
            target, right, place = ahead[0], grid.end[node], bones.places[node][0]
            if target == END:
                found.append(_new(Connector, (place, None, ((right, y), (right + m.STUB, y)), None)))
                continue
            left, to = begin[target], ys[target]
            points: tuple[Point, ...]
            if to == y:
                points = ((right, y), (left, y))
            else:
                turn = left - merges[target]
                points = ((right, y), (turn, y), (turn, to), (left, to))
            found.append(_new(Connector, (place, keys[target], points, None)))
    return found


def _fan(bones: Skeleton, node: int, extents: Sequence[tuple[float, float]], grid: _Grid) -> list[Connector]:
    """The connectors of a tile with several ways out."""
    keys, ways, columns, begin = bones.keys, bones.ways, grid.columns, grid.begin
    y, column = grid.ys[node], grid.columns[node]
    right = grid.rights[column]
    fan = right + m.FAN
    edge = grid.rights[column + 1] if column + 1 < len(grid.rights) else fan + m.LANE_COLUMN
    left, width = fan - _LABEL_OUT, edge - fan + _LABEL_OUT
    start, parting = (grid.end[node], y), (fan, y)
    found: list[Connector] = []
    for place, target, path in zip(bones.places[node], bones.targets[node], grid.paths[node], strict=True):
        at = y + path
        half = _LINE_HALF
        points: tuple[Point, ...]
        following: str | None = None
        if target == END:
            end = (right + m.FAN_GAP, at)
        else:
            end = (begin[target], at)
            following = keys[target]
            if ways[target] == 1 and columns[target] == column + 1:
                half = extents[target][1] / 2
        points = (start, end) if at == y else (start, parting, (fan, at), end)
        if target != END and grid.ys[target] != at:
            to = grid.ys[target]
            turn = end[0] - grid.merges[target]
            points = (*points[:-1], (turn, at), (turn, to), (end[0], to))
        below = at < y or (at == y and not found)
        top = at + half + m.LABEL_AWAY if below else at - half - m.LABEL_AWAY - m.LABEL
        found.append(_new(Connector, (place, following, points, _new(Rect, (left, top, width, m.LABEL)))))
    return found
