"""A workspace for tests, opened as the program opens one, and the abandoned cart in it, built through the services."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest

from app.bootstrap import open_workspace
from app.data_extensions.data_extension import DataExtension, Field
from app.events.event_definition import EventDefinition
from app.filters.tree import Attribute, Condition, Group, Literal
from app.journey.journey import Activity, Entry, EntryMode, Journey, Outcome
from app.kernel.clock import FixedClock
from app.services.activate_journey import activate_journey
from app.services.create_journey import create_journey
from app.services.open_journey import open_journey
from app.services.save_data_extension import save_data_extension
from app.services.save_draft import save_draft
from app.services.save_event import save_event
from app.services.views import OpenJourney
from app.services.workspace import Workspace
from tests.support.databases import NOW

EVENT_KEY = "NTO-cart-abandoned"


@pytest.fixture
def clock() -> FixedClock:
    """Stands at Monday 2026-11-23, 09:00 in UTC, until it is moved."""
    return FixedClock(NOW)


@pytest.fixture
def ws(place: str, clock: FixedClock) -> Iterator[Workspace]:
    """A new workspace, on SQLite and on PostgreSQL."""
    opened = open_workspace(place, clock=clock)
    yield opened
    opened.close()


@dataclass(frozen=True)
class Cart:
    """What `abandoned_cart` built."""

    open: OpenJourney
    event: EventDefinition
    data_extension: DataExtension

    @property
    def id(self) -> str:
        """The journey's id."""
        return self.open.journey.id


def carts_schema(name: str = "Abandoned carts") -> DataExtension:
    """The data extension of the story: a primary key, an email, an amount, a country, a date, a switch."""
    return DataExtension(
        id="",
        key=name.replace(" ", "_"),
        name=name,
        fields=(
            Field("", "Contact key", "text", length=50, required=True, primary_key=True),
            Field("", "First name", "text", length=50),
            Field("", "Email", "email"),
            Field("", "Cart total", "decimal", length=18, scale=2, required=True),
            Field("", "Country", "text", length=2),
            Field("", "Abandoned at", "date", default="GetDate()"),
            Field("", "Gift", "boolean", default="false"),
        ),
    )


def linked(data_extension: DataExtension, field_name: str = "Contact key") -> DataExtension:
    """The same, linked to contacts by that field."""
    field = data_extension.named(field_name)
    assert field is not None
    return replace(data_extension, link=field.id)


def field_id(data_extension: DataExtension, name: str) -> str:
    """The id of the field with that name."""
    field = data_extension.named(name)
    assert field is not None, name
    return field.id


def worth_it(data_extension: DataExtension) -> Group:
    """Cart total is greater than 50 and Country equals NO."""
    return Group(
        children=(
            Condition(Attribute(field_id(data_extension, "Cart total")), "greater_than", Literal("50")),
            Condition(Attribute(field_id(data_extension, "Country")), "equal", Literal("NO")),
        )
    )


def cart_journey(blank: Journey, event: EventDefinition, data_extension: DataExtension) -> Journey:
    """API Event, email, one day's wait, a split: over 200 a second email, else an update."""
    rich = Group(
        children=(Condition(Attribute(field_id(data_extension, "Cart total")), "greater_than", Literal("200")),)
    )
    update = {
        "data_extension_id": data_extension.id,
        "field_id": field_id(data_extension, "First name"),
        "value": "Reminded",
    }
    email = {"subject": "Your cart, {{First name}}", "body": "It waits for you."}
    tiles = (
        Activity("EMAILV2-1", "send_email", "Reminder", email, (Outcome("", next="WAIT-1"),)),
        Activity(
            "WAIT-1",
            "wait",
            "One day",
            {"duration": {"amount": 1, "unit": "days"}},
            (Outcome("", next="MULTICRITERIADECISIONV2-1"),),
        ),
        Activity(
            "MULTICRITERIADECISIONV2-1",
            "decision_split",
            "Worth a call?",
            {},
            (Outcome("path-1", "Rich", "EMAILV2-2", rich), Outcome("remainder", "Remainder", "UPDATECONTACTDATAV2-1")),
        ),
        Activity("EMAILV2-2", "send_email", "Offer", email, (Outcome(""),)),
        Activity("UPDATECONTACTDATAV2-1", "update_contact", "Mark", {"updates": [update]}, (Outcome(""),)),
    )
    return replace(
        blank,
        entry=Entry(name="Cart abandoned", event_definition_id=event.id, filter=worth_it(data_extension)),
        entry_mode=EntryMode.NO_REENTRY,
        first="EMAILV2-1",
        activities={tile.key: tile for tile in tiles},
        default_email="Email",
    )


def abandoned_cart(ws: Workspace, *, name: str = "Abandoned cart", key: str = EVENT_KEY, active: bool = True) -> Cart:
    """The story's journey with its event and its data extension, active unless told otherwise."""
    schema = save_data_extension(ws, carts_schema(f"{name} rows"))
    schema = save_data_extension(ws, linked(schema))
    event = save_event(ws, EventDefinition("", key, name, schema.id))
    made = create_journey(ws, name)
    save_draft(ws, cart_journey(open_journey(ws, made.id).journey, event, schema))
    opened = activate_journey(ws, made.id) if active else open_journey(ws, made.id)
    return Cart(opened, replace(event, activated=active), schema)


@pytest.fixture
def cart(ws: Workspace) -> Cart:
    """The story's journey, active, in `ws`. Its contacts wait for one day."""
    return abandoned_cart(ws)
