"""A small catalog and short ways to write conditions, for the tests of filters."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from app.data_extensions.data_extension import DataExtension, Field
from app.filters.catalog import Catalog
from app.filters.tree import Attribute, Condition, Group, Join, Literal, Node, Operand

TOTAL = Field("f_total", "Cart total", "decimal", length=18, scale=2)
COUNTRY = Field("f_country", "Country", "text", length=50)
REGION = Field("f_region", "Region", "text", length=50)
COUNT = Field("f_count", "Items", "number")
ORDERED = Field("f_ordered", "Order date", "date")
SHIPPED = Field("f_shipped", "Ship date", "date")
MEMBER = Field("f_member", "Member", "boolean")
EMAIL = Field("f_email", "Email", "email")
TIER = Field("f_tier", "Tier", "text", length=20)
POINTS = Field("f_points", "Points", "number")

CART = DataExtension("de_cart", "cart", "Cart", fields=(TOTAL, COUNTRY, REGION, COUNT, ORDERED, SHIPPED, MEMBER, EMAIL))
LOYALTY = DataExtension("de_loyalty", "loyalty", "Loyalty", fields=(TIER, POINTS), link="f_key")
CATALOG = Catalog(CART, (LOYALTY,))

OSLO = ZoneInfo("Europe/Oslo")
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def ask(field: Field, operator: str, operand: Operand | str = None, *, disabled: bool = False) -> Condition:
    """A condition over one of the fields above; a text is a literal."""
    source = LOYALTY.id if field in LOYALTY.fields else "event"
    return Condition(
        Attribute(field.id, source), operator, Literal(operand) if isinstance(operand, str) else operand, disabled
    )


def all_of(*children: Node, negated: bool = False, disabled: bool = False) -> Group:
    """Joined by AND."""
    return Group(Join.ALL, children, negated, disabled)


def any_of(*children: Node, negated: bool = False, disabled: bool = False) -> Group:
    """Joined by OR."""
    return Group(Join.ANY, children, negated, disabled)
