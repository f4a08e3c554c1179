"""A running version built by hand: the abandoned cart, without a database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from app.data_extensions.data_extension import DataExtension, Field
from app.engine.running import RunningVersion
from app.events.event_definition import EventDefinition
from app.filters.catalog import Catalog
from app.filters.tree import Attribute, Condition, Group, Literal
from app.journey.journey import Activity, Entry, EntryMode, Journey, Outcome, Status

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)

SCHEMA = DataExtension(
    id="de-carts",
    key="carts",
    name="Carts",
    fields=(
        Field("f_key", "Contact key", "text", length=50, required=True, primary_key=True),
        Field("f_email", "Email", "email"),
        Field("f_total", "Cart total", "decimal", length=10, scale=2),
        Field("f_country", "Country", "text", length=2),
    ),
)
EVENT = EventDefinition("ev-1", "NTO-cart", "Cart abandoned", SCHEMA.id)
CONTACT = "NTO-1001"

WORTH_IT = Group(
    children=(
        Condition(Attribute("f_total"), "greater_than", Literal("50")),
        Condition(Attribute("f_country"), "equal", Literal("NO")),
    )
)


def email(key: str, following: str | None) -> Activity:
    return Activity(
        key, "send_email", key, {"subject": "Your cart", "body": "It waits."}, (Outcome("", next=following),)
    )


def wait(key: str, following: str | None, days: int = 1) -> Activity:
    return Activity(key, "wait", key, {"duration": {"amount": days, "unit": "days"}}, (Outcome("", next=following),))


def split(key: str, rich: str | None, rest: str | None) -> Activity:
    over = Group(children=(Condition(Attribute("f_total"), "greater_than", Literal("200")),))
    return Activity(
        key, "decision_split", key, {}, (Outcome("path-1", "Rich", rich, over), Outcome("rest", "Remainder", rest))
    )


def version(
    *tiles: Activity,
    mode: EntryMode = EntryMode.NO_REENTRY,
    status: Status = Status.RUNNING,
    entry_filter: Group = WORTH_IT,
    **more: Any,
) -> RunningVersion:
    """A version that begins with the first of `tiles`."""
    journey = Journey(
        id="j-1",
        key="abandoned-cart",
        name="Abandoned cart",
        entry=Entry(event_definition_id=EVENT.id, filter=entry_filter),
        entry_mode=mode,
        first=tiles[0].key if tiles else None,
        activities={tile.key: tile for tile in tiles},
        default_email="Email",
    )
    running = RunningVersion(
        journey=journey,
        event=EVENT,
        catalog=Catalog(SCHEMA),
        version_id="v-1",
        number=1,
        status=status,
        time_zone=ZoneInfo("Europe/Oslo"),
    )
    return replace(running, **more)


def record(total: str = "60", country: str = "NO") -> Mapping[str, object]:
    """The contact's values as filters see them."""
    from decimal import Decimal

    return {"f_key": CONTACT, "f_email": "kari@example.com", "f_total": Decimal(total), "f_country": country}
