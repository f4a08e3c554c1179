"""Percentages that always sum to 100."""

from __future__ import annotations

from collections.abc import Sequence


def spread(count: int) -> list[int]:
    """100 in `count` whole parts that differ by one at most, the larger ones first."""
    share, rest = divmod(100, count)
    return [share + (index < rest) for index in range(count)]


def rebalance(shares: Sequence[int], changed: int, value: int) -> list[int]:
    """The shares after one was set to `value`: the others give or take in proportion, each at least 1, the sum 100."""
    others = [index for index in range(len(shares)) if index != changed]
    if not others:
        return [100]
    value = min(max(value, 1), 100 - len(others))
    room = 100 - value - len(others)
    before = [max(shares[index] - 1, 0) for index in others]
    weight = sum(before)
    exact = [room * each / weight if weight else room / len(others) for each in before]
    parts = [int(each) for each in exact]
    # What rounding left over goes to those that lost most by it; ties to the first.
    by_loss = sorted(range(len(others)), key=lambda index: (parts[index] - exact[index], index))
    for index in by_loss[: room - sum(parts)]:
        parts[index] += 1
    result = [0] * len(shares)
    result[changed] = value
    for index, part in zip(others, parts, strict=True):
        result[index] = part + 1
    return result
