"""The rules of the Event Definition Key; every proposal passes them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.events.key import MAX_LENGTH, check_key, free_key, mend_key, propose_key


def free(key: str) -> bool:
    return False


def proposal(hint: str) -> str:
    return hint.removeprefix("For example: ")


@pytest.mark.parametrize("key", ["a", "APIEvent-1_B", "x" * 200])
def test_allowed(key: str) -> None:
    assert check_key(key, free) == ()


def test_a_proposed_key_is_allowed() -> None:
    assert check_key(propose_key(), free) == ()


@pytest.mark.parametrize(
    ("key", "codes", "proposed"),
    [
        ("abandoned.cart", ["key_period"], "abandoned-cart"),
        ("Abandoned cart", ["key_characters"], "Abandoned-cart"),
        ("Påminnelse ÆØÅ", ["key_characters"], "Paminnelse-AEOA"),
        ("a.b c", ["key_period", "key_characters"], "a-b-c"),
        ("x" * 201, ["key_too_long"], "x" * 200),
        ("cart\n", ["key_characters"], "cart"),
        ("٣", ["key_characters"], None),
        ("", ["key_empty"], None),
        (".", ["key_period"], None),
    ],
)
def test_refused_with_the_reason_and_a_proposal(key: str, codes: list[str], proposed: str | None) -> None:
    problems = check_key(key, free)
    assert [p.code for p in problems] == codes
    for problem in problems:
        offered = proposal(problem.hint)
        assert offered == proposed if proposed else offered.startswith("APIEvent-")


def test_a_taken_key_gets_a_free_one() -> None:
    taken = {"cart", "cart-2", "y" * MAX_LENGTH}
    (problem,) = check_key("cart", taken.__contains__)
    assert (problem.code, proposal(problem.hint)) == ("key_taken", "cart-3")
    long = free_key("y" * MAX_LENGTH, taken.__contains__)
    assert len(long) == MAX_LENGTH
    assert long.endswith("y-2")


@given(st.text(max_size=300))
def test_whatever_is_typed_the_proposal_passes(text: str) -> None:
    assert check_key(mend_key(text), free) == ()
    for problem in check_key(text, free):
        assert check_key(proposal(problem.hint), free) == ()
