"""Percentages that always sum to 100."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from app.journey.journey import Outcome


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


def shares_of(outcomes: Sequence[Outcome]) -> list[int]:
    """The percentages of outcomes; 0 where there is none that can be read."""
    return [_share(outcome.settings.get("percentage")) for outcome in outcomes]


def by_chance(outcomes: Sequence[Outcome], chance: float) -> Outcome:
    """The outcome that a number in [0, 1) points to; the last where the percentages do not reach that far."""
    at = chance * 100
    for outcome, share in zip(outcomes, shares_of(outcomes), strict=True):
        at -= share
        if at < 0:
            return outcome
    return outcomes[-1]


def with_shares(outcomes: Sequence[Outcome], shares: Sequence[int]) -> tuple[Outcome, ...]:
    """The outcomes with those percentages."""
    return tuple(
        replace(outcome, settings={**outcome.settings, "percentage": share})
        for outcome, share in zip(outcomes, shares, strict=True)
    )


def _share(value: Any) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 100 else 0
