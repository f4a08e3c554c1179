"""The facts about the workspace itself: its format, guid, name and settings, kept in the table `meta`."""

from __future__ import annotations

import secrets
from datetime import datetime

import msgspec
from sqlalchemy import Connection, insert, inspect, select, update

from app.kernel.ids import new_guid
from app.storage.moments import to_micros
from app.storage.tables import FORMAT, epoch, meta

EPOCHS = ("running", "journeys", "events", "data_extensions", "contacts", "settings")
"""The counters of the table `epoch`."""


def read_format(connection: Connection) -> int | None:
    """The format of the workspace behind `connection`; None where there is no workspace."""
    if not inspect(connection).has_table(meta.name):
        return None
    value = connection.execute(select(meta.c.value).where(meta.c.key == "format")).scalar()
    return int(value) if value is not None and value.isdecimal() else None


def write_stamp(connection: Connection) -> None:
    """Say that the workspace now has this program's format."""
    connection.execute(update(meta).where(meta.c.key == "format").values(value=str(FORMAT)))


def found_workspace(connection: Connection, name: str, time_zone: str, now: datetime) -> None:
    """Write the facts of a workspace whose tables were just made."""
    facts = {
        "format": str(FORMAT),
        "id": new_guid(),
        "created_at": str(to_micros(now)),
        "settings": msgspec.json.encode({"name": name, "time_zone": time_zone}).decode(),
        # Any process of the workspace accepts the tokens that another gave: they share this key.
        "token_key": secrets.token_hex(32),
    }
    connection.execute(insert(meta), [{"key": key, "value": value} for key, value in facts.items()])
    connection.execute(insert(epoch), [{"what": what, "number": 1} for what in EPOCHS])


def local_time_zone() -> str:
    """The IANA name of this machine's time zone, `UTC` where it has none."""
    from tzlocal import get_localzone_name  # here, because only a new workspace asks

    try:
        return get_localzone_name() or "UTC"
    except (LookupError, ValueError, OSError):
        return "UTC"
