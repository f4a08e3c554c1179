"""What the README says of growing: on PostgreSQL event tables can be split by time, and nothing else changes."""

from __future__ import annotations

import psycopg
import pytest

from app.bootstrap import open_workspace
from app.events.fire_event import FireEvent
from app.kernel.clock import FixedClock
from app.kernel.ids import new_guid
from app.services.explain_event import explain_event
from app.services.fire_event import fire_event
from app.services.recent_events import recent_events
from app.services.workspace import Workspace
from tests.support.workspace import EVENT_KEY, abandoned_cart

SPLIT = {"event_instance": "id", "decision": "event_instance_id", "membership": "id", "sent": "id"}
"""Table to the column of its primary key that grows with time."""


def fire(ws: Workspace, contact: str) -> str:
    data = {"Contact key": contact, "Email": "kari@example.com", "Cart total": 60, "Country": "NO"}
    result = fire_event(ws, FireEvent(new_guid(), contact, EVENT_KEY, data))
    assert result.outcome == "admitted"
    return result.instance_id


@pytest.mark.postgresql
def test_tables_of_events_can_be_split_by_time(postgresql_url: str, clock: FixedClock) -> None:
    ws = open_workspace(postgresql_url, clock=clock)
    abandoned_cart(ws)
    before = fire(ws, "A")
    ws.close()
    border = new_guid()
    with psycopg.connect(postgresql_url.replace("+psycopg", ""), autocommit=True) as connection:
        for table, column in SPLIT.items():
            for statement in (
                f"ALTER TABLE {table} RENAME TO {table}_old",
                f"CREATE TABLE {table} (LIKE {table}_old INCLUDING ALL) PARTITION BY RANGE ({column})",
                f"ALTER TABLE {table} ATTACH PARTITION {table}_old FOR VALUES FROM (MINVALUE) TO ('{border}')",
                f"CREATE TABLE {table}_new PARTITION OF {table} FOR VALUES FROM ('{border}') TO (MAXVALUE)",
            ):
                connection.execute(statement.encode())
        ws = open_workspace(postgresql_url, clock=clock)
        after = fire(ws, "B")
        assert [line.id for line in recent_events(ws, 10)] == [after, before]
        assert explain_event(ws, before).decisions[0].admitted
        # No re-entry still holds over the border.
        data = {"Contact key": "A", "Cart total": 60, "Country": "NO"}
        assert fire_event(ws, FireEvent(new_guid(), "A", EVENT_KEY, data)).outcome == "refused"
        ws.close()
        for part, events in (("old", 1), ("new", 2)):
            count = connection.execute(f"SELECT count(*) FROM event_instance_{part}".encode()).fetchone()
            assert count == (events,)
