"""Undoes what tests left behind: rows as they were before, stays, messages, decisions, events, contacts."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from sqlalchemy import Connection, delete, exists, select, update

from app.storage.engagement import forget
from app.storage.occupancies import count_entries
from app.storage.physical import EVENT_INSTANCE, ROW_ID, row_table
from app.storage.repositories.data_extensions import SqlDataExtensions
from app.storage.statements import chunks
from app.storage.tables import contact, data_extension, decision, event_instance, journey, membership, segment, sent
from app.storage.tables import test_write as undo


def clear_tests(connection: Connection, journey_id: str | None) -> int:
    """Clear all tests, or those that this journey decided about; how many events there were."""
    ids = _test_events(connection, journey_id)
    for some in chunks(ids):
        _put_rows_back(connection, some)
        _take_stays(connection, some)
        connection.execute(
            delete(decision).where(
                decision.c.journey_id.in_(select(journey.c.id)), decision.c.event_instance_id.in_(some)
            )
        )
        keys = select(event_instance.c.contact_key).where(event_instance.c.id.in_(some))
        contacts = sorted({row.contact_key for row in connection.execute(keys)})
        connection.execute(delete(event_instance).where(event_instance.c.id.in_(some)))
        _take_contacts(connection, contacts)
    return len(ids)


def _test_events(connection: Connection, journey_id: str | None) -> list[str]:
    """Ids of test events, oldest first."""
    question = select(event_instance.c.id).where(event_instance.c.test).order_by(event_instance.c.id)
    if journey_id is not None:
        question = question.where(
            exists().where(decision.c.journey_id == journey_id, decision.c.event_instance_id == event_instance.c.id)
        )
    return [row.id for row in connection.execute(question)]


def _put_rows_back(connection: Connection, ids: Sequence[str]) -> None:
    """Newest write first. A row that somebody else wrote since stays as it is."""
    tables = {
        each.id: row_table(name, each)
        for each in SqlDataExtensions(connection).all()
        for name in connection.scalars(select(data_extension.c.table_name).where(data_extension.c.id == each.id))
    }
    writes = connection.execute(select(undo).where(undo.c.event_instance_id.in_(ids)).order_by(undo.c.id.desc())).all()
    for write in writes:
        table = tables.get(write.data_extension_id)
        if table is None:
            continue
        mine = (table.c[ROW_ID] == write.row_id) & (table.c[EVENT_INSTANCE] == write.event_instance_id)
        if write.before is None:
            connection.execute(delete(table).where(mine))
        else:
            before = {name: kept for name, kept in msgspec.json.decode(write.before).items() if name in table.c}
            connection.execute(update(table).where(mine).values(before))
    connection.execute(delete(undo).where(undo.c.event_instance_id.in_(ids)))


def _take_stays(connection: Connection, ids: Sequence[str]) -> None:
    stays = connection.execute(
        select(membership.c.id, membership.c.journey_id, membership.c.contact_key, membership.c.ended_at).where(
            membership.c.test, membership.c.event_instance_id.in_(ids)
        )
    ).all()
    count_entries(
        connection, (((stay.journey_id, stay.contact_key), -1, -1 if stay.ended_at is None else 0) for stay in stays)
    )
    for some in chunks([stay.id for stay in stays]):
        connection.execute(delete(segment).where(segment.c.membership_id.in_(some)))
        connection.execute(delete(sent).where(sent.c.test, sent.c.membership_id.in_(some)))
        forget(connection, some)
        connection.execute(delete(membership).where(membership.c.id.in_(some)))


def _take_contacts(connection: Connection, keys: Sequence[str]) -> None:
    """Contacts that a test made and that have no other stay."""
    for some in chunks(keys):
        connection.execute(
            delete(contact).where(
                contact.c.test,
                contact.c.key.in_(some),
                ~exists().where(membership.c.contact_key == contact.c.key),
            )
        )
