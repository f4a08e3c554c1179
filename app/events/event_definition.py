"""The event definition: the name under which an API call reaches the journeys that listen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class EventDefinition:
    """An API event. `key` is the Event Definition Key of the call; it can change until `activated`.

    `criteria` is the filter XML that an imported event brought of its own, kept and ANDed with the entry filter.
    `extra` are members of the original's JSON that are only kept for the clients that sent them: icon, mode, metadata.
    """

    id: str
    key: str
    name: str
    data_extension_id: str | None
    description: str = ""
    activated: bool = False
    criteria: str = ""
    extra: Mapping[str, Any] = field(default_factory=dict, hash=False)
