"""Calls that the contract refuses."""

from __future__ import annotations

import pytest

from app.engine.contract import bad_row, barred_contact, check_names, unknown_event
from app.events.fire_event import FireEvent
from app.kernel.errors import Problem
from tests.engine.support import SCHEMA


@pytest.mark.parametrize(
    ("contact", "key", "code", "word"),
    [
        ("", "NTO-cart", 10002, "ContactKey"),
        ("   ", "NTO-cart", 10002, "ContactKey"),
        ("NTO-1", "", 10002, "EventDefinitionKey"),
        ("x" * 255, "NTO-cart", 10005, "254"),
        ("NTO\0", "NTO-cart", 10005, "NUL"),
        ("NTO\ud800", "NTO-cart", 10005, "surrogate"),
    ],
)
def test_names(contact: str, key: str, code: int, word: str) -> None:
    found = check_names(FireEvent("i", contact, key))
    assert found is not None
    assert (found.status, found.errorcode) == (400, code)
    assert word in found.message


def test_good_names() -> None:
    assert check_names(FireEvent("i", "NTO-1001", "NTO-cart")) is None


def test_an_unknown_key_names_the_nearest() -> None:
    found = unknown_event("NTO-cart-abandond", ["NTO-cart-abandoned", "welcome"])
    assert found.errorcode == 30003
    assert "NTO-cart-abandoned" in found.hint
    assert unknown_event("zzz", []).hint


def test_a_barred_contact() -> None:
    found = barred_contact("NTO-1", "Deleted")
    assert found.errorcode == 30000
    assert "Deleted" in found.message


def test_a_bad_row_keeps_every_column() -> None:
    found = bad_row(SCHEMA, (Problem("a", "m", "Email"), Problem("b", "m", "Country")))
    assert found.errorcode == 10006
    assert len(found.problems) == 2
    assert "Email, Country" in found.hint
    assert bad_row(SCHEMA, (Problem("a", "m"),)).hint
