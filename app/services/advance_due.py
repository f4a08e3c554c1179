"""Leads on the contacts whose wait is over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from app.data_extensions.data_extension import Value
from app.engine.decision import PathStep
from app.engine.running import RunningVersion
from app.engine.walk import Before, Stretch, chance_of, follow, no_tile, walk
from app.journey.activities import activity_type
from app.journey.calls import CallResult
from app.journey.journey import Status
from app.services.event_log import StoredStay
from app.services.known_stays import known_stays
from app.services.ports import UnitOfWork
from app.services.stays import Advanced
from app.services.stored_versions import StoredVersions
from app.services.workspace import Workspace

AT_ONCE = 200
"""Contacts in one transaction: other writers wait for it."""


def advance_due(ws: Workspace) -> int:
    """Lead on every contact whose wait is over, in transactions of some hundreds; how many there were.

    Several processes may do this at once: each stay is led on by exactly one of them.
    """
    total = 0
    while True:
        with ws.unit_of_work() as work:
            now = ws.clock.now()
            versions = StoredVersions(work)
            due = work.stays.due(now, AT_ONCE)
            ended = _end_stopped(work, due, versions, now)
            moved = _advance(work, [stay for stay in due if stay.version_id not in ended], versions, now)
            work.stays.advance(moved)
            if moved or ended:
                work.changed("contacts")  # the window learns of what the server's process led on
                work.commit()
        total += len(moved)
        if len(moved) < AT_ONCE:
            return total


def _end_stopped(
    work: UnitOfWork, stays: Sequence[StoredStay], versions: StoredVersions, now: datetime
) -> frozenset[str]:
    """Let contacts leave versions that were stopped; the ids of those versions. With several processes on PostgreSQL
    one may admit a contact in the very moment in which another stops the journey."""
    stopped = {
        (stay.journey_id, stay.version_id)
        for stay in stays
        if (version := versions.get(stay.version_id)) is not None and version.status is Status.STOPPED
    }
    for journey_id, version_id in sorted(stopped):
        work.stays.end("stopped", now, journey_id=journey_id, version_id=version_id)
    return frozenset(version_id for _, version_id in stopped)


def _advance(work: UnitOfWork, stays: Sequence[StoredStay], versions: StoredVersions, now: datetime) -> list[Advanced]:
    known = known_stays(work, stays, versions)
    results = work.calls.results([each.stay.id for each in known])
    moved = []
    for each in known:
        called = results.get(each.stay.id, {})
        before = replace(each.before, answers={tile: result.values for tile, result in called.items()})
        result = called.get(each.stay.activity_key)
        stretch = _walk_on(each.stay, each.version, each.record, now, each.muted, before, result)
        moved.append(Advanced(each.stay, each.version, stretch, now))
    return moved


def _walk_on(
    stay: StoredStay,
    version: RunningVersion,
    record: Mapping[str, Value],
    now: datetime,
    muted: bool,
    before: Before,
    result: CallResult | None,
) -> Stretch:
    activity = version.journey.activities.get(stay.activity_key)
    if activity is None:
        return Stretch((), fault=no_tile(stay.activity_key))
    said = None if activity.disabled else activity_type(activity.type).after_wait(activity, result)
    if said is None:
        start = follow(activity, stay.outcome)
        return walk(version, stay.contact_key, record, start, now, chance_of(stay.id), muted=muted, before=before)
    start = follow(activity, said.outcome)
    first = PathStep(activity.key, said.outcome, "done" if start else "ended", said.note, now)
    if start is None:
        return Stretch((first,), activity=activity.key)
    rest = walk(version, stay.contact_key, record, start, now, chance_of(stay.id), muted=muted, before=before)
    return replace(rest, steps=(first, *rest.steps))
