"""An event definition as plain JSON values: how the workspace keeps one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.events.event_definition import EventDefinition
from app.kernel.errors import InvalidInput, Problem
from app.kernel.said import said


def to_document(event: EventDefinition) -> dict[str, Any]:
    """Plain JSON values."""
    return {
        "id": event.id,
        "key": event.key,
        "name": event.name,
        "description": event.description,
        "data_extension_id": event.data_extension_id,
        "activated": event.activated,
        "criteria": event.criteria,
        "extra": dict(event.extra),
    }


def from_document(document: Mapping[str, Any]) -> EventDefinition:
    """The event of such a document. Raises InvalidInput with the place of every wrong member."""
    problems = [
        Problem("wrong_type", said("{name} must be a text.", name=name), where=name)
        for name in ("id", "key", "name", "description", "criteria")
        if not isinstance(document.get(name, "" if name in ("description", "criteria") else None), str)
    ]
    home = document.get("data_extension_id")
    if home is not None and not isinstance(home, str):
        problems.append(Problem("wrong_type", said("data_extension_id must be a text."), where="data_extension_id"))
    if not isinstance(document.get("activated", False), bool):
        problems.append(Problem("wrong_type", said("activated must be true or false."), where="activated"))
    if not isinstance(document.get("extra", {}), dict):
        problems.append(Problem("wrong_type", said("extra must be an object."), where="extra"))
    if problems:
        raise InvalidInput(said("The event definition cannot be read."), tuple(problems))
    return EventDefinition(
        id=document["id"],
        key=document["key"],
        name=document["name"],
        data_extension_id=home,
        description=document.get("description", ""),
        activated=document.get("activated", False),
        criteria=document.get("criteria", ""),
        extra=document.get("extra", {}),
    )
