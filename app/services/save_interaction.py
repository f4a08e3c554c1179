"""Keep a journey that came as the original's JSON: a new one, or a change of a draft."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from app.events.event_definition import EventDefinition
from app.exchange.interaction_reader import read_interaction
from app.filters.catalog import Catalog
from app.journey.journey import Journey, Status
from app.journey.rules.names import ILLEGAL
from app.kernel.errors import Conflict, InvalidInput, NotFound, Problem, Taken
from app.kernel.ids import new_guid
from app.services.ports import UnitOfWork, Version
from app.services.read_interaction import find_journey
from app.services.workspace import Workspace

STALE = "Another user recently modified this journey"
"""The original's words (reference, 4.1)."""

ILLEGAL_CHARACTERS = "121072"


def create_interaction(ws: Workspace, document: Mapping[str, Any]) -> str:
    """A new journey; its id. Raises InvalidInput, and Taken for a key that is there."""
    now = ws.clock.now()
    with ws.unit_of_work() as work:
        journey = _read(work, document, new_guid())
        taken = any(card.key.lower() == journey.key.lower() for card in work.journeys.cards())
        if taken:
            raise Taken(f"A journey with the key {journey.key[:200]} already exists.", where="key")
        work.journeys.add(Version(new_guid(), journey, number=1, status=Status.DRAFT, saved_at=now), now)
        work.changed("journeys", "running")
        work.commit()
    return journey.id


def change_interaction(ws: Workspace, document: Mapping[str, Any], modified_at: datetime | None) -> str:
    """Change the draft of the journey that the document names by id or key; its id. A journey whose newest version is
    active gets a new draft.

    Raises NotFound, InvalidInput, and Conflict when the draft was changed after `modified_at`, the moment that the
    caller's copy bears.
    """
    now = ws.clock.now()
    with ws.unit_of_work() as work:
        card = find_journey(work, journey_id=_text(document, "id"), key=_text(document, "key"))
        newest = work.journeys.version(card.id)
        if modified_at is not None and modified_at != _to_millisecond(newest.saved_at):
            raise Conflict(STALE, where="modifiedDate")
        journey = _read(work, document, card.id)
        if newest.status is Status.DRAFT:
            work.journeys.save(replace(newest, journey=journey, history={}, saved_at=now), now)
        else:
            number = work.journeys.next_number(card.id)
            work.journeys.add(Version(new_guid(), journey, number, status=Status.DRAFT, saved_at=now), now)
        work.changed("journeys", "running")
        work.commit()
    return card.id


def _to_millisecond(at: datetime) -> datetime:
    return at.replace(microsecond=at.microsecond // 1000 * 1000)


def _read(work: UnitOfWork, document: Mapping[str, Any], journey_id: str) -> Journey:
    def find_event(event_id: str, key: str) -> tuple[EventDefinition, Catalog] | None:
        event = work.events.find(key) if key else None
        if event is None and event_id:
            try:
                event = work.events.get(event_id.lower())
            except NotFound:
                return None
        if event is None:
            return None
        schemas = work.data_extensions.all()
        own = next((each for each in schemas if each.id == event.data_extension_id), None)
        return event, Catalog(own, tuple(each for each in schemas if each.link))

    _check_names(document)
    return read_interaction(document, journey_id, find_event)


def _check_names(document: Mapping[str, Any]) -> None:
    problems = []
    for name in ("key", "name"):
        if not _text(document, name).strip():
            raise InvalidInput(f"The required parameter {name} is missing.", where=name)
    for name in ("name", "description"):
        if any(character in ILLEGAL for character in _text(document, name)):
            message = f"Interaction {name.capitalize()} contains illegal characters..."
            problems.append(Problem(ILLEGAL_CHARACTERS, message, name))
    if problems:
        raise InvalidInput("Validation Errors Occurred!", tuple(problems))


def _text(document: Mapping[str, Any], name: str) -> str:
    value = document.get(name)
    return value if isinstance(value, str) else ""
