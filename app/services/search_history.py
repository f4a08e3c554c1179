"""Search what journeys decided, row by row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.kernel.errors import NotFound
from app.kernel.said import said
from app.services.event_log import DecidedPage, DecidedRow, DecidedSearch
from app.services.workspace import Workspace

MOST_ROWS = 10_000
"""Rows of one search, over all its pages: the original finds no more (reference, 4.6)."""


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """A page of rows with the names of their journeys by id; `total` counts all that were found, at most MOST_ROWS."""

    rows: tuple[DecidedRow, ...]
    total: int
    names: dict[str, str]


def search_history(
    ws: Workspace, wanted: DecidedSearch, definition_ids: Sequence[str], offset: int, limit: int
) -> HistoryPage:
    """Decisions that fit, `offset` to `offset + limit` of them. `definition_ids` are ids of journeys or of versions;
    with none, every journey that is there is asked. Raises NotFound for an id of neither."""
    with ws.unit_of_work(writes=False) as work:
        names = dict(work.journeys.names())
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
        asked = replace(wanted, journeys=journeys if definition_ids else {each: set() for each in names})
        last = min(offset + limit, MOST_ROWS)
        page: DecidedPage = work.log.decided(asked, offset, max(0, last - offset), MOST_ROWS)
    return HistoryPage(page.rows, page.total, names)
