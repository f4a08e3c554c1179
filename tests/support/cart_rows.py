"""A workspace on SQLite with rows of abandoned carts and loyalty, for tests of what the window shows of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from app.bootstrap import open_workspace
from app.data_extensions.data_extension import DataExtension, Field
from app.events.event_definition import EventDefinition
from app.filters.catalog import Catalog
from app.filters.tree import Attribute
from app.kernel.clock import FixedClock
from app.kernel.ids import new_field_id
from app.services.save_data_extension import save_data_extension
from app.services.save_event import save_event
from app.services.workspace import Workspace
from app.ui.work import Work
from tests.support.databases import NOW

ROWS = 40
"""Cart totals 5.00, 10.00, ... 200.00; countries NO, SE, DK in turn; every third contact is Gold."""


@dataclass(frozen=True)
class Carts:
    """What the fixture `carts` made."""

    workspace: Workspace
    home: DataExtension
    loyalty: DataExtension
    event: EventDefinition

    @property
    def catalog(self) -> Catalog:
        """What filters may ask."""
        return Catalog(self.home, (self.loyalty,))

    def attribute(self, name: str) -> Attribute:
        """The event's field of that name, else the one of contact data."""
        field = self.home.named(name)
        if field is not None:
            return Attribute(field.id)
        field = self.loyalty.named(name)
        assert field is not None, name
        return Attribute(field.id, self.loyalty.id)


@pytest.fixture
def carts(tmp_path: Path) -> Iterator[Carts]:
    """A workspace with two data extensions that hold rows, and an event."""
    file = tmp_path / "nto.switchback"
    content, home, loyalty, event = _made()
    file.write_bytes(content)
    workspace = open_workspace(str(file), clock=FixedClock(NOW))
    yield Carts(workspace, home, loyalty, event)
    workspace.close()


@lru_cache(maxsize=1)
def _made() -> tuple[bytes, DataExtension, DataExtension, EventDefinition]:
    """The workspace's file and what is in it. Made once: more than a hundred tests begin with it."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "nto.switchback"
        workspace = open_workspace(str(file), clock=FixedClock(NOW))
        home, loyalty = _schemas()
        home, loyalty = save_data_extension(workspace, home), save_data_extension(workspace, loyalty)
        event = save_event(workspace, EventDefinition("", "APIEvent-cart", "Cart abandoned", home.id))
        with workspace.unit_of_work() as work:
            for n in range(ROWS):
                key = f"NTO-{1001 + n}"
                values = (key, Decimal(5 * (n + 1)), ("NO", "SE", "DK")[n % 3], NOW - timedelta(days=n), n % 2 == 0)
                fields = (field.id for field in home.fields)
                work.data_extensions.write(home, dict(zip(fields, (*values, f"c{n}@example.com"), strict=True)))
                tier = "Gold" if n % 3 == 0 else "Silver"
                work.data_extensions.write(loyalty, {loyalty.fields[0].id: key, loyalty.fields[1].id: tier})
            work.commit()
        workspace.close()
        return file.read_bytes(), home, loyalty, event


@pytest.fixture
def work(qapp: object) -> Iterator[Work]:
    """Jobs off the GUI thread, ended with the test."""
    made = Work()
    yield made
    made.close()


def _schemas() -> tuple[DataExtension, DataExtension]:
    key, member = new_field_id(), new_field_id()
    home = DataExtension(
        "",
        "carts",
        "Abandoned carts",
        fields=(
            Field(key, "Contact key", "text", 50, required=True, primary_key=True),
            Field(new_field_id(), "Cart total", "decimal", 10, 2),
            Field(new_field_id(), "Country", "text", 2),
            Field(new_field_id(), "Abandoned at", "date"),
            Field(new_field_id(), "Gift", "boolean"),
            Field(new_field_id(), "Email", "email"),
        ),
        link=key,
    )
    loyalty = DataExtension(
        "",
        "loyalty",
        "Loyalty",
        fields=(
            Field(member, "Member", "text", 50, required=True, primary_key=True),
            Field(new_field_id(), "Tier", "text", 20),
        ),
        link=member,
    )
    return home, loyalty
