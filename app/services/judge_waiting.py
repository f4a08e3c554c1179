"""Asks the criteria that are judged everywhere of the contacts that wait, as the original does at intervals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from app.engine.decision import PathStep
from app.engine.walk import Stretch, judge_waiting
from app.journey.criteria import judged_everywhere
from app.journey.journey import Activity
from app.services.event_log import StoredStay
from app.services.known_stays import known_stays
from app.services.ports import UnitOfWork, Version
from app.services.stays import Advanced
from app.services.stored_versions import StoredVersions
from app.services.workspace import Workspace

INTERVALS: Mapping[str, timedelta] = {"exit_criteria": timedelta(minutes=15), "goal": timedelta(hours=24)}
"""By type of the tile, how often contacts that wait are asked (reference, 4.3)."""

READ_AT_ONCE = 1000
"""Contacts that are asked together, without a lock."""

MOVED_AT_ONCE = 200
"""Contacts in one transaction that writes: other writers wait for it."""


def judged_at(work: UnitOfWork, kind: str) -> datetime | None:
    """When contacts that wait were last asked by tiles of that type; None: never."""
    stored = work.facts.get(f"judged_at.{kind}")
    return datetime.fromisoformat(stored) if stored else None


def judge_all_waiting(ws: Workspace) -> int:
    """Ask everybody who waits, of the types whose interval is over; how many left or met a goal.

    Several processes may do this at once: each interval belongs to one of them. Journeys without such tiles are not
    looked into, and nothing is locked for contacts for whom nothing is new.
    """
    kinds = _claim(ws)
    if not kinds:
        return 0
    with ws.unit_of_work(writes=False) as work:
        versions = [(version, tiles) for version in work.journeys.active() if (tiles := _tiles(version, kinds))]
    return sum(_judge_version(ws, version, tiles) for version, tiles in versions)


def _claim(ws: Workspace) -> frozenset[str]:
    now = ws.clock.now()
    with ws.unit_of_work(writes=False) as work:
        if not _over(work, now):
            return frozenset()
    with ws.unit_of_work() as work:
        kinds = _over(work, now)
        for kind in kinds:
            work.facts.set(f"judged_at.{kind}", now.isoformat())
        work.commit()
    return kinds


def _over(work: UnitOfWork, now: datetime) -> frozenset[str]:
    return frozenset(
        kind
        for kind, interval in INTERVALS.items()
        if (last := judged_at(work, kind)) is None or last + interval <= now
    )


def _tiles(version: Version, kinds: frozenset[str]) -> tuple[str, ...]:
    activities = version.journey.activities.values()
    return tuple(each.key for each in activities if each.type in kinds and judged_everywhere(each))


def _judge_version(ws: Workspace, version: Version, tiles: Sequence[str]) -> int:
    total, after = 0, (ws.clock.now(), "")
    while True:
        with ws.unit_of_work(writes=False) as work:
            stays = work.stays.waiting(version.journey.id, version.id, after, READ_AT_ONCE)
            ids = [each.stay.id for each in _news(work, stays, tiles, ws.clock.now())]
        for first in range(0, len(ids), MOVED_AT_ONCE):
            total += _move(ws, ids[first : first + MOVED_AT_ONCE], tiles)
        if len(stays) < READ_AT_ONCE:
            return total
        due_at = stays[-1].due_at
        assert due_at is not None, "who waits is due some time"
        after = (due_at, stays[-1].id)


def _move(ws: Workspace, ids: Sequence[str], tiles: Sequence[str]) -> int:
    """Ask again, now that nobody else can lead these contacts on, and write what is new."""
    with ws.unit_of_work() as work:
        news = _news(work, work.stays.held(ids), tiles, ws.clock.now())
        work.stays.advance(news)
        if news:
            work.changed("contacts")
            work.commit()
    return len(news)


def _news(work: UnitOfWork, stays: Sequence[StoredStay], tiles: Sequence[str], now: datetime) -> list[Advanced]:
    found = []
    for each in known_stays(work, stays, StoredVersions(work)) if stays else ():
        asked: list[Activity] = [tile for tile in each.version.judged_everywhere if tile.key in tiles]
        stretch = judge_waiting(each.version, asked, each.stay.contact_key, each.record, now, each.before)
        if stretch is not None:
            found.append(Advanced(each.stay, each.version, _waiting_on(each.stay, stretch, now), now))
    return found


def _waiting_on(stay: StoredStay, stretch: Stretch, now: datetime) -> Stretch:
    """A stretch of a contact that met a goal and goes on waiting, with the wait at its end."""
    if stretch.activity:
        return stretch
    wait = PathStep(stay.activity_key, stay.outcome, "waiting", "", now, stay.due_at)
    return replace(
        stretch,
        steps=(*stretch.steps, wait),
        activity=stay.activity_key,
        wait_until=stay.due_at,
        outcome=stay.outcome,
    )
