"""Leads on the contacts whose wait is over."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from app.data_extensions.data_extension import DataExtension, Value
from app.engine.contract import MUTED
from app.engine.decision import PathStep
from app.engine.running import RunningVersion
from app.engine.walk import Before, Stretch, chance_of, follow, walk
from app.journey.activities import activity_type
from app.journey.calls import CallResult
from app.journey.journey import Status
from app.services.event_log import StoredStay
from app.services.ports import UnitOfWork
from app.services.stays import Advanced
from app.services.stored_versions import StoredVersions, load
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
    known = [(stay, version) for stay in stays if (version := versions.get(stay.version_id)) is not None]
    linked = _linked_rows(work, known)
    statuses = work.stays.statuses({stay.contact_key for stay, _ in known})
    ids = [stay.id for stay, _ in known]
    engaged, met, results = work.stays.engaged(ids), work.stays.met(ids), work.calls.results(ids)
    moved = []
    for stay, version in known:
        record: dict[str, Value] = {}
        for home in version.linked:
            record.update(linked[home.id].get(stay.contact_key, {}))
        record.update(load(stay.data, version.catalog.event))
        muted = statuses.get(stay.contact_key) == MUTED
        called = results.get(stay.id, {})
        before = Before(
            stay.id,
            stay.test,
            engaged=engaged.get(stay.id, frozenset()),
            met=met.get(stay.id, frozenset()),
            answers={tile: result.values for tile, result in called.items()},
        )
        result = called.get(stay.activity_key)
        moved.append(Advanced(stay, version, _walk_on(stay, version, record, now, muted, before, result), now))
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
        return Stretch((), fault=f"The tile {stay.activity_key!r} is not in the journey.")
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


def _linked_rows(
    work: UnitOfWork, known: Sequence[tuple[StoredStay, RunningVersion]]
) -> dict[str, Mapping[str, Mapping[str, Value]]]:
    homes: dict[str, DataExtension] = {}
    keys: dict[str, set[str]] = defaultdict(set)
    for stay, version in known:
        for home in version.linked:
            homes[home.id] = home
            keys[home.id].add(stay.contact_key)
    return {home_id: work.stays.linked_rows(homes[home_id], contacts) for home_id, contacts in keys.items()}
