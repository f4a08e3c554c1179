"""Search what journeys decided and what contacts did in them, row by row."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from app.engine.decision import PathStep
from app.journey.journey import Journey
from app.kernel.errors import NotFound
from app.kernel.said import said
from app.services.event_log import DecidedRow, DecidedSearch
from app.services.ports import UnitOfWork
from app.services.workspace import Workspace

MOST_ROWS = 10_000
"""Rows of one search, over all its pages: the original finds no more (reference, 4.6). Of the contacts' ways those of
as many newest entries are looked through."""

Fits = Callable[[Journey, PathStep], bool]
"""Whether a step of a contact's way in that journey is wanted."""


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """A decision, or (with a `step`) what the contact that it let in did on one tile; `number` counts those from 1."""

    decided: DecidedRow
    at: datetime
    step: PathStep | None = None
    number: int = 0


@dataclass(frozen=True, slots=True)
class HistorySearch:
    """What is looked for: `decided` says whose and when, and its reasons which decisions (an empty set: none).
    `contacts` and `stays`: of these only, where there are any. `fits` None: no rows of ways."""

    decided: DecidedSearch = field(default_factory=DecidedSearch)
    contacts: frozenset[str] = frozenset()
    stays: frozenset[str] = frozenset()
    fits: Fits | None = None


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """A page of rows with the names of journeys, and the versions of the page, both by id; `total` counts all rows that
    were found, at most MOST_ROWS."""

    rows: tuple[HistoryRow, ...]
    total: int
    names: dict[str, str]
    versions: dict[str, Journey]


def search_history(
    ws: Workspace, wanted: HistorySearch, definition_ids: Sequence[str], offset: int, limit: int
) -> HistoryPage:
    """Rows that fit, `offset` to `offset + limit` of them. `definition_ids` are ids of journeys or of versions;
    with none, every journey that is there is asked. Raises NotFound for an id of neither."""
    with ws.unit_of_work(writes=False) as work:
        names = dict(work.journeys.names())
        asked = replace(wanted.decided, journeys=_journeys(work, names, definition_ids))
        wanted = replace(wanted, decided=asked)
        versions = _Versions(work)
        if wanted.fits is None and not wanted.contacts and not wanted.stays:
            # Decisions alone are found by the page, however many there are.
            last = min(offset + limit, MOST_ROWS)
            page = work.log.decided(asked, offset, max(0, last - offset), MOST_ROWS)
            rows, total = [HistoryRow(row, row.at) for row in page.rows], page.total
        else:
            found = [*_decisions(work, wanted), *_ways(work, wanted, versions)]
            found.sort(key=_order, reverse=asked.newest_first)
            rows, total = found[:MOST_ROWS][offset : offset + limit], min(len(found), MOST_ROWS)
        shown = {row.decided.version_id: versions.get(row.decided.version_id) for row in rows}
    known = {version_id: journey for version_id, journey in shown.items() if journey is not None}
    return HistoryPage(tuple(rows), total, names, known)


def _journeys(work: UnitOfWork, names: dict[str, str], definition_ids: Sequence[str]) -> dict[str, set[str]]:
    """Ids of the journeys that are meant, each with those of its versions (none: all)."""
    if not definition_ids:
        return {each: set() for each in names}
    journeys: dict[str, set[str]] = {}
    for each in definition_ids:
        wanted_id = each.lower()
        if wanted_id in names:
            journeys[wanted_id] = set()
            continue
        version = work.journeys.by_id(wanted_id)
        if version.journey.id not in names:
            raise NotFound(said("There is no such version."), where=wanted_id)
        if journeys.get(version.journey.id, {wanted_id}):
            journeys.setdefault(version.journey.id, set()).add(version.id)
    return journeys


def _decisions(work: UnitOfWork, wanted: HistorySearch) -> Iterator[HistoryRow]:
    if wanted.decided.reasons != frozenset():
        for row in work.log.decided(wanted.decided, 0, MOST_ROWS, MOST_ROWS).rows:
            if _is_meant(wanted, row):
                yield HistoryRow(row, row.at)


def _ways(work: UnitOfWork, wanted: HistorySearch, versions: _Versions) -> Iterator[HistoryRow]:
    """Rows of the ways of those who entered, whenever that was: a wait may have been over much later."""
    if wanted.fits is None:
        return
    since, until = wanted.decided.since, wanted.decided.until
    entered = replace(wanted.decided, reasons=frozenset({""}), since=None, newest_first=True)
    rows = [
        row
        for row in work.log.decided(entered, 0, MOST_ROWS, MOST_ROWS).rows
        if row.membership_id and _is_meant(wanted, row)
    ]
    stays = work.log.stays([row.membership_id for row in rows])
    for row in rows:
        stay, journey = stays.get(row.membership_id), versions.get(row.version_id)
        for number, step in enumerate(stay.path if stay and journey else (), 1):
            assert journey is not None
            assert step.at is not None, "a step that was stored has its moment"
            in_time = (since is None or step.at >= since) and (until is None or step.at <= until)
            if in_time and wanted.fits(journey, step):
                yield HistoryRow(row, step.at, step, number)


def _is_meant(wanted: HistorySearch, row: DecidedRow) -> bool:
    return (not wanted.contacts or row.contact_key in wanted.contacts) and (
        not wanted.stays or row.membership_id in wanted.stays
    )


def _order(row: HistoryRow) -> tuple[datetime, str, str, int]:
    return row.at, row.decided.event_instance_id, row.decided.journey_id, row.number


class _Versions:
    """The journeys of versions, each read once."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work = work
        self._known: dict[str, Journey | None] = {}

    def get(self, version_id: str) -> Journey | None:
        """The version's journey; None when it is gone."""
        if version_id not in self._known:
            try:
                self._known[version_id] = self._work.journeys.by_id(version_id).journey
            except NotFound:
                self._known[version_id] = None
        return self._known[version_id]
