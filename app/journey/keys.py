"""Keys and names of new activities."""

from __future__ import annotations

from collections.abc import Container

from app.journey.activities import activity_type
from app.journey.journey import Activity, Journey


def fresh_key(prefix: str, taken: Container[str]) -> str:
    """The first of `PREFIX-1`, `PREFIX-2`, ... that is not taken (the original's form; reference, 4.3)."""
    number = 1
    while f"{prefix}-{number}" in taken:
        number += 1
    return f"{prefix}-{number}"


def new_activity(journey: Journey, type_key: str, name: str = "") -> Activity:
    """A new tile of that type, not yet in the journey, with a key that is free in it."""
    kind = activity_type(type_key)
    return kind.make(fresh_key(kind.key_prefix, journey.activities), name)
