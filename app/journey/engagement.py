"""What a contact did with a message: recorded by hand, since nothing leaves this computer. Pure."""

from __future__ import annotations

from collections.abc import Collection

OPEN = "open"
CLICK = "click"
BOUNCE = "bounce"

METRICS = (OPEN, CLICK, BOUNCE)
"""In the order in which they are shown."""


def with_mark(recorded: Collection[str], metric: str, *, on: bool) -> frozenset[str]:
    """What is recorded of a message after one mark was set or taken back.

    A click needs an opened message, and a message that bounced was neither opened nor clicked.
    """
    marks = set(recorded)
    if not on:
        return frozenset(marks - ({OPEN, CLICK} if metric == OPEN else {metric}))
    if metric == BOUNCE:
        return frozenset({BOUNCE})
    return frozenset((marks | ({OPEN, CLICK} if metric == CLICK else {metric})) - {BOUNCE})
