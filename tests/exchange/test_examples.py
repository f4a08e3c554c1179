"""The example journeys: stories that a marketer knows, without a problem, and written as this version writes."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.data_extensions.check_row import check_row
from app.events.payload import sample_payload
from app.exchange.read_journey import read_journey_file
from app.exchange.write_journey import write_journey_file
from app.filters.sentence import sentence
from app.journey.context import JourneyContext
from app.journey.rules import validate

EXAMPLES = Path(__file__).parents[2] / "resources" / "examples"
NAMES = ["abandoned-cart", "order-confirmation", "welcome-series"]


def test_there_are_three() -> None:
    assert sorted(path.stem for path in EXAMPLES.glob("*.journey")) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_an_example_is_without_a_problem(name: str) -> None:
    content = (EXAMPLES / f"{name}.journey").read_bytes()
    file = read_journey_file(content, name)
    assert write_journey_file(file.journey, file.event, file.data_extensions) == content
    context = JourneyContext(
        file.catalog,
        file.event,
        file.data_extensions,
        (file.event,) if file.event else (),
        UTC,
        datetime(2026, 11, 23, tzinfo=UTC),
        file.journey,
    )
    assert validate(file.journey, context) == ()
    assert file.catalog.event is not None
    row = check_row(file.catalog.event, sample_payload(file.catalog.event), datetime(2026, 1, 1, tzinfo=UTC), UTC)
    assert row.problems == ()


def test_the_abandoned_cart_is_the_story_of_the_help_page() -> None:
    file = read_journey_file((EXAMPLES / "abandoned-cart.journey").read_bytes(), "abandoned-cart")
    schema = file.catalog.event
    assert schema is not None
    assert [(f.name, f.kind, f.length, f.scale) for f in schema.fields] == [
        ("Cart total", "decimal", 10, 2),
        ("Country", "text", 2, None),
        ("Loyalty", "text", 20, None),
        ("Email", "email", None, None),
        ("First name", "text", 50, None),
        ("Abandoned at", "date", None, None),
    ]
    assert file.journey.entry is not None
    assert sentence(file.journey.entry.filter, file.catalog) == (
        "Cart total is greater than 50 and (Country equals NO or Country equals SE)"
    )
    assert {each.type for each in file.journey.activities.values()} == {
        "send_email",
        "wait",
        "decision_split",
        "update_contact",
    }
