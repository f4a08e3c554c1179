"""Decides the arrivals that a paused journey kept, once it goes on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from app.engine.admit import NEVER, History, admit
from app.engine.contract import MUTED
from app.engine.facts import Decided, Fired
from app.engine.running import Listening, RunningVersion
from app.engine.walk import Before, chance_of, walk
from app.events.fire_event import FireEvent, Origin
from app.kernel.ids import new_guid
from app.services.admission import Pair
from app.services.event_log import StoredEvent
from app.services.news import ContactsMoved
from app.services.ports import UnitOfWork
from app.services.stored_versions import StoredVersions, load
from app.services.workspace import Workspace

AT_ONCE = 200
"""Arrivals in one transaction: other writers wait for it."""


def release_arrivals(ws: Workspace) -> int:
    """Decide every kept arrival whose journey is not paused any more, in their order; how many there were.

    Those of a journey that was stopped meanwhile are refused. Several processes may do this at once.
    """
    total = 0
    while True:
        with ws.unit_of_work() as work:
            events = work.stays.queued(AT_ONCE)
            released = _decide(work, events, ws.clock.now())
            if released:
                work.stays.decide_again(released)
                work.commit()
        if released:
            ws.bus.publish(
                ContactsMoved(tuple({each.version.journey.id for fired in released for each in fired.decisions}))
            )
        total += len(released)
        if len(events) < AT_ONCE:
            return total


def _decide(work: UnitOfWork, events: Sequence[StoredEvent], now: datetime) -> list[Fired]:
    versions = StoredVersions(work)
    statuses = work.stays.statuses({event.contact_key for event in events})
    pairs = sorted({(each.journey_id, event.contact_key) for event in events for each in event.decisions})
    known: dict[Pair, History] = dict(work.stays.histories(pairs)) if pairs else {}
    released = []
    for event in events:
        fired = _fired(versions, event, now)
        fired.muted = statuses.get(event.contact_key) == MUTED
        decided = []
        for each in event.decisions:
            version = versions.get(each.version_id)
            if version is not None:
                decided.append(_decide_one(work, fired, version, known))
        fired.decisions = tuple(decided)
        released.append(fired)
    return released


def _fired(versions: StoredVersions, event: StoredEvent, now: datetime) -> Fired:
    """The event as it came, decided now."""
    fire = FireEvent(
        event.id, event.contact_key, event.event_definition_key, origin=Origin(event.origin), test=event.test
    )
    listening = None
    for each in event.decisions:
        version = versions.get(each.version_id)
        if version is not None:
            listening = Listening(version.event, version.catalog.event)
    values = load(event.data, listening.data_extension) if listening else {}
    return Fired(fire, now, listening, values=values)


def _decide_one(work: UnitOfWork, fired: Fired, version: RunningVersion, known: dict[Pair, History]) -> Decided:
    contact, now = fired.event.contact_key, fired.received_at
    record = dict(fired.values)
    for home in version.linked:
        rows = work.stays.linked_rows(home, {contact})
        record = {**rows.get(contact, {}), **record}
    pair = (version.journey.id, contact)
    history = known.get(pair, NEVER)
    reason = admit(version, record, now, lambda: history)
    if reason is not None:
        return Decided(version, reason, record, history)
    membership_id = new_guid()
    before, chance = Before(membership_id, test=fired.event.test), chance_of(membership_id)
    stretch = walk(version, contact, record, version.journey.first, now, chance, muted=fired.muted, before=before)
    stays = stretch.wait_until is not None
    known[pair] = replace(history, entered=history.entered + 1, inside=history.inside + stays)
    return Decided(version, None, record, history, membership_id, stretch)
