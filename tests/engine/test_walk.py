"""A contact's way to the next wait or the end."""

from __future__ import annotations

from datetime import timedelta

from app.engine.walk import MAX_STEPS, Stretch, chance_of, walk
from app.journey.journey import Activity, Outcome
from app.journey.step import Message
from tests.engine.support import CONTACT, NOW, email, record, split, version, wait


def go(*tiles: Activity, total: str = "60", start: str | None = None) -> Stretch:
    running = version(*tiles)
    return walk(running, CONTACT, record(total), start or running.journey.first, NOW, chance_of("stay-1"))


def test_it_stops_at_the_first_wait() -> None:
    stretch = go(email("EMAILV2-1", "WAIT-1"), wait("WAIT-1", "EMAILV2-2"), email("EMAILV2-2", None))
    assert [(step.activity_key, step.state) for step in stretch.steps] == [("EMAILV2-1", "done"), ("WAIT-1", "waiting")]
    assert stretch.activity == "WAIT-1"
    assert stretch.wait_until == NOW + timedelta(days=1)
    assert next(effect for _, effect in stretch.effects if isinstance(effect, Message)).to == "kari@example.com"


def test_it_ends_where_an_outcome_leads_nowhere() -> None:
    stretch = go(email("EMAILV2-1", "EMAILV2-2"), email("EMAILV2-2", None))
    assert stretch.wait_until is None
    assert stretch.steps[-1].state == "ended"
    assert not stretch.fault


def test_a_journey_without_tiles_ends_at_once() -> None:
    assert go() == Stretch(())


def test_a_split_takes_the_first_path_that_matches() -> None:
    tiles = (split("SPLIT-1", "EMAILV2-1", "EMAILV2-2"), email("EMAILV2-1", None), email("EMAILV2-2", None))
    assert go(*tiles, total="300").steps[-1].activity_key == "EMAILV2-1"
    assert go(*tiles, total="60").steps[-1].activity_key == "EMAILV2-2"


def test_a_circle_without_a_wait_stops_the_contact_and_says_so() -> None:
    stretch = go(email("EMAILV2-1", "EMAILV2-2"), email("EMAILV2-2", "EMAILV2-1"))
    assert len(stretch.steps) == MAX_STEPS
    assert "circle" in stretch.fault


def test_a_tile_that_is_gone_stops_the_contact() -> None:
    stretch = go(email("EMAILV2-1", "EMAILV2-9"))
    assert "EMAILV2-9" in stretch.fault


def test_an_unknown_type_is_passed_through() -> None:
    stretch = go(Activity("X-1", "einstein", "X", {}, (Outcome("a", next="EMAILV2-1"),)), email("EMAILV2-1", None))
    assert [step.activity_key for step in stretch.steps] == ["X-1", "EMAILV2-1"]


def test_chance_is_the_same_for_a_stay_at_a_tile_and_spread_over_stays() -> None:
    assert chance_of("stay-1")("SPLIT-1") == chance_of("stay-1")("SPLIT-1")
    drawn = [chance_of(f"stay-{number}")("SPLIT-1") for number in range(1000)]
    assert all(0 <= each < 1 for each in drawn)
    assert 400 < sum(each < 0.5 for each in drawn) < 600


def test_who_unsubscribed_goes_on_without_messages() -> None:
    running = version(email("EMAILV2-1", "WAIT-1"), wait("WAIT-1", None))
    stretch = walk(running, CONTACT, record(), "EMAILV2-1", NOW, chance_of("stay-1"), muted=True)
    assert stretch.effects == ()
    assert stretch.steps[0].note == "Not sent: unsubscribed."
    assert stretch.activity == "WAIT-1"
