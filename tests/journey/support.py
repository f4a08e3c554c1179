"""What the tests of this room share: two data extensions, journeys, a contact that stands before a tile."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from app.data_extensions.data_extension import DataExtension, Field
from app.events.event_definition import EventDefinition
from app.filters.catalog import Catalog
from app.filters.tree import Attribute, Condition, Group, Literal
from app.journey.journey import Activity, Journey, Outcome
from app.journey.step import Situation

CART = DataExtension(
    "de1",
    "Abandoned_Carts",
    "Abandoned_Carts",
    fields=(
        Field("f_first", "First name", "text", 50),
        Field("f_mail", "Email", "email"),
        Field("f_other", "Other", "text", 254),
        Field("f_total", "Cart total", "decimal", 18, 2),
        Field("f_country", "Country", "text", 2),
        Field("f_eventpoints", "Points", "number"),
    ),
)
CONTACTS = DataExtension(
    "de2",
    "Loyalty",
    "Loyalty",
    fields=(
        Field("f_key", "Contact", "text", 100, required=True, primary_key=True),
        Field("f_tier", "Tier", "text", 50),
        Field("f_points", "Points", "number"),
        Field("f_since", "Since", "date"),
    ),
    link="f_key",
)


def situation(
    record: Mapping[str, object] | None = None,
    *,
    matches: Callable[[Group], bool] = lambda group: False,
    now: datetime = datetime(2026, 3, 1, 12, tzinfo=UTC),
    zone: ZoneInfo | None = None,
    catalog: Catalog | None = None,
    default_email: str | None = None,
    chance: float = 0.0,
) -> Situation:
    """A contact of the key NTO-1001 before a tile."""
    return Situation(
        "NTO-1001",
        record or {},
        catalog or Catalog(CART, (CONTACTS,)),
        EventDefinition("e", "APIEvent-1", "Cart abandoned", CART.id),
        matches,
        now,
        zone or ZoneInfo("UTC"),
        chance,
        default_email,
    )


def journey(activities: Mapping[str, Activity] | None = None, first: str | None = None) -> Journey:
    """A journey without an entry source."""
    return Journey("j", "abandoned-cart", "Abandoned cart", first=first, activities=activities or {})


TOTAL_OVER_50 = Group(children=(Condition(Attribute("f_total"), "greater_than", Literal("50")),))
"""Cart total is greater than 50."""


def tile(key: str, *following: str | None, kind: str = "wait") -> Activity:
    """A tile with a way out to each of `following`; a split where there are several."""
    if len(following) > 1:
        outcomes = [
            Outcome(f"path-{number}", f"Path {number}", each, TOTAL_OVER_50)
            for number, each in enumerate(following[:-1], 1)
        ]
        return Activity(key, "decision_split", key, {}, (*outcomes, Outcome("remainder", "Remainder", following[-1])))
    settings = {"duration": {"amount": 1, "unit": "days"}, "time": ""} if kind == "wait" else {}
    return Activity(key, kind, key, settings, (Outcome("", next=following[0] if following else None),))


def drawn(first: str, *tiles: Activity) -> Journey:
    """A journey of those tiles."""
    return journey({each.key: each for each in tiles}, first)
