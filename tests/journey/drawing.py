"""Journeys drawn by chance, as a marketer grows them: add at an open end, split, let two ends meet in one tile."""

from __future__ import annotations

import random

from app.journey.journey import Journey
from tests.journey.support import drawn, tile


def grown(
    tiles: int,
    joins: float,
    seed: int,
    *,
    planar: bool = False,
    near: int | None = None,
    ways_out: tuple[int, ...] = (1, 1, 1, 2, 2, 3),
) -> Journey:
    """A journey of that many tiles; `joins` is the chance that the next tile joins two ends: neighbours if `planar`,
    at most `near` apart where that is said, else any. A tile has one of `ways_out`, by chance.

    Two neighbouring ends can always meet without a crossing, so a planar journey can be drawn without any.
    """
    chance = random.Random(seed)
    following: dict[str, list[str | None]] = {}
    ends: list[tuple[str, int]] = [("", 0)]
    for number in range(tiles):
        key = f"T{number}"
        at = chance.randrange(len(ends))
        other = at
        if len(ends) > 1 and chance.random() < joins:
            other = _other(chance, at, len(ends), near, planar=planar)
        upper, lower = sorted((at, other))
        for source, outcome in {ends[upper], ends[lower]}:
            if source:
                following[source][outcome] = key
        ways = 1 if upper != lower else chance.choice(ways_out)
        following[key] = [None] * ways
        if upper != lower:
            del ends[lower]
        ends[upper : upper + 1] = [(key, way) for way in range(ways)]
    return drawn("T0", *[tile(key, *ways) for key, ways in following.items()])


def _other(chance: random.Random, at: int, count: int, near: int | None, *, planar: bool) -> int:
    """Another end, or by chance the same one."""
    if planar:
        return at + 1 if at + 1 < count else at - 1
    if near is None:
        return chance.randrange(count)
    return min(count - 1, max(0, at + chance.choice((-1, 1)) * chance.randint(1, near)))
