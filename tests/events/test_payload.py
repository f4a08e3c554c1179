"""Sample payloads pass the checks of their schema."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from app.data_extensions.check_row import check_row
from app.data_extensions.data_extension import DataExtension, Field
from app.data_extensions.kinds import KINDS
from app.events.document import from_document, to_document
from app.events.event_definition import EventDefinition
from app.events.payload import sample_payload
from app.kernel.errors import InvalidInput

SCHEMA = DataExtension(
    "id",
    "carts",
    "Carts",
    fields=(
        Field("f_key", "SubscriberKey", "text", length=50, primary_key=True, required=True),
        *(Field(f"f_{kind.key}", kind.label, kind.key, required=True) for kind in KINDS),
        Field("f_small", "Small", "decimal", length=1, scale=1, required=True),
        Field("f_country", "Country", "text", length=2, required=True),
    ),
    link="f_key",
)


@pytest.mark.parametrize("n", [0, 1, 7, 999])
def test_a_sample_passes(n: int) -> None:
    payload = sample_payload(SCHEMA, n)
    row = check_row(SCHEMA, payload, datetime(2026, 1, 1, tzinfo=UTC), UTC)
    assert row.problems == ()
    assert row.warnings == ()
    assert payload["SubscriberKey"] == f"NTO-{1001 + n}"


def test_the_linked_field_gets_the_contact_key_where_it_fits() -> None:
    assert sample_payload(SCHEMA, contact_key="K-1")["SubscriberKey"] == "K-1"
    assert sample_payload(SCHEMA, contact_key="K" * 51)["SubscriberKey"] == "NTO-1001"
    number = replace(SCHEMA, link=next(f.id for f in SCHEMA.fields if f.kind == "number"))
    assert sample_payload(number, contact_key="K-1")["Number"] == 1
    assert "K-1" not in sample_payload(replace(SCHEMA, link=None), contact_key="K-1").values()


def test_an_event_as_json_and_back() -> None:
    event = EventDefinition("i", "key", "Name", "de", "About", True, "<Filter/>")
    assert from_document(to_document(event)) == event


def test_every_wrong_member_of_an_event_is_named() -> None:
    with pytest.raises(InvalidInput) as caught:
        from_document({"id": 1, "key": "k", "data_extension_id": 2, "activated": "no"})
    assert [p.where for p in caught.value.problems] == ["id", "name", "data_extension_id", "activated"]
