"""What becomes of a contact that the filter lets pass, in the words of the place where the filter stands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from app.ui.translation import tr, trn


@dataclass(frozen=True, slots=True)
class Passing:
    """`yes` and `no` are the verdict about one contact; `share` says of how many rows it is, below the number."""

    yes: str
    no: str
    share: Callable[[int], str]


def enters() -> Passing:
    """At the entry of a journey."""
    return Passing(
        tr("would enter"),
        tr("would not enter"),
        lambda total: trn("of {n} row would enter.", "of {n} rows would enter.", total),
    )


def goes() -> Passing:
    """At a path of a split."""
    return Passing(
        tr("would go this way"),
        tr("would not go this way"),
        lambda total: trn("of {n} row would go this way.", "of {n} rows would go this way.", total),
    )


def meets() -> Passing:
    """At a goal or an exit criterion."""
    return Passing(
        tr("would meet it"),
        tr("would not meet it"),
        lambda total: trn("of {n} row would meet it.", "of {n} rows would meet it.", total),
    )
