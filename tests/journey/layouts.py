"""What holds for every layout, and how to count crossings."""

from __future__ import annotations

from itertools import pairwise

from app.journey.journey import ENTRY, Journey
from app.journey.layout import Connector, Layout, Rect


def size(key: str) -> tuple[float, float]:
    """The sizes of the drawing."""
    return (278.0, 246.0) if key == ENTRY else (190.0, 64.0)


def overlapping(layout: Layout) -> list[tuple[str, str]]:
    """Pairs of tiles that overlap."""
    found = []
    active: list[tuple[str, Rect]] = []
    for key, rect in sorted(layout.rects.items(), key=lambda item: item[1].x):
        active = [(other, each) for other, each in active if each.right > rect.x]
        found += [(other, key) for other, each in active if each.y < rect.bottom and rect.y < each.bottom]
        active.append((key, rect))
    return found


def backwards(journey: Journey, layout: Layout) -> list[Connector]:
    """Connectors that do not run to the right, or whose ends are not at their tiles."""
    found = []
    for connector in layout.connectors:
        points = connector.points
        start = layout.rects[connector.place.source]
        wrong = any(later[0] < earlier[0] for earlier, later in pairwise(points))
        wrong |= any(a[0] != b[0] and a[1] != b[1] for a, b in pairwise(points))
        wrong |= points[0] != (start.right, start.middle) or len(points) < 2
        if connector.target is not None:
            end = layout.rects[connector.target]
            wrong |= points[-1] != (end.x, end.middle)
        if wrong:
            found.append(connector)
    return found


def through_tiles(layout: Layout) -> list[tuple[Connector, str]]:
    """Connectors that pass through a tile (touching the tiles at their ends is what they are for)."""
    found = []
    for connector in layout.connectors:
        for (x1, y1), (x2, y2) in pairwise(connector.points):
            low, high = min(y1, y2), max(y1, y2)
            for key, rect in layout.rects.items():
                if x1 < rect.right and x2 > rect.x and low < rect.bottom and high > rect.y:
                    found.append((connector, key))
    return found


Segment = tuple[float, float, float, Connector]


def segments(layout: Layout) -> tuple[list[Segment], list[Segment]]:
    """Horizontal (y, x1, x2) and vertical (x, y1, y2) stretches of all connectors."""
    across, down = [], []
    for connector in layout.connectors:
        for (x1, y1), (x2, y2) in pairwise(connector.points):
            if y1 == y2:
                across.append((y1, x1, x2, connector))
            else:
                down.append((x1, min(y1, y2), max(y1, y2), connector))
    return across, down


def related(one: Connector, other: Connector) -> bool:
    """Whether two connectors leave one tile or reach one tile: they may share a stretch."""
    return one.place.source == other.place.source or (one.target is not None and one.target == other.target)


def crossings(layout: Layout) -> int:
    """Pairs of connectors that cross, or lie on each other, with nothing in common."""
    across, down = segments(layout)
    pairs = set()
    for x, low, high, one in down:
        for y, left, right, other in across:
            if left < x < right and low < y < high and not related(one, other):
                pairs.add(frozenset((id(one), id(other))))
    for lines in (across, down):
        lines.sort(key=lambda line: line[:3])
        for index, (at, _, end, one) in enumerate(lines):
            for later_at, later_begin, _, other in lines[index + 1 :]:
                if later_at != at or later_begin >= end:
                    break
                if not related(one, other):
                    pairs.add(frozenset((id(one), id(other))))
    return len(pairs)
