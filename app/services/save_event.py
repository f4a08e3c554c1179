"""Make or change an event."""

from __future__ import annotations

from dataclasses import replace

from app.events.event_definition import EventDefinition
from app.events.key import check_key
from app.journey.journey import Status
from app.kernel.errors import Conflict, InvalidInput, NotFound, Problem
from app.kernel.ids import new_guid
from app.kernel.names import name_problem, one_line
from app.kernel.said import listed, said
from app.services.ports import UnitOfWork
from app.services.workspace import Workspace


def save_event(ws: Workspace, event: EventDefinition) -> EventDefinition:
    """Keep an event; what was kept (an empty `id` gets one). `activated` is the workspace's own and is not taken over.

    Raises InvalidInput with all problems of name, key and data extension; Conflict for a change that an active event
    does not allow.
    """
    with ws.unit_of_work() as work:
        kept = save_event_in(work, event, ws)
        work.commit()
    return kept


def save_event_in(work: UnitOfWork, event: EventDefinition, ws: Workspace) -> EventDefinition:
    """The same inside an open unit of work, without the commit."""
    stored = _stored(work, event.id)
    kept = replace(
        event,
        id=event.id or new_guid(),
        name=one_line(event.name),
        key=event.key.strip(),
        activated=stored is not None and stored.activated,
    )
    problems = _check(work, kept)
    if problems:
        raise InvalidInput(problems[0].message, problems, where=problems[0].where, hint=problems[0].hint)
    if stored is not None:
        _check_change(work, stored, kept)
    work.events.save(kept, ws.clock.now())
    work.changed("events", "running")
    return kept


_NULL = {
    "description": said("The description has a null character."),
    "criteria": said("The criteria has a null character."),
}


def _stored(work: UnitOfWork, event_id: str) -> EventDefinition | None:
    try:
        return work.events.get(event_id) if event_id else None
    except NotFound:
        return None


def _check(work: UnitOfWork, event: EventDefinition) -> tuple[Problem, ...]:
    of_name = name_problem(event.name, said("The event has no name."), "Cart abandoned")
    problems = [of_name] if of_name is not None else []
    for where, text in (("description", event.description), ("criteria", event.criteria)):
        if "\0" in text:
            hint = said("Take it out: no database keeps it in a text.")
            problems.append(Problem("null_character", _NULL[where], where, hint))

    def taken(key: str) -> bool:
        other = work.events.find(key)
        return other is not None and other.id != event.id

    problems += [replace(problem, where="key") for problem in check_key(event.key, taken)]
    if event.data_extension_id is not None:
        try:
            work.data_extensions.get(event.data_extension_id)
        except NotFound as missing:
            problems.append(
                Problem("no_data_extension", missing.message, "data_extension", said("Choose another one."))
            )
    return tuple(problems)


def _check_change(work: UnitOfWork, stored: EventDefinition, event: EventDefinition) -> None:
    if stored.activated and stored.key != event.key:
        raise Conflict(
            said("The key of {name} cannot change: a journey that listens to it was activated.", name=stored.name),
            where="key",
            hint=said("Programs may call it by that key. Make another event for another key."),
        )
    if stored.data_extension_id == event.data_extension_id:
        return
    going = [name for name, status in work.journeys.by_event().get(event.id, ()) if status is not Status.DRAFT]
    if going:
        raise Conflict(
            said(
                "The data extension of {name} cannot change while {going} listens to it.",
                name=stored.name,
                going=listed(going),
            ),
            where="data_extension",
            hint=said("Stop the journey first, or make another event."),
        )
