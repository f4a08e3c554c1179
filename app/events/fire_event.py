"""What every door (HTTP, test panel, command line) hands to admission."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Origin(StrEnum):
    """Where an event came from."""

    API = "api"
    WINDOW = "window"
    CLI = "cli"


@dataclass(frozen=True, slots=True)
class FireEvent:
    """One event for one contact. `data` maps names of fields to JSON values as they came; `instance_id` is a guid.

    With an `idempotency_key` that an earlier event had, nothing happens again and the first answer is given.
    `test` marks what *Clear test contacts* undoes. `dry_run` decides and explains and writes nothing; with
    `supposing`, a draft version's id, it decides as if that version were its journey's active one.
    """

    instance_id: str
    contact_key: str
    event_definition_key: str
    data: Mapping[str, Any] = field(default_factory=dict)
    origin: Origin = Origin.API
    test: bool = False
    dry_run: bool = False
    supposing: str = ""
    idempotency_key: str = ""
