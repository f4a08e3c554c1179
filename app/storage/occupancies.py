"""What journeys remember of contacts: the table that entry modes ask."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Connection, Select, bindparam, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.elements import ClauseElement

from app.engine.admit import History
from app.services.admission import Pair
from app.storage.prepared import Prepared, among, listed
from app.storage.statements import is_postgresql
from app.storage.tables import occupancy

_COLUMNS = ("journey_id", "contact_key", "entered", "inside")


def _insert(dialect: str) -> sqlite.Insert | postgresql.Insert:
    table = postgresql.insert(occupancy) if dialect == "postgresql" else sqlite.insert(occupancy)
    return table.values({name: bindparam(name) for name in _COLUMNS})


def _add_up(dialect: str) -> ClauseElement:
    statement = _insert(dialect)
    return statement.on_conflict_do_update(
        index_elements=[occupancy.c.journey_id, occupancy.c.contact_key],
        set_={
            "entered": occupancy.c.entered + statement.excluded.entered,
            "inside": occupancy.c.inside + statement.excluded.inside,
        },
    )


def _question(dialect: str) -> Select[tuple[str, int, int]]:
    question = (
        select(occupancy.c.contact_key, occupancy.c.entered, occupancy.c.inside)
        .where(occupancy.c.journey_id == bindparam("journey"), among(dialect, occupancy.c.contact_key))
        .order_by(occupancy.c.contact_key)
    )
    return question.with_for_update() if dialect == "postgresql" else question


_MAKE_LOCKABLE = Prepared(lambda dialect: _insert(dialect).on_conflict_do_nothing(), _COLUMNS)
_READ = Prepared(_question, ("journey", "among"))
_ADD_UP = Prepared(_add_up, _COLUMNS)


def read_histories(connection: Connection, pairs: Sequence[Pair]) -> Mapping[Pair, History]:
    """The history of those of the sorted `pairs` that are remembered. On PostgreSQL they stay locked until the end of
    the transaction, in sorted order, so that two processes never wait for each other in a ring."""
    if is_postgresql(connection):
        _MAKE_LOCKABLE.run_many(connection, [(journey, key, 0, 0) for journey, key in pairs])
    by_journey: dict[str, list[str]] = defaultdict(list)
    for journey, key in pairs:
        by_journey[journey].append(key)
    found: dict[Pair, History] = {}
    for journey, keys in by_journey.items():
        for key, entered, inside in _READ.rows(connection, journey, listed(connection, keys)):
            found[journey, key] = History(entered, inside)
    return found


def count_entries(connection: Connection, changes: Iterable[tuple[Pair, int, int]]) -> None:
    """Add to how often a contact entered and how often it is inside; several changes of one pair are added up."""
    sums: dict[Pair, list[int]] = defaultdict(lambda: [0, 0])
    for pair, entered, inside in changes:
        sums[pair][0] += entered
        sums[pair][1] += inside
    _ADD_UP.run_many(
        connection, [(journey, key, entered, inside) for (journey, key), (entered, inside) in sorted(sums.items())]
    )
