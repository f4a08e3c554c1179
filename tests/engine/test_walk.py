"""A contact's way to the next wait or the end."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from app.engine.walk import MAX_STEPS, Before, Stretch, chance_of, walk
from app.filters.document import to_document
from app.filters.tree import Attribute, Condition, Group, Literal
from app.journey.journey import Activity, Outcome
from app.journey.step import EXIT, GOAL, Message, Met
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


def judged(kind: str, over: str, *, judged: str = "everywhere", **settings: object) -> Activity:
    """A goal or an exit for carts over an amount; it stands behind nothing unless a test leads there."""
    rich = Group(children=(Condition(Attribute("f_total"), "greater_than", Literal(over)),))
    return Activity(
        kind.upper(), kind, kind, {"filter": to_document(rich), "judged": judged, **settings}, (Outcome(""),)
    )


def test_exit_criteria_take_a_contact_out_wherever_it_stands() -> None:
    exits = judged("exit_criteria", "200")
    running = version(email("EMAILV2-1", "WAIT-1"), wait("WAIT-1", "EMAILV2-2"), email("EMAILV2-2", None), exits)
    stays = walk(running, CONTACT, record("60"), "EMAILV2-1", NOW, chance_of("stay-1"))
    assert stays.activity == "WAIT-1"
    leaves = walk(running, CONTACT, record("300"), "EMAILV2-2", NOW, chance_of("stay-1"))
    assert [(step.activity_key, step.outcome, step.state) for step in leaves.steps] == [
        ("EXIT_CRITERIA", "leave", "ended")
    ]
    assert leaves.effects == (("EXIT_CRITERIA", Met(EXIT)),)
    assert "MetExitCriteria" in leaves.steps[0].note
    assert leaves.wait_until is None
    assert not leaves.fault


def test_criteria_that_are_judged_where_they_stand_are_not_asked_elsewhere() -> None:
    for settings in ({"judged": "here"}, {"judged": None}):
        running = version(email("EMAILV2-1", None), judged("exit_criteria", "1", **settings))  # type: ignore[arg-type]
        assert walk(running, CONTACT, record(), "EMAILV2-1", NOW, chance_of("s")).steps[-1].activity_key == "EMAILV2-1"
    off = replace(judged("exit_criteria", "1"), disabled=True)
    assert version(off).judged_everywhere == ()


def test_a_goal_is_counted_once_in_a_stay_and_before_an_exit() -> None:
    goal, exits = judged("goal", "200"), judged("exit_criteria", "200")
    running = version(email("EMAILV2-1", "GOAL"), goal, exits)
    both = walk(running, CONTACT, record("300"), "EMAILV2-1", NOW, chance_of("s"))
    assert both.effects == (("GOAL", Met(GOAL)), ("EXIT_CRITERIA", Met(EXIT)))
    alone = version(email("EMAILV2-1", "GOAL"), goal)
    first = walk(alone, CONTACT, record("300"), "EMAILV2-1", NOW, chance_of("s"))
    assert [step.activity_key for step in first.steps] == ["GOAL", "EMAILV2-1", "GOAL"]
    assert [effect for _, effect in first.effects if isinstance(effect, Met)] == [Met(GOAL)]
    assert first.steps[0].note == "Reached the goal (MetGoalCriteria)."
    assert first.steps[-1].note == "Reached the goal before (MetGoalCriteria)."
    later = walk(
        alone, CONTACT, record("300"), "EMAILV2-1", NOW, chance_of("s"), before=Before(met=frozenset({"GOAL"}))
    )
    assert [step.activity_key for step in later.steps] == ["EMAILV2-1", "GOAL"]
    leaving = walk(
        version(email("EMAILV2-1", None), judged("goal", "200", exit=True)),
        CONTACT,
        record("300"),
        "EMAILV2-1",
        NOW,
        chance_of("s"),
    )
    assert [step.activity_key for step in leaving.steps] == ["GOAL"]


def test_an_engagement_split_reads_what_is_recorded() -> None:
    asks = Activity(
        "SPLIT", "engagement_split", "Opened?", {"activity": "EMAILV2-1", "metric": "open"},
        (Outcome("yes", "Yes"), Outcome("no", "No")),
    )  # fmt: skip
    running = version(asks)
    opened = Before(engaged=frozenset({("EMAILV2-1", "open")}))
    for before, way in ((opened, "yes"), (Before(engaged=frozenset({("EMAILV2-1", "click")})), "no")):
        assert walk(running, CONTACT, record(), "SPLIT", NOW, chance_of("s"), before=before).steps[0].outcome == way
