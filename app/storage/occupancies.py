"""What journeys remember of contacts: the table that entry modes ask."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Connection, select

from app.engine.admit import History
from app.services.admission import Pair
from app.storage.statements import chunks, insert_into, is_postgresql
from app.storage.tables import occupancy


def read_histories(connection: Connection, pairs: Sequence[Pair]) -> Mapping[Pair, History]:
    """The history of those of the sorted `pairs` that are remembered. On PostgreSQL they stay locked until the end of
    the transaction, in sorted order, so that two processes never wait for each other in a ring."""
    locks = is_postgresql(connection)
    if locks:
        rows = [{"journey_id": journey, "contact_key": key, "entered": 0, "inside": 0} for journey, key in pairs]
        connection.execute(insert_into(connection, occupancy).on_conflict_do_nothing(), rows)
    by_journey: dict[str, list[str]] = defaultdict(list)
    for journey, key in pairs:
        by_journey[journey].append(key)
    found: dict[Pair, History] = {}
    for journey, keys in by_journey.items():
        for some in chunks(keys):
            question = (
                select(occupancy.c.contact_key, occupancy.c.entered, occupancy.c.inside)
                .where(occupancy.c.journey_id == journey, occupancy.c.contact_key.in_(some))
                .order_by(occupancy.c.contact_key)
            )
            for row in connection.execute(question.with_for_update() if locks else question):
                found[journey, row.contact_key] = History(row.entered, row.inside)
    return found


def count_entries(connection: Connection, changes: Iterable[tuple[Pair, int, int]]) -> None:
    """Add to how often a contact entered and how often it is inside; several changes of one pair are added up."""
    sums: dict[Pair, list[int]] = defaultdict(lambda: [0, 0])
    for pair, entered, inside in changes:
        sums[pair][0] += entered
        sums[pair][1] += inside
    if not sums:
        return
    statement = insert_into(connection, occupancy)
    statement = statement.on_conflict_do_update(
        index_elements=[occupancy.c.journey_id, occupancy.c.contact_key],
        set_={
            "entered": occupancy.c.entered + statement.excluded.entered,
            "inside": occupancy.c.inside + statement.excluded.inside,
        },
    )
    connection.execute(
        statement,
        [
            {"journey_id": journey, "contact_key": key, "entered": entered, "inside": inside}
            for (journey, key), (entered, inside) in sorted(sums.items())
        ],
    )
