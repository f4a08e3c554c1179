"""Activate a draft: from then on it takes contacts in, and changes no more."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import msgspec

from app.data_extensions.data_extension import DataExtension
from app.filters.catalog import Catalog
from app.journey.context import JourneyContext
from app.journey.document import to_document
from app.journey.journey import ENTRY, Journey, Status
from app.journey.rules import validate
from app.kernel.errors import Conflict, InvalidInput, Problem, Severity
from app.kernel.said import bare, counted, said
from app.services.journey_context import context_of
from app.services.journeys import opened
from app.services.ports import Frozen, UnitOfWork, Version
from app.services.views import OpenJourney
from app.services.workspace import Workspace

MAX_JOURNEYS = 10
"""So many journeys may listen to one event (reference, 2.2)."""

_LIVE = (Status.RUNNING, Status.PAUSED)


def activate_journey(ws: Workspace, journey_id: str) -> OpenJourney:
    """Freeze the draft with its event, schemas and filters; the version that ran so far finishes with its contacts.

    Raises InvalidInput with all `problems` that block it, Conflict when the newest version is no draft, NotFound.
    """
    with ws.unit_of_work() as work:
        result = opened(work, activate_in(work, journey_id, ws.clock.now()))
        work.commit()
    return result


def activate_in(work: UnitOfWork, journey_id: str, now: datetime) -> Version:
    """The same inside an open unit of work, without the commit; the active version."""
    draft = work.journeys.version(journey_id)
    if draft.status is not Status.DRAFT:
        raise Conflict(
            said(
                "Version {number} of {name} is not a draft: it was activated before.",
                number=draft.number,
                name=draft.journey.name,
            ),
            where=journey_id,
            hint=said("Make a new version, and activate that."),
        )
    context = context_of(work, draft.journey, now)
    problems = [each for each in validate(draft.journey, context) if each.severity is Severity.ERROR]
    problems += _check_listeners(work, draft.journey)
    if problems:
        message = counted(
            "{name} cannot be activated: one problem.",
            "{name} cannot be activated: {n} problems.",
            len(problems),
            name=draft.journey.name,
        )
        raise InvalidInput(message, tuple(problems))
    work.changed("journeys", "events", "running")
    return _activate(work, draft, context, now)


def activation_problems(ws: Workspace, journey: Journey) -> tuple[Problem, ...]:
    """All that is wrong or doubtful with a draft, and that too many journeys listen to its event already."""
    with ws.unit_of_work(writes=False) as work:
        return (*validate(journey, context_of(work, journey, ws.clock.now())), *_check_listeners(work, journey))


def _check_listeners(work: UnitOfWork, journey: Journey) -> list[Problem]:
    event_id = journey.entry.event_definition_id if journey.entry else None
    others = [
        each.journey.name
        for each in work.journeys.listening()
        if each.status in _LIVE
        and each.journey.id != journey.id
        and each.journey.entry is not None
        and each.journey.entry.event_definition_id == event_id
    ]
    if len(others) < MAX_JOURNEYS:
        return []
    message = counted(
        "{n} journey listens to this event already, and an event reaches at most {most}.",
        "{n} journeys listen to this event already, and an event reaches at most {most}.",
        len(others),
        most=MAX_JOURNEYS,
    )
    return [
        Problem(
            "too_many_listeners", message, ENTRY, said("Stop one of them, or give this journey an event of its own.")
        )
    ]


def _activate(work: UnitOfWork, draft: Version, context: JourneyContext, now: datetime) -> Version:
    event = context.event
    assert event is not None, "a journey without an event does not pass validation"
    for number, status in work.journeys.numbers(draft.journey.id):
        if status in _LIVE:
            work.journeys.set_status(work.journeys.version(draft.journey.id, number).id, Status.FINISHING, now)
    if not event.activated:
        event = replace(event, activated=True)
        work.events.save(event, now)
    active = replace(
        draft,
        status=Status.RUNNING,
        activated_at=now,
        history={},
        frozen=Frozen(event, context.schema, _asked(draft.journey, context.catalog)),
    )
    work.journeys.save(active, now)
    return active


def _asked(journey: Journey, catalog: Catalog) -> tuple[DataExtension, ...]:
    """The linked data extensions that the journey names anywhere: their ids are guids, so that text is proof."""
    text = msgspec.json.encode(to_document(journey), enc_hook=bare).decode()
    return tuple(each for each in catalog.linked if each.id in text)
