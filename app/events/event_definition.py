"""The event definition: the name under which an API call reaches the journeys that listen."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class EventDefinition:
    """An API event. `key` is the Event Definition Key of the call; it can change until `activated`.

    `criteria` is the filter XML that an imported event brought of its own, kept and ANDed with the entry filter.
    """

    id: str
    key: str
    name: str
    data_extension_id: str | None
    description: str = ""
    activated: bool = False
    criteria: str = ""
