"""Keys and names of new activities."""

from __future__ import annotations

from collections.abc import Container

from app.journey.activities import activity_type
from app.journey.journey import Activity, Journey


class KeyMaker:
    """Gives keys that are free, each once: `PREFIX-1`, `PREFIX-2`, ... (the original's form; reference, 4.3)."""

    def __init__(self, taken: Container[str]) -> None:
        self._taken = taken
        self._last: dict[str, int] = {}

    def next(self, prefix: str) -> str:
        """The first key of that prefix that is not taken and was not given yet."""
        number = self._last.get(prefix, 0) + 1
        while f"{prefix}-{number}" in self._taken:
            number += 1
        self._last[prefix] = number
        return f"{prefix}-{number}"


def fresh_key(prefix: str, taken: Container[str]) -> str:
    """The first key of that prefix that is not taken."""
    return KeyMaker(taken).next(prefix)


def new_activity(journey: Journey, type_key: str, name: str = "") -> Activity:
    """A new tile of that type, not yet in the journey, with a key that is free in it."""
    kind = activity_type(type_key)
    return kind.make(fresh_key(kind.key_prefix, journey.activities), name)
