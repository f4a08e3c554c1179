"""The plain way: a FastAPI handler with the ORM, a session and a transaction for each event, the same tables."""

from __future__ import annotations

import sys
import time
from typing import Any

from fastapi import FastAPI
from pydantic import BaseModel
from sqlalchemy import create_engine, event, insert, select
from sqlalchemy.orm import Session, registry

from app.data_extensions.data_extension import DataExtension, Field
from app.kernel.ids import new_guid
from app.storage import tables
from app.storage.physical import row_table
from tests.benchmarks.api.bare import serve
from tests.benchmarks.api.places import Place, find_place


class Body(BaseModel):
    """The event."""

    ContactKey: str
    EventDefinitionKey: str
    Data: dict[str, Any]


def _mapped(names: tuple[str, ...]) -> dict[str, Any]:
    mapping = registry()
    found = {}
    for name in names:
        found[name] = type(name, (), {})
        mapping.map_imperatively(found[name], tables.metadata.tables[name])
    return found


def main(location: str) -> None:
    """Serve until killed."""
    place = find_place(location)
    engine = create_engine(f"sqlite:///{location}", connect_args={"timeout": 60}, pool_size=40)

    @event.listens_for(engine, "connect")
    def set_up(connection: Any, _record: object) -> None:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")

    kinds = _mapped(("event_instance", "decision", "contact", "membership", "segment", "sent", "occupancy"))
    application = FastAPI()

    @application.post("/interaction/v1/events", status_code=201)
    def fire(body: Body) -> dict[str, str]:
        with Session(engine) as session:
            instance = _write(session, kinds, place, body)
            session.commit()
        return {"eventInstanceId": instance}

    serve(application)


def _write(session: Session, kinds: dict[str, Any], place: Place, body: Body) -> str:
    contact, data, now = body.ContactKey, body.Data, time.time_ns() // 1000
    instance, stay = new_guid(), new_guid()
    total = round(data["Cart total"] * 100)
    rows = _rows(place)
    session.get(kinds["contact"], contact)
    seen = session.get(kinds["occupancy"], (place.journey, contact))
    row = session.execute(select(rows.c.row_id).where(rows.c[place.key] == contact)).first()
    if row is None:
        values = dict(zip(place.columns, place.row(0, instance, contact, data, total, now), strict=True))
        del values["row_id"]
        session.execute(insert(rows).values(values))
    admitted = total > 5000 and data["Country"] == "NO" and seen is None
    text = str(data)

    def add(name: str, **values: Any) -> None:
        thing = kinds[name]()
        for column, value in values.items():
            setattr(thing, column, value)
        session.add(thing)

    add(
        "event_instance", id=instance, received_at=now, contact_key=contact, event_definition_id=place.event,
        event_definition_key=place.event_key, origin="api", outcome="admitted", test=False, took_us=900, data=text,
    )  # fmt: skip
    add(
        "decision", journey_id=place.journey, event_instance_id=instance, version_id=place.version, at=now,
        admitted=admitted, reason="", membership_id=stay, facts="{}",
    )  # fmt: skip
    if admitted:
        add("contact", key=contact, status="Active", created_at=now, test=False)
        add(
            "membership", id=stay, journey_id=place.journey, version_id=place.version, contact_key=contact,
            event_instance_id=instance, entered_at=now, state="waiting", activity_key="WAIT-1", outcome="",
            due_at=now + 86_400_000_000, test=False, segments=1, record=text,
        )  # fmt: skip
        add("segment", membership_id=stay, number=0, at=now, steps="[]")
        add(
            "sent", id=new_guid(), at=now, channel="email", contact_key=contact, address=data["Email"],
            journey_id=place.journey, version_id=place.version, membership_id=stay, activity_key="EMAILV2-1",
            activity_name="Reminder", test=False, subject="Your cart", body="It waits for you.",
        )  # fmt: skip
        add("occupancy", journey_id=place.journey, contact_key=contact, entered=1, inside=1)
    return instance


def _rows(place: Place) -> Any:
    if place.table not in _TABLES:
        kinds = {"Cart total": "decimal", "Abandoned at": "date", "Gift": "boolean", "Email": "email"}
        fields = tuple(Field(column, name, kinds.get(name, "text"), length=18) for name, column in place.fields.items())
        _TABLES[place.table] = row_table(place.table, DataExtension("x", "x", "x", fields=fields))
    return _TABLES[place.table]


_TABLES: dict[str, Any] = {}

if __name__ == "__main__":
    main(sys.argv[1])
