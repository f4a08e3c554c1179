"""Fills a workspace with past events, by SQL: as many rows, contacts and stays as events.

What is written is what admission writes, table by table in the order of its key; contact keys are spread evenly, as
they are in life, so that new ones fall between the old ones anywhere.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing

from tests.benchmarks.api.places import Place

_FIRST_MS = 1_700_000_000_000
"""When the first of the past events came, in milliseconds since 1970: one comes in each."""

_NUMBERS = (
    "WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < :count), "
    f"past AS (SELECT n, n + {_FIRST_MS} AS ms, {{key}} AS contact FROM numbers) "
)
_EVENT = "printf('%08x-%04x-7000-8000-%012x', ms >> 16, ms & 65535, n)"
_STAY = "printf('%08x-%04x-7001-8000-%012x', ms >> 16, ms & 65535, n)"
_SENT = "printf('%08x-%04x-7002-8000-%012x', ms >> 16, ms & 65535, n)"
_INSIDE = "n % 10 = 0"
"""Of the stays every tenth has not ended."""


def contact_of(number: int) -> str:
    """The key of a contact, past or new: numbers that follow each other are far apart in the order of keys."""
    return f"NTO-{number * 2654435761 % 2**32:08x}"


def fill(place: Place, count: int) -> None:
    """Write `count` past events. The file is nobody else's and may be lost: nothing is written twice or waited for."""
    columns = _columns(place)
    with closing(sqlite3.connect(place.path, isolation_level=None)) as connection:
        for pragma in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-1048576", "temp_store=FILE"):
            connection.execute(f"PRAGMA {pragma}")
        # Made again when all is there: sorted, they are written once.
        later = connection.execute(
            "SELECT name, sql FROM sqlite_master "
            "WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN (?, 'membership')",
            (place.table,),
        ).fetchall()
        for name, _ in later:
            connection.execute(f"DROP INDEX {name}")
        for table, values in columns.items():
            names = ", ".join(f'"{name}"' for name in values)
            order = " ORDER BY contact" if table in ("contact", "occupancy") else ""
            connection.execute(
                f"{_NUMBERS.format(key=_KEY)} INSERT INTO {table} ({names}) "
                f"SELECT {', '.join(values.values())} FROM past{order}",
                {"count": count},
            )
        for _, statement in later:
            connection.execute(statement)
        connection.execute("PRAGMA journal_mode=WAL")


def read_indexes(place: Place) -> None:
    """Read what is looked up by contact once, as a server that has been running has it in memory. Right after the
    filling it is on the disk, and a benchmark would measure how fast that is."""
    with closing(sqlite3.connect(place.path)) as connection:
        connection.execute("SELECT count(*), max(status) FROM contact").fetchone()
        connection.execute("SELECT count(*), max(entered) FROM occupancy").fetchone()
        connection.execute(f"SELECT count(*), max({place.key}) FROM {place.table} WHERE {place.key} > ''").fetchone()
        connection.execute("SELECT count(*) FROM membership WHERE contact_key > ''").fetchone()


_KEY = "printf('NTO-%08x', n * 2654435761 % 4294967296)"


def _columns(place: Place) -> dict[str, dict[str, str]]:
    """By table, what its columns are given: SQL over a past event's number, its moment and its contact."""
    at, day = "ms * 1000", 86_400_000_000
    journey, version, event, event_key = (
        f"'{each}'" for each in (place.journey, place.version, place.event, place.event_key)
    )
    fields = {name: place.fields[name] for name in place.fields}
    known = {
        "Contact key": "contact",
        "First name": "'Kari'",
        "Email": "'kari@example.com'",
        "Cart total": "6000",
        "Country": "'NO'",
        "Abandoned at": at,
        "Gift": "0",
    }
    row = {"row_id": "n", "event_instance_id": _EVENT}
    for name, value in known.items():
        row[fields[name]] = value
        if f"{fields[name]}_ci" in place.columns:
            row[f"{fields[name]}_ci"] = f"lower({value})"
    data = "'{" + ",".join(f'"{fields[name]}":1000000000000000' for name in known) + "}'"
    steps = """'[["EMAILV2-1","","done","Sent to kari@example.com."],["WAIT-1","","waiting","Waits.",1]]'"""
    common = {"journey_id": journey, "version_id": version}
    return {
        place.table: row,
        "event_instance": {
            "id": _EVENT, "received_at": at, "contact_key": "contact", "event_definition_id": event,
            "event_definition_key": event_key, "origin": "'api'", "outcome": "'admitted'", "test": "0",
            "took_us": "900", "row_id": "n", "data": data,
        },
        "decision": {
            **common, "event_instance_id": _EVENT, "at": at, "admitted": "1", "reason": "''", "membership_id": _STAY,
            "facts": """'{"status":"Published"}'""",
        },
        "contact": {"key": "contact", "status": "'Active'", "created_at": at, "test": "0"},
        "membership": {
            "id": _STAY, **common, "contact_key": "contact", "event_instance_id": _EVENT, "entered_at": at,
            "state": f"CASE WHEN {_INSIDE} THEN 'waiting' ELSE 'ended' END", "activity_key": "'WAIT-1'",
            "outcome": "''", "due_at": f"{at} + {day * 3650}",
            "ended_at": f"CASE WHEN {_INSIDE} THEN NULL ELSE {at} + {day} END", "test": "0", "segments": "1",
            "record": data,
        },
        "segment": {"membership_id": _STAY, "number": "0", "at": at, "steps": steps},
        "sent": {
            "id": _SENT, "at": at, "channel": "'email'", "contact_key": "contact", "address": "'kari@example.com'",
            **common, "membership_id": _STAY, "activity_key": "'EMAILV2-1'", "activity_name": "'Reminder'",
            "test": "0", "subject": "'Your cart, Kari'", "body": "'It waits for you.'",
        },
        "occupancy": {
            "journey_id": journey, "contact_key": "contact", "entered": "1",
            "inside": f"CASE WHEN {_INSIDE} THEN 1 ELSE 0 END",
        },
    }  # fmt: skip
